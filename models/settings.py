#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The settings of a spotter (src/earshot/app/spotter_settings.inc) for Python and for documents.

settings.py models/README.md          writes its table, between the two markers
settings.py --check models/README.md  fails where the table is not up to date
"""

import argparse
import ast
import pathlib
import re
import sys
from typing import NamedTuple

TABLE = pathlib.Path(__file__).resolve().parents[1] / "src/earshot/app/spotter_settings.inc"
ENTRY = re.compile(r"^EARSHOT_(SPOTTER|RECOGNIZER|CLIP)_SETTING\((.*?)\)$", re.DOTALL | re.MULTILINE)
PART = re.compile(r'\s*((?:"(?:[^"\\]|\\.)*"\s*)+|[^,"]+)(?:,|$)')
LIMITS = {"INT32_MAX": 2**31 - 1, "UINT32_MAX": 2**32 - 1}
UNITS = {"kMs": " ms", "kStrides": " strides", "kResults": " results", "kScore": ""}
BEGIN, END = "<!-- settings: begin -->\n", "<!-- settings: end -->\n"


class Setting(NamedTuple):
    """One entry of the table; `group` is "spotter", "recognizer" or "clip"."""
    group: str
    name: str
    fallback: int
    lowest: int
    highest: int
    unit: str
    slot: int  # Offset in the header; 0: not in a slot.
    key: str
    meaning: str
    missing: str


def number(text):
    return LIMITS.get(text) or int(text, 0)


def settings():
    """All settings, in the order of the table."""
    found = []
    for group, arguments in ENTRY.findall(TABLE.read_text(encoding="utf-8")):
        parts = [part.strip() for part in PART.findall(arguments)]
        _, name, *numbers, unit, slot, key, meaning, missing = parts
        texts = ["".join(ast.literal_eval(f"({text})")) for text in (key, meaning, missing)]
        found.append(Setting(group.lower(), name, *map(number, numbers), unit, number(slot), *texts))
    return found


def status_texts():
    """What the core calls them in its errors (firmware/tools/status_ids.py)."""
    of_core = [setting.name for setting in settings() if setting.group != "clip"]
    return of_core + [f"slot: {name}" for name in of_core]


def value_text(setting):
    """Which values a manifest may give."""
    if setting.unit == "kLabels":
        return "some of the first 32 labels"
    if setting.unit == "kScore":
        return "1/256 to 1"
    if setting.highest == LIMITS["INT32_MAX"]:
        return f"{setting.lowest}{UNITS[setting.unit]} or more"
    return f"{setting.lowest} to {setting.highest}{UNITS[setting.unit]}"


def table():
    rows = [f"| `{setting.key}` | {value_text(setting)}: {setting.meaning} "
            f"| {setting.missing or setting.fallback} |" for setting in settings()]
    return "\n".join(["| key | value | when missing |", "|---|---|---|", *rows]) + "\n"


def check_manifest(manifest):
    """Raises ValueError where a manifest's object "earshot" (a dict) has a number out of range."""
    for setting in settings():
        value = {"earshot": manifest}
        for part in setting.key.split("."):
            value = value.get(part, {})
        if value == {} or setting.unit == "kLabels":
            continue
        lowest, highest = ((1 / 256, 1) if setting.unit == "kScore" else
                           (setting.lowest, setting.highest))
        if not lowest <= value <= highest:
            raise ValueError(f"{setting.key}: found {value}, wanted {value_text(setting)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    parser.add_argument("document", type=pathlib.Path)
    arguments = parser.parse_args()
    text = arguments.document.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        sys.exit(f"settings: {arguments.document} has no place for the table ({BEGIN.strip()} ...)")
    wanted = before + BEGIN + table() + END + after
    if not arguments.check:
        arguments.document.write_text(wanted, encoding="utf-8")
    elif text != wanted:
        sys.exit(f"settings: {arguments.document} is not up to date: run models/settings.py "
                 f"{arguments.document}")


if __name__ == "__main__":
    main()
