#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Which branches of the core the tests have taken.

    tests/coverage/report_coverage.py BUILD_FOLDER [--all]

BUILD_FOLDER is one with EARSHOT_COVERAGE whose tests have run (ctest --preset host-asan-core). Prints a
line for each room of the core and every branch that was not taken, except those that exceptions.txt
explains; --all: these, too. Exit status 1: a room has more of the others than most_not_taken.json allows.

A branch is one side of a condition in the source. Conditions in macros count where the macro is used;
those of templates once, taken if any instance took them.
"""

import collections
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ROOMS = ("base", "frontend", "runtime", "kernels", "app")
HERE = pathlib.Path(__file__).resolve().parent
CODE, EXPANSION = 0, 1
# Programs that have, together, all of the core.
PROGRAMS = ("tests/kernels/kernels_test", "tests/runtime/runtime_test", "tests/app/app_test",
            "tests/frontend/frontend_test", "tests/fuzz/fuzz_slot")

Place = collections.namedtuple("Place", "file line column macro")


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True).stdout


def exported(build):
    profiles = sorted((build / "coverage").glob("*.profraw"))
    if not profiles:
        sys.exit(f"report_coverage: no profiles in {build}/coverage: run ctest --preset host-asan-core first")
    merged = build / "coverage" / "merged.profdata"
    run("llvm-profdata-14", "merge", "-sparse", "-o", merged, *profiles)
    first, *others = (build / program for program in PROGRAMS)
    objects = [part for program in others for part in ("-object", program)]
    data = run("llvm-cov-14", "export", "-format=text", f"-instr-profile={merged}", first, *objects)
    return json.loads(data)["data"][0]["functions"]


def room_of(path):
    parts = path.parts
    if len(parts) > 3 and parts[:2] == ("src", "earshot") and parts[2] in ROOMS:
        return parts[2]
    return None


def relative(name):
    try:
        return pathlib.Path(name).resolve().relative_to(ROOT)
    except ValueError:
        return pathlib.Path(name)


def use_of(function, line, column, file_id):
    """Where in the function's own file something of a macro is, and where in the macro."""
    inside = None
    while True:
        uses = [region for region in function["regions"]
                if region[7] == EXPANSION and region[6] == file_id and file_id != 0]
        if not uses:
            return line, column, file_id, inside
        inside = inside or (line, column)
        line, column, file_id = uses[0][0], uses[0][1], uses[0][5]


def runs_there(function, line, column, file_id):
    """How often the code was run that a condition is part of."""
    begin = (line, column)
    around = [region for region in function["regions"]
              if region[7] == CODE and region[5] == file_id
              and (region[0], region[1]) <= begin <= (region[2], region[3])]
    return max(around, key=lambda region: (region[0], region[1]))[4] if around else 0


def unable_here(functions):
    """Folders of kernels and stages for a processor that this machine has not: none of their code ran but
    what looks for it."""
    ran = collections.defaultdict(bool)
    for function in functions:
        folder = relative(function["filenames"][0]).parent
        if folder.name.startswith("avx"):
            ran[folder] |= function["count"] > 0 and "IsAvailable" not in function["name"]
    return {folder for folder, any_ran in ran.items() if not any_ran}


def branches_of(functions, left_out):
    """By place: whether the condition was seen true, and false; None where it cannot be."""
    taken = {}
    for function in functions:
        for line, column, _, _, trues, falses, file_id, *_ in function["branches"]:
            # A condition that is constant has no counters.
            if trues == falses == 0 and runs_there(function, line, column, file_id) > 0:
                continue
            line, column, own_id, inside = use_of(function, line, column, file_id)
            path = relative(function["filenames"][own_id])
            if room_of(path) is None or path.parent in left_out:
                continue
            place = Place(path, line, column, inside)
            before = taken.get(place, (False, False))
            taken[place] = (before[0] or trues > 0, before[1] or falses > 0)
    return taken


class Exceptions:
    """Lines of exceptions.txt: path | part of the source line | reason."""

    def __init__(self, file):
        self.entries = []
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            parts = [part.strip() for part in line.split(" | ")]
            if len(parts) != 3:
                sys.exit(f"{file}:{number}: wanted: path | part of the source line | reason")
            self.entries.append((number, *parts))
        self.used = set()

    def reason(self, path, text):
        for number, of_path, part, reason in self.entries:
            if of_path == str(path) and part in text:
                self.used.add(number)
                return reason
        return None

    def unused(self):
        return [entry for entry in self.entries if entry[0] not in self.used]


def main(build, show_all):
    functions = exported(build)
    left_out = unable_here(functions)
    for folder in sorted(left_out):
        print(f"report_coverage: {folder} is left out: this processor cannot run it")
    taken = branches_of(functions, left_out)
    exceptions = Exceptions(HERE / "exceptions.txt")
    most = json.loads((HERE / "most_not_taken.json").read_text(encoding="utf-8"))
    lines = {}
    sides = collections.Counter()
    missing = collections.Counter()
    explained = collections.Counter()
    for place, seen in sorted(taken.items(), key=lambda item: (str(item[0].file), item[0].line, item[0].column)):
        room = room_of(place.file)
        sides[room] += 2
        if all(seen):
            continue
        if place.file not in lines:
            lines[place.file] = (ROOT / place.file).read_text(encoding="utf-8").splitlines()
        text = lines[place.file][place.line - 1].strip()
        reason = exceptions.reason(place.file, text)
        count = seen.count(False)
        (missing if reason is None else explained)[room] += count
        if reason is None or show_all:
            never = "never reached" if not any(seen) else "never true" if seen[1] else "never false"
            print(f"{place.file}:{place.line}:{place.column}: {never}: {text}" + (f"  ({reason})" if reason else ""))
    print()
    failed = False
    for room in ROOMS:
        allowed = most[room]
        all_sides = max(sides[room], 1)
        share = 100 * (all_sides - missing[room] - explained[room]) / all_sides
        print(f"{room:10} {share:6.2f} % of {sides[room]} branches; not taken {missing[room]} "
              f"(at most {allowed}), explained {explained[room]}")
        failed = failed or missing[room] > allowed
    for number, path, part, _ in exceptions.unused():
        print(f"tests/coverage/exceptions.txt:{number}: not needed: all branches of {path} are taken in lines with: {part}")
    return 1 if failed else 0


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--all"]
    if len(arguments) != 1:
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(arguments[0]).resolve(), "--all" in sys.argv))
