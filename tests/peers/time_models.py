#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Times models here, in LiteRT with XNNPACK and in TensorFlow Lite Micro, and writes a table.

    python3 -m venv venv && venv/bin/pip install ai-edge-litert tflite-micro
    venv/bin/python tests/peers/time_models.py MODEL... [--earshot build/host/earshot] [--rounds 5]

Processor time of one inference in microseconds, one thread, median of rounds in which all engines take turns. Of the
peers it is the time in their invoke(), called from Python, which is about one microsecond of it. A dash: the engine
does not run the model. LiteRT gives other bits than TensorFlow Lite Micro and Earshot, which give the same.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import time

import numpy as np

BLOCK_SECONDS = 0.1


def earshot_sets(earshot, model):
    """The names of the sets of kernels that run here, slowest first."""
    found = []
    for name in ("portable", "avx2", "avx512vnni"):
        command = [earshot, "bench", "--kernels", name, "--seconds", "0.01", model]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            found.append(name)
    return found


class Earshot:
    def __init__(self, earshot, kernels, model):
        self.command = [earshot, "bench", "--json", "--kernels", kernels,
                        "--seconds", str(BLOCK_SECONDS), model]

    def block(self):
        report = json.loads(subprocess.run(self.command, capture_output=True, check=True).stdout)
        return report["models"][0]["timings"][0]["microseconds"]


class Peer:
    def __init__(self, invoke):
        self.invoke = invoke

    def block(self):
        begin = time.thread_time()
        count = 0
        while time.thread_time() - begin < BLOCK_SECONDS:
            for _ in range(20):
                self.invoke()
            count += 20
        return (time.thread_time() - begin) / count * 1e6


def random_input(details):
    dtype = np.dtype(details["dtype"])
    rng = np.random.default_rng(1)
    if dtype.kind == "f":
        return rng.uniform(-1, 1, details["shape"]).astype(dtype)
    limits = np.iinfo(dtype)
    return rng.integers(limits.min, limits.max + 1, details["shape"]).astype(dtype)


def litert(model):
    from ai_edge_litert.interpreter import Interpreter
    interpreter = Interpreter(model_path=str(model), num_threads=1)
    interpreter.allocate_tensors()
    for details in interpreter.get_input_details():
        interpreter.set_tensor(details["index"], random_input(details))
    interpreter.invoke()
    return Peer(interpreter.invoke)


def tflm(model):
    from tflite_micro.python.tflite_micro import runtime
    interpreter = runtime.Interpreter.from_bytes(model.read_bytes(), arena_size=4 << 20)
    interpreter.set_input(random_input(interpreter.get_input_details(0)), 0)
    interpreter.invoke()
    return Peer(interpreter.invoke)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("models", nargs="+", type=pathlib.Path)
    parser.add_argument("--earshot", default="build/host/earshot")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    sets = earshot_sets(options.earshot, options.models[0])
    names = [f"Earshot, {name}" for name in sets] + ["LiteRT, XNNPACK", "TFLM's wheel"]
    print("| model | " + " | ".join(names) + " | fastest / LiteRT |")
    print("|---" * (len(names) + 2) + "|")
    for model in options.models:
        engines = [Earshot(options.earshot, kernels, model) for kernels in sets]
        for make in (litert, tflm):
            try:
                engines.append(make(model))
            except Exception:  # Whatever the engine raises: it does not run the model.
                engines.append(None)
        blocks = [[] for _ in engines]
        for _ in range(options.rounds):
            for engine, times in zip(engines, blocks):
                if engine is not None:
                    times.append(engine.block())
        medians = [statistics.median(times) if times else None for times in blocks]
        cells = ["–" if median is None else f"{median:.1f}" for median in medians]
        ours, peer = medians[len(sets) - 1], medians[len(sets)]
        ratio = "–" if peer is None else f"{ours / peer:.2f}"
        name = model.parent.name if model.stem == "model" else model.stem
        print(f"| {name} | " + " | ".join(cells) + f" | {ratio} |", flush=True)


if __name__ == "__main__":
    main()
