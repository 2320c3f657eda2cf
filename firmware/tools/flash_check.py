#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Checks a flash target's command line without a board: the tool has to understand it and give up
only because nothing is plugged in. OpenOCD reads its whole configuration and is told to stop there.
Exit status 77 (skipped): the tool is not installed."""

import shutil
import subprocess
import sys

# What a tool says when all that is missing is the board.
NO_BOARD = {"st-flash": "Couldn't find any ST-Link",
            "dfu-util": "No DFU capable USB device",
            "bossac": "No device found"}


def main():
    command = sys.argv[1:]
    tool = command[0]
    if shutil.which(tool) is None:
        print(f"{tool} is not installed: skipped")
        return 77
    if tool == "openocd":
        program = command.pop()
        command.pop()
        # The configuration is run, the program command is parsed but not begun.
        command += ["-c", f"if {{![string match \"program *\" {{{program}}}]}} {{error program}}",
                    "-c", "echo understood; shutdown"]
        wanted = "understood"
    else:
        wanted = NO_BOARD[tool]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    output = result.stdout + result.stderr
    print(output)
    if wanted not in output:
        print(f"flash_check: wanted: {wanted}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
