#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The boards: the folders of firmware/boards with a board.cmake.

    firmware/tools/boards.py            lists them
    firmware/tools/boards.py --write    writes firmware/boards/presets.json, their CMake presets
    firmware/tools/boards.py --check    fails where presets.json is not what --write writes
"""

import json
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "boards"
PRESETS = FOLDER / "presets.json"
TEMPLATE = "skeleton"  # Is built, so that what people copy compiles; measures nothing.


def boards():
    return sorted(path.parent.name for path in FOLDER.glob("*/board.cmake"))


def presets():
    """The text of presets.json, one preset a line."""
    common = {"name": "firmware", "hidden": True, "generator": "Ninja",
              "binaryDir": "${sourceDir}/build/${presetName}",
              "toolchainFile": "${sourceDir}/cmake/arm_none_eabi.cmake",
              "cacheVariables": {"CMAKE_BUILD_TYPE": "MinSizeRel",
                                 "CMAKE_INTERPROCEDURAL_OPTIMIZATION": "ON", "EARSHOT_JOINED_SOURCES": "ON",
                                 "EARSHOT_BOARD": "${presetName}"}}
    names = boards()
    kinds = {
        "configurePresets": [common] + [{"name": name, "inherits": "firmware"} for name in names],
        "buildPresets": [{"name": name, "configurePreset": name} for name in names],
        "testPresets": [{"name": name, "configurePreset": name, "output": {"outputOnFailure": True}}
                        for name in names]}
    lists = [f'  "{kind}": [\n' + ",\n".join("    " + json.dumps(entry) for entry in entries) + "\n  ]"
             for kind, entries in kinds.items()]
    return '{\n  "version": 6,\n' + ",\n".join(lists) + "\n}\n"


def main(arguments):
    if not arguments:
        print("\n".join(boards()))
    elif arguments == ["--write"]:
        PRESETS.write_text(presets())
    elif arguments == ["--check"]:
        if PRESETS.read_text() != presets():
            sys.exit(f"{PRESETS} does not list the folders beside it: run firmware/tools/boards.py --write")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
