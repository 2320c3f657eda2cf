#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Checks one linked image: what it takes of the board's memory, what it must not contain, and how
deep its stack can get. Prints a table, writes a JSON file, fails with the reasons."""

import argparse
import json
import sys

import image_size
import image_stack
import image_symbols


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("image", help="the .elf file")
    parser.add_argument("--objdump", required=True)
    parser.add_argument("--nm", required=True)
    parser.add_argument("--map", required=True, help="the linker's map file")
    parser.add_argument("--cpu", required=True, help="as for -mcpu")
    parser.add_argument("--calls", required=True, help="who is called through pointers")
    parser.add_argument("--stack", type=int, required=True, help="bytes that the image reserves")
    parser.add_argument("--board", required=True)
    parser.add_argument("--json", required=True, help="where the figures go")
    options = parser.parse_args()

    size = image_size.measure(options.objdump, options.image, options.map)
    disassembly = image_stack.disassemble(options.objdump, options.image)
    stack = image_stack.worst_case(disassembly, options.calls)
    problems = image_symbols.problems(options.nm, options.image)
    problems += image_symbols.foreign_instructions(disassembly, options.cpu)
    problems += stack.problems
    if stack.total > options.stack:
        problems.append(f"stack: up to {stack.total} bytes are needed, {options.stack} are reserved")

    image = options.image.rsplit("/", 1)[-1].removesuffix(".elf")
    flash, ram = size["flash"], size["ram"]
    print(f"{image} on {options.board}:"
          f" flash {flash['used']:,} of {flash['size']:,} ({flash['used'] / flash['size']:.1%}),"
          f" RAM {ram['used']:,} of {ram['size']:,} ({ram['used'] / ram['size']:.1%});"
          f" of it stack {options.stack:,}, at worst {stack.total:,} used")
    with open(options.json, "w", encoding="utf-8") as file:
        json.dump({"image": image, "board": options.board, **size,
                   "stack": {"reserved": options.stack, "worst": stack.total,
                             "path": stack.path}}, file, indent=1)
    for problem in problems:
        print(f"{image}: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
