#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""What `earshot listen --gate DB` costs in words and saves in CPU time, on streams of `earshot mix`.

gate_bench.py build/host/earshot tiny_conv_yes_no 6 stream.wav ...

An event is found if its word is decided from 0.25 s before its start to 1.5 s after its end; all
other words are false.
"""

import csv
import json
import resource
import subprocess
import sys
from pathlib import Path


def cpu_seconds():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def listen(program, model, stream, options):
    """The words, the last event, and the user time in seconds."""
    before = cpu_seconds()
    command = [program, "listen", "-", "--jsonl", "--model", model, *options]
    with open(stream, "rb") as sound:
        run = subprocess.run(command, stdin=sound, stdout=subprocess.PIPE, check=True)
    events = [json.loads(line) for line in run.stdout.splitlines()]
    words = [event for event in events if event["event"] == "word"]
    return words, events[-1], cpu_seconds() - before


def match(words, events):
    """The indices of the events that were found, and how many words are none."""
    found = set()
    false = 0
    for word in words:
        for i, event in enumerate(events):
            since_start = word["time"] - float(event["start"])
            since_end = word["time"] - float(event["end"])
            if (i not in found and event["label"] == word["label"] and since_start >= -0.25
                    and since_end <= 1.5):
                found.add(i)
                break
        else:
            false += 1
    return found, false


def main():
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    program, model, gate_db, *streams = sys.argv[1:]
    for stream in streams:
        events = list(csv.DictReader(Path(stream).with_suffix(".csv").open()))
        without = set()
        for options in ([], ["--gate", gate_db]):
            words, end, cpu = listen(program, model, stream, options)
            found, false = match(words, events)
            passed_over = end.get("skipped_samples", 0) / 16000 / end["seconds"]
            line = (f"{stream} {model} {' '.join(options) or 'no gate'}: found {len(found)}, "
                    f"false {false}, passed over {100 * passed_over:.1f} %, "
                    f"CPU {1000 * cpu / end['seconds']:.2f} ms per s")
            if options:
                line += f"; missed {len(without - found)}, won {len(found - without)}"
            print(line, flush=True)
            without = found


if __name__ == "__main__":
    main()
