#!/usr/bin/python3
"""Finds calls that this project does not make: banned.py [ROOT]. One row each below, with its reason."""
import os
import re
import sys

# functions, folders they are banned in, why (and what instead)
EVERYWHERE = "base models data pipeline fetcher handlers server cli training tests".split()
FROM_OUTSIDE = "base models fetcher handlers server cli".split()  # pipeline/ reads numbers of data/ only so
REQUEST_CODE = "models pipeline handlers".split()
BANNED = (
    ("strcpy strcat stpcpy sprintf vsprintf gets", EVERYWHERE, "no bound: use base/strbuf.h"),
    ("strncpy strncat", EVERYWHERE, "does not end its output, or fills it: use base/strbuf.h"),
    ("strtok strerror localtime gmtime asctime ctime getpwnam inet_ntoa gethostbyname rand", EVERYWHERE,
     "shared state between threads: use the _r form or its successor"),
    ("atoi atol atoll atof", FROM_OUTSIDE, "hides overflow and trailing bytes"),
    ("sscanf scanf fscanf", EVERYWHERE, "hides overflow and trailing bytes"),
    ("alloca", EVERYWHERE, "no bound on the stack"),
    ("system popen tmpnam mktemp", EVERYWHERE, "runs a shell, or races"),
    ("setjmp longjmp", EVERYWHERE, "errors are returned"),
    ("malloc calloc realloc free strdup strndup", REQUEST_CODE, "a request's memory is its arena's"),
    ("time clock_gettime gettimeofday clock getenv", ["base/json", "models", "pipeline"],
     "the same input gives the same summary: no clock, no environment"),
    ("printf fprintf puts fputs perror exit abort", ["models", "pipeline", "handlers", "fetcher"],
     "errors are returned, lines are logged by base/log.h"),
    ("cJSON_Duplicate cJSON_Compare cJSONUtils_MergePatch cJSONUtils_ApplyPatches", EVERYWHERE,
     "not bounded in time or depth"),
)

# files that may call what the others of their folder may not
EXEMPT = {
    "pipeline/page_memory.c": "malloc realloc free",  # libxml2's allocator, which counts to the request
}

NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def without_noise(code):
    """Comments and literals become blanks; lines keep their numbers."""
    return NOISE.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), code)


def rules_for(path):
    exempt = EXEMPT.get(path, "").split()
    for names, places, why in BANNED:
        banned = [name for name in names.split() if name not in exempt]
        if banned and any(path.startswith(place) for place in places):
            yield re.compile(r"(?<![\w.>])(" + "|".join(banned) + r")\s*\("), why


def check_text(path, code):
    code = without_noise(code)
    for pattern, why in rules_for(path):
        for found in pattern.finditer(code):
            line = code.count("\n", 0, found.start()) + 1
            yield f"{path}:{line}: {found.group(1)}(): {why}"


def check(root):
    for folder in EVERYWHERE:
        for place, _, names in sorted(os.walk(os.path.join(root, folder))):
            for name in sorted(names):
                if name.endswith((".c", ".h")):
                    path = os.path.relpath(os.path.join(place, name), root)
                    with open(os.path.join(root, path), encoding="utf-8") as code:
                        yield from check_text(path, code.read())


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..")
    bad = list(check(root))
    print("\n".join(bad) if bad else "banned: no call that is banned")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
