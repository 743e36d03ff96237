#!/usr/bin/python3
"""What the compiler and linker were asked for is in the program (G3): test_hardening.py ONRECORD."""
import os
import platform
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..")]
ONRECORD = os.path.abspath(sys.argv.pop(1))
import tap

# Large frames, copies that can be checked, a canary to be had: a program in which each hardening would show.
PROGRAM = """
#include <stdio.h>
#include <string.h>
int main(int argc, char **argv)
{
    volatile char frame[100000];
    char copy[16];
    frame[argc] = 1;
    strcpy(copy, argv[0]);
    printf(argv[0], frame[argc]);
    return copy[0];
}
"""
SOFT = ["-no-pie", "-Wl,-z,norelro", "-Wl,-z,lazy", "-Wl,-z,execstack", "-fno-stack-protector", "-U_FORTIFY_SOURCE",
        "-fno-stack-clash-protection", "-fcf-protection=none"]
EVERY = {"PIE", "RELRO", "BIND_NOW", "NX", "canary", "FORTIFY", "stack clash"} | (
    {"IBT", "SHSTK"} if platform.machine() == "x86_64" else set())


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def hardenings(path):
    """Which of EVERY the program at `path` has."""
    header, segments, dynamic, symbols, notes = (output("readelf", f"-{what}W", path) for what in ("h", "l", "d", "s", "n"))
    code = output("objdump", "-d", "--no-show-raw-insn", path)
    stack = re.search(r"GNU_STACK.*", segments)
    shown = {
        "PIE": re.search(r"Type:\s+DYN", header) and re.search(r"FLAGS_1.*PIE", dynamic),
        "RELRO": "GNU_RELRO" in segments,
        "BIND_NOW": re.search(r"\(FLAGS\).*BIND_NOW|FLAGS_1.*NOW", dynamic),
        "NX": stack and "E" not in stack.group().split()[6],
        "canary": "__stack_chk_fail" in symbols,
        "FORTIFY": re.search(r"__\w+_chk@", symbols),
        "stack clash": re.search(r"or[qb]\s+\$0x0,(0x\w+)?\(%rsp", code) or platform.machine() != "x86_64",
        "IBT": re.search(r"x86 feature:.*IBT", notes),
        "SHSTK": re.search(r"x86 feature:.*SHSTK", notes),
    }
    return {name for name, found in shown.items() if found}


class Hardening(unittest.TestCase):
    def test_of_the_program(self):
        found = hardenings(ONRECORD)
        print(f"# G3: {', '.join(sorted(found))}")
        self.assertEqual(EVERY - found, set())

    def test_is_missed_where_it_is_not(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "soft")
            subprocess.run(["gcc", "-x", "c", "-w", "-O1", *SOFT, "-o", path, "-"], input=PROGRAM, text=True, check=True)
            kept = hardenings(path) & EVERY
        self.assertEqual(kept, set() if platform.machine() == "x86_64" else {"stack clash"})


if __name__ == "__main__":
    tap.main()
