#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The numbers by which images without texts name errors (src/earshot/base/static_text.h), and their texts.

status_ids.py docs/status_ids.md          writes the table
status_ids.py --check docs/status_ids.md  fails where the table is not up to date

Either fails where two texts have the same number: one of them has to be worded otherwise.
"""

import argparse
import pathlib
import re
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "models"))

import settings  # noqa: E402

ROOT = REPOSITORY / "src" / "earshot"
ROOMS = ("app", "frontend", "kernels", "models/slot", "runtime")
FOLDERS = [ROOT / room for room in ROOMS] + [REPOSITORY / "compat" / "src"]
# One or several literals next to each other, the last one with the suffix.
TEXT = re.compile(r'((?:"(?:[^"\\\n]|\\.)*"\s*)*"(?:[^"\\\n]|\\.)*")_text\b')
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')

HEADER = """# Errors by number

Images for boards hold no texts of errors, unless they are built with `-DEARSHOT_STATUS_TEXTS=ON`. They
name what is wrong by a number (`"what_id"` of the spotter's error lines), which is computed from the text
([static_text.h](../src/earshot/base/static_text.h)). Where the text is about a scale, `found` and `wanted` are the bits of
floats.

| number | text |
|---|---|
"""


def text_id(text):
    """FNV-1a of 32 bits, folded to 16 like in StaticTextId() of src/earshot/base/static_text.h."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return 1 + value % 65521


def texts():
    """All texts of the sources."""
    found = set(settings.status_texts())
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*")):
            # What designs tables runs on hosts only, which have the texts.
            if path.suffix not in (".cc", ".h") or path.parent.name == "design":
                continue
            for match in TEXT.finditer(path.read_text(encoding="utf-8")):
                found.add("".join(LITERAL.findall(match.group(1))))
    return found - {""}  # #name ""_text: a setting's name.


def table():
    """The document. Ends the program where a number is not unique."""
    by_id = {}
    for text in sorted(texts()):
        number = text_id(text)
        if number in by_id:
            sys.exit(f"status_ids: {number} is the number of {text!r} and of "
                     f"{by_id[number]!r}: word one of them otherwise")
        by_id[number] = text
    return HEADER + "".join(f"| {n} | {t} |\n" for n, t in sorted(by_id.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    parser.add_argument("document", type=pathlib.Path)
    arguments = parser.parse_args()
    wanted = table()
    if not arguments.check:
        arguments.document.write_text(wanted, encoding="utf-8")
        return
    if arguments.document.read_text(encoding="utf-8") != wanted:
        sys.exit(f"status_ids: {arguments.document} is not up to date: run "
                 f"firmware/tools/status_ids.py {arguments.document}")


if __name__ == "__main__":
    main()
