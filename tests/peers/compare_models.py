#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Runs models here and in TensorFlow Lite Micro on the same random inputs, and compares the bytes.

    python3 -m venv venv && venv/bin/pip install tflite-micro
    venv/bin/python tests/peers/compare_models.py FOLDER [--earshot build/host/earshot] [--rows 4]

FOLDER: .tflite files, in folders below it as well. To have one of each model that the tests of kernels run:

    EARSHOT_SAVE_MODELS=FOLDER build/host/tests/kernels/kernels_test

A line for each model: same, differs (in which row and output, and by how much), refused here, refused there. Exit code
1 where a model differs, or is refused here alone.
"""

import argparse
import multiprocessing
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from tflite_micro.python.tflite_micro import runtime

ARENA_BYTES = 4 << 20


def random_rows(details, rows, rng):
    """`rows` inputs, one after the other."""
    shape = (rows, *details["shape"])
    dtype = np.dtype(details["dtype"])
    if dtype.kind == "f":
        return rng.uniform(-4, 4, shape).astype(dtype)
    if dtype.kind == "b":
        return rng.integers(0, 2, shape).astype(dtype)
    limits = np.iinfo(dtype)
    if dtype.itemsize > 2:  # Most are indices or shapes.
        return rng.integers(0, 4, shape).astype(dtype)
    return rng.integers(limits.min, limits.max + 1, shape).astype(dtype)


def count(details_of):
    """How many inputs or outputs there are."""
    found = []
    while True:
        try:
            found.append(details_of(len(found)))
        except (IndexError, ValueError, RuntimeError):
            return found


def run_there(model, rows, seed):
    """Random rows of each input, and what comes of them for each output; raises what the interpreter raises."""
    interpreter = runtime.Interpreter.from_bytes(model, arena_size=ARENA_BYTES)
    rng = np.random.default_rng(seed)
    inputs = [random_rows(details, rows, rng) for details in count(interpreter.get_input_details)]
    outputs = [[] for _ in count(interpreter.get_output_details)]
    for row in range(rows if inputs else 0):
        for i, values in enumerate(inputs):
            interpreter.set_input(values[row], i)
        interpreter.invoke()
        for i, found in enumerate(outputs):
            found.append(np.array(interpreter.get_output(i)))
    return inputs, [np.stack(found) for found in outputs if found]


def run_there_alone(*arguments):
    """The same in a process of its own, which may die; or the text of the error."""
    here, there = multiprocessing.Pipe()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # It says each of count()'s ends.
        try:
            there.send(run_there(*arguments))
        except Exception as error:  # Whatever it is that stops the peer.
            there.send(str(error).splitlines()[0])
        os._exit(0)
    there.close()
    try:
        answer = here.recv()
    except EOFError:
        answer = "it died"
    os.waitpid(child, 0)
    return answer


def run_here(earshot, path, inputs, outputs):
    """The same; or the text of the error."""
    with tempfile.TemporaryDirectory() as folder:
        command = [earshot, "run", str(path)]
        for i, values in enumerate(inputs):
            np.save(f"{folder}/in{i}.npy", values)
            command += ["--input", f"{folder}/in{i}.npy"]
        for i in range(outputs):
            command += ["--output", f"{folder}/out{i}.npy"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            return done.stderr.strip()
        return [np.load(f"{folder}/out{i}.npy") for i in range(outputs)]


def difference(here, there):
    """Where the first bytes differ; empty: nowhere."""
    for i, (own, other) in enumerate(zip(here, there)):
        if own.tobytes() == np.ascontiguousarray(other).tobytes():
            continue
        own, other = own.reshape(len(own), -1), other.reshape(len(other), -1)
        if own.shape != other.shape:
            return f"output {i}: {own.shape[1:]} elements, there {other.shape[1:]}"
        wrong = own.view(np.uint8) != np.ascontiguousarray(other).view(np.uint8)
        row = int(np.argmax(wrong.any(axis=1)))
        most = np.nanmax(np.abs(own.astype(np.float64) - other.astype(np.float64)))
        return f"output {i}, row {row}: {int(wrong[row].sum())} bytes differ, by up to {most:g}"
    return ""


def compare(earshot, path, rows, seed):
    """What to say about a model: "same", or another word first."""
    answer = run_there_alone(path.read_bytes(), rows, seed)
    if isinstance(answer, str):
        done = subprocess.run([earshot, "inspect", str(path)], capture_output=True, text=True, check=False)
        here = "runs here" if done.returncode == 0 else "refused here, too"
        return f"refused there ({here}): {answer[:80]}"
    inputs, there = answer
    if not inputs:
        return "skipped: it has no inputs"
    here = run_here(earshot, path, inputs, len(there))
    if isinstance(here, str):
        return f"REFUSED here: {here}"
    wrong = difference(here, there)
    return f"DIFFERS: {wrong}" if wrong else "same"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--earshot", default="build/host/earshot")
    parser.add_argument("--rows", type=int, default=4)
    options = parser.parse_args()
    told = {}
    for path in sorted(options.folder.rglob("*.tflite")):
        answer = compare(options.earshot, path, options.rows, len(told))
        told.setdefault(answer.split()[0].rstrip(":"), []).append(path)
        print(f"{path.relative_to(options.folder)}: {answer}", flush=True)
    print(", ".join(f"{len(paths)} {word}" for word, paths in sorted(told.items())))
    return 1 if "DIFFERS" in told or "REFUSED" in told else 0


if __name__ == "__main__":
    sys.exit(main())
