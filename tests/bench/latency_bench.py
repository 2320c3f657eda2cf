#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""How long after a word's end `earshot listen` tells it, and its CPU time, on a stream of `earshot mix`.

latency_bench.py build/host/earshot yes_no_streaming stream.wav [SECONDS]

It listens in real time, so ten minutes (SECONDS: 600) take ten minutes. A word is told when it has
been decided on and the program has got there: `time` + `latency` of its event.
"""

import csv
import statistics
import sys
from pathlib import Path

import gate_bench


def delays(words, events):
    """Seconds from the end of each event to the first word of its label, up to 1 s after that."""
    found = []
    for event in events:
        start, end = float(event["start"]), float(event["end"])
        told = [word["time"] + word["latency"] - end for word in words
                if word["label"] == event["label"] and start <= word["time"] <= end + 1.0]
        found += told[:1]
    return found


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    program, model, stream = sys.argv[1:4]
    seconds = sys.argv[4] if len(sys.argv) == 5 else "600"
    words, end, cpu = gate_bench.listen(program, model, stream,
                                        ["--speed", "realtime", "--seconds", seconds])
    found = sorted(delays(words, list(csv.DictReader(Path(stream).with_suffix(".csv").open()))))
    if not found:
        sys.exit(f"{stream}: {model} found no word of it")
    latencies = [word["latency"] for word in words]
    print(f"{stream} {model}: from the end of a word to its event {statistics.median(found):.3f} s, "
          f"of nine in ten words at most {found[len(found) * 9 // 10]:.3f} s ({len(found)} words); "
          f"of it after the deciding sound {1000 * statistics.median(latencies):.0f} ms; "
          f"CPU {100 * cpu / end['seconds']:.1f} % of a core; {end['lost_samples']} samples lost")


if __name__ == "__main__":
    main()
