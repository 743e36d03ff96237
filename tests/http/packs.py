"""The public test packs beside the project (../shared/reliability, or $ONRECORD_SHARED/reliability).

They are other people's and not part of the project: a test that needs one is skipped where it is not
there, and tools/check.py counts a skipped test as failed in CI.
"""
import os
import re

TOP = os.environ.get("ONRECORD_TOP") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SHARED = os.environ.get("ONRECORD_SHARED") or os.path.join(TOP, "..", "shared")


def path(test, name):
    """Where the pack's file or folder lies; skips `test` if it is not there."""
    found = os.path.join(SHARED, "reliability", name)
    if not os.path.exists(found):
        test.skipTest(f"the pack {name} is not here")
    return found


def utf8_rows(test):
    """(number, is it valid, bytes) of each row of utf8tests.txt: `1.0:valid:abc`, `2.0:invalid hex:ff:…`."""
    rows = []
    with open(path(test, "utf8tests/utf8tests.txt"), encoding="utf-8") as lines:
        for line in lines:
            fields = [field.strip() for field in line.split(":")]
            if line.startswith("#") or len(fields) < 3:
                continue
            hexed = fields[1].endswith("hex")
            raw = bytes.fromhex(re.sub(r"\s", "", fields[2])) if hexed else fields[2].encode()
            rows.append((fields[0], fields[1].startswith("valid"), raw))
    return rows
