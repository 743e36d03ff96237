#!/usr/bin/python3
"""Embeds files into the binary: embed.py OUT.S FILE...

Each FILE becomes the symbols embedded_NAME and embedded_NAME_end, NAME being its file name with every
character that is no letter or digit replaced by "_". The assembler copies the bytes: a megabyte costs
nothing to compile.
"""
import os
import re
import sys


def main():
    out, *paths = sys.argv[1:]
    with open(out, "w", encoding="utf-8") as f:
        f.write('/* Made by tools/embed.py. */\n.section .rodata, "a"\n')
        for path in paths:
            symbol = "embedded_" + re.sub(r"[^A-Za-z0-9]", "_", os.path.basename(path))
            f.write(f"\n.balign 64\n.globl {symbol}\n.globl {symbol}_end\n{symbol}:\n"
                    f'.incbin "{os.path.abspath(path)}"\n{symbol}_end:\n.byte 0\n')
        f.write('\n.section .note.GNU-stack, "", %progbits\n')


if __name__ == "__main__":
    main()
