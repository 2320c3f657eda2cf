#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Writes the measured tables of docs/boards.md, between its markers, from what the builds left in
build/<board>: flash, RAM and stack of each image; instructions of the bench in the emulator."""

import argparse
import json
import pathlib
import re
import subprocess
import sys

import boards

BOARDS = [board for board in boards.boards() if board != boards.TEMPLATE]
STRIDES_PER_SECOND = 50
DECISIONS_PER_SECOND = (5, 10)
BLOCKS_PER_SECOND = 100
# Cycles per instruction, and what flash that is slower than the processor adds; docs/boards.md says
# where they come from. Board, emulated board with the same processor, clock, the two factors, and
# whether it has to decimate its microphone's bits.
LOADS = [("blue-pill", "netduino2", 72e6, 1.6, 1.25, False),
         ("stm32f4discovery", "netduinoplus2", 168e6, 1.36, 1.05, True),
         ("nano33ble", "netduinoplus2", 64e6, 1.36, 1.25, False)]


def sizes(build, board, image):
    paths = list((build / board / "firmware").glob(f"*/{image}.size.json"))
    return json.loads(paths[0].read_text()) if paths else None


def share(part):
    return f"{part['used']:,} ({part['used'] / part['size']:.0%})"


def size_table(build, image):
    lines = [f"| `{image}` on | flash | of | RAM, stack included | of | stack reserved | deepest |",
             "|---|---|---|---|---|---|---|"]
    for board in BOARDS:
        size = sizes(build, board, image)
        if size is None:
            continue
        lines.append(f"| {board} | {share(size['flash'])} | {size['flash']['size']:,}"
                     f" | {share(size['ram'])} | {size['ram']['size']:,}"
                     f" | {size['stack']['reserved']:,} | {size['stack']['worst']:,} |")
    return lines


def core_table(build):
    lines = ["| flash of | " + " | ".join(("Cortex-M0", "Cortex-M3", "Cortex-M4", "Cortex-M55"))
             + " |", "|---|---|---|---|---|"]
    for image in ("core-runtime", "core-runtime-verified", "micro-speech-operators",
                  "micro-speech-operators-verified"):
        found = [sizes(build, board, image)
                 for board in ("microbit", "mps2-an385", "mps2-an386", "mps3-an547")]
        if any(found):
            lines.append(f"| `{image}` | " + " | ".join(
                f"{size['flash']['used']:,}" if size else "" for size in found) + " |")
    return lines


def run_bench(build, board, image):
    """{what: instructions}, from a run in the emulator; empty where there is no such image."""
    command = build / board / "firmware" / "apps" / f"{image}.qemu.json"
    if not command.exists():
        return {}
    run = json.loads(command.read_text())
    result = subprocess.run(run["command"], stdin=subprocess.DEVNULL, check=True,
                            capture_output=True, text=True)
    events = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    per_tick = 1e9 / 2 ** run["shift"] / events[0]["ticks_per_second"]
    return {event["what"] + (f" {event['index']}" if "index" in event else ""):
            event["ticks"] * per_tick for event in events[1:]}


def bench(build, board):
    found = run_bench(build, board, "bench")
    if found:
        found |= run_bench(build, board, "bench-decimator")
        found["inference"] = found["stride_with_inference"] - found["stride"]
    return found


def bench_table(figures):
    rows = ["window", "fft", "energy", "filterbank", "square_root", "noise_reduction", "pcan", "log",
            "stride", "operator 0", "operator 1", "operator 2", "inference", "load", "create",
            "pdm_block"]
    lines = ["| instructions | " + " | ".join(figures) + " |", "|---|" + "---|" * len(figures)]
    for row in rows:
        lines.append(f"| {row} | " + " | ".join(f"{found[row]:,.0f}" for found in figures.values())
                     + " |")
    return lines


def load_table(figures):
    lines = ["| board | clock | estimated load at "
             + " | at ".join(f"{rate} decisions a second" for rate in DECISIONS_PER_SECOND)
             + " | of it the microphone |", "|---|---|---|---|---|"]
    for board, measured, clock, cpi, flash, decimates in LOADS:
        if measured not in figures:
            continue
        found = figures[measured]
        microphone = BLOCKS_PER_SECOND * found["pdm_block"] if decimates else 0
        shares = []
        for rate in DECISIONS_PER_SECOND:
            instructions = STRIDES_PER_SECOND * found["stride"] + rate * found["inference"]
            shares.append(f"{(instructions + microphone) * cpi * flash / clock:.0%}")
        lines.append(f"| {board} | {clock / 1e6:.0f} MHz | {' | '.join(shares)}"
                     f" | {microphone * cpi * flash / clock:.0%} |")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    parser.add_argument("--check", action="store_true", help="only say whether the file is right")
    parser.add_argument("file", type=pathlib.Path, help="docs/boards.md")
    options = parser.parse_args()
    figures = {board: bench(options.build, board) for board in BOARDS}
    figures = {board: found for board, found in figures.items() if found}
    tables = {"sizes": size_table(options.build, "spotter") + [""]
              + size_table(options.build, "mic-check"),
              "core": core_table(options.build), "bench": bench_table(figures),
              "load": load_table(figures)}
    text = options.file.read_text()
    new = text
    for name, lines in tables.items():
        new = re.sub(rf"(<!-- {name}: begin -->\n).*?(<!-- {name}: end -->)",
                     lambda match, lines=lines: match[1] + "\n".join(lines) + "\n" + match[2], new,
                     flags=re.DOTALL)
    if not options.check:
        options.file.write_text(new)
    elif new != text:
        print(f"{options.file} is not what these builds measure; boards_table.py writes it anew:",
              file=sys.stderr)
        for old_line, new_line in zip(text.splitlines(), new.splitlines()):
            if old_line != new_line:
                print(f"- {old_line}\n+ {new_line}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
