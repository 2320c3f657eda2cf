#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Runs an image in the emulator and checks its exit status and what it prints."""

import argparse
import re
import subprocess
import sys


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--expect-exit", type=int, default=0)
    parser.add_argument("--match", default="", help="regular expression on the whole output")
    parser.add_argument("--input", default="", help="text for the image's console")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    result = subprocess.run(options.command, input=options.input.encode(), capture_output=True,
                            check=False)
    output = result.stdout.decode(errors="replace")
    sys.stdout.write(output)
    sys.stderr.write(result.stderr.decode(errors="replace"))
    if result.returncode != options.expect_exit:
        print(f"run_image: exit status {result.returncode}, wanted {options.expect_exit}",
              file=sys.stderr)
        return 1
    if not re.search(options.match, output, re.MULTILINE | re.DOTALL):
        print(f"run_image: the output does not match {options.match!r}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
