#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Runs an image in the emulator and checks its exit status and what it prints."""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile


def slot_options(options, folder):
    """What has the emulator put a model into the slot: whole, cut off or damaged."""
    if not options.slot:
        return []
    content = bytearray(pathlib.Path(options.slot).read_bytes())
    if options.slot_bytes:
        content = content[:options.slot_bytes]
    if options.slot_flip:
        content[options.slot_flip] ^= 0xFF
    copy = pathlib.Path(folder) / "model.slot"
    copy.write_bytes(content)
    return ["-device", f"loader,file={copy},addr={options.slot_address},force-raw=on"]


def run(command, text):
    """(output, error output, exit status) of a program that is told `text` after its first line."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE if text else subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    first = b""
    if text:
        first = process.stdout.readline()
        process.stdin.write(text.encode().decode("unicode_escape").encode())
        process.stdin.flush()
    output, error = process.communicate()
    return (first + output).decode(errors="replace"), error.decode(errors="replace"), \
        process.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--expect-exit", type=int, default=0)
    parser.add_argument("--match", default="", help="regular expression on the whole output")
    parser.add_argument("--input", default="", help="for the image's console, after its first line")
    parser.add_argument("--slot", help="a packed model for the slot")
    parser.add_argument("--slot-address", help="where the slot is")
    parser.add_argument("--slot-bytes", type=int, help="only so much of it")
    parser.add_argument("--slot-flip", type=int, help="a byte to be damaged")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        command = options.command + slot_options(options, folder)
        output, error, status = run(command, options.input)
    sys.stdout.write(output)
    sys.stderr.write(error)
    if status != options.expect_exit:
        print(f"run_image: exit status {status}, wanted {options.expect_exit}",
              file=sys.stderr)
        return 1
    if not re.search(options.match, output, re.MULTILINE | re.DOTALL):
        print(f"run_image: the output does not match {options.match!r}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
