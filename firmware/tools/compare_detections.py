#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Plays a recording to an image in the emulator and to the program of the host, and compares what
the two hear: every label, score and time must be the same."""

import argparse
import json
import subprocess
import sys


def of_host(program, strides, recording):
    result = subprocess.run([program, "classify", "--mode", "stream", "--jsonl",
                             "--strides-per-inference", str(strides), recording],
                            check=True, capture_output=True, text=True)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    # The device counts in ms and prints thousandths of the score, rounded down.
    return [{"label": line["label"], "score": int(line["score"] * 1000),
             **{f"{name}_ms": round(line[name] * 1000) for name in ("start", "end", "time")}}
            for line in lines if "label" in line]


def of_image(command):
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    text = result.stdout.decode(errors="replace")
    print(text, end="")
    if result.returncode != 0:
        sys.exit(f"the image ended with {result.returncode}: {result.stderr.decode()}")
    events = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    detections = [{"label": event["label"], "score": round(event["score"] * 1000),
                   **{name: event[name] for name in ("start_ms", "end_ms", "time_ms")}}
                  for event in events if event["event"] == "detection"]
    return detections, events


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="earshot, for the host")
    parser.add_argument("--strides-per-inference", type=int, required=True)
    parser.add_argument("--recording", required=True)
    parser.add_argument("--minimum", type=int, default=1, help="so many detections there must be")
    parser.add_argument("command", nargs="+", help="the emulator's, recording included")
    options = parser.parse_args()
    wanted = of_host(options.program, options.strides_per_inference, options.recording)
    found, events = of_image(options.command)
    problems = [f"only on the host: {detection}" for detection in wanted if detection not in found]
    problems += [f"only on the board: {detection}" for detection in found if detection not in wanted]
    if found != wanted and not problems:
        problems.append("the order differs")
    if len(wanted) < options.minimum:
        problems.append(f"{len(wanted)} detections, wanted at least {options.minimum}")
    status = [event for event in events if event["event"] == "status"]
    if not status:
        problems.append("no status at the end")
    elif status[-1]["overruns"] != 0 or status[-1]["late"] != 0:
        problems.append(f"the board did not keep up: {status[-1]}")
    for problem in problems:
        print(f"compare_detections: {problem}", file=sys.stderr)
    if not problems:
        print(f"{len(found)} detections, the same on both")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
