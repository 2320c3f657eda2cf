#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Makes models/tiny_conv_yes_no: model.tflite, figures.json, manifest.json and the model card."""
import argparse
import hashlib
import json
import pathlib
import sys
import time

import numpy as np
import torch

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "check"))

import corpus as recordings  # noqa: E402
import dataset  # noqa: E402
import evaluate  # noqa: E402
import examples  # noqa: E402
import features  # noqa: E402
import int8_model  # noqa: E402
import int8_reference  # noqa: E402
import model_card  # noqa: E402
import tflite_writer  # noqa: E402
import tiny_conv  # noqa: E402

SEED = 1
TRAINING_EXAMPLES = 100_000
FLOAT_EPOCHS = 12
QUANTIZED_EPOCHS = 2

# What counts as a detection. The threshold is the one of SETTINGS that finds the most words with
# at most MAX_FALSE_PER_HOUR of running speech.
RECOGNIZER = {"average_window_ms": 500, "suppression_ms": 1000, "minimum_count": 3}
MAX_FALSE_PER_HOUR = 20
SETTINGS = [(average, threshold, RECOGNIZER["suppression_ms"])
            for average in (300, 500, 700)
            for threshold in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)]

FRONT_END = {
    "sample_rate_hz": 16000, "window_ms": 30, "stride_ms": features.STRIDE_MS, "channels": 40,
    "lower_hz": 125, "upper_hz": 7500,
    "noise_reduction": {"smoothing_bits": 10, "even": 0.025, "odd": 0.06,
                        "min_signal_remaining": 0.05},
    "pcan": {"strength": 0.95, "offset": 80, "gain_bits": 21},
    "log": {"scale_shift": 6}}


def choose_recognizer(streams):
    rows = [row for row in streams
            if row["average_window_ms"] == RECOGNIZER["average_window_ms"]
            and row["false_per_hour_running_speech"][0] <= MAX_FALSE_PER_HOUR]
    best = max(rows, key=lambda row: row["found"])
    return {**RECOGNIZER, "threshold": best["threshold"],
            "release_threshold": round(evaluate.RELEASE * best["threshold"], 4)}


def manifest(model_bytes, arena_bytes, recognizer):
    """microWakeWord's version 2 keys, and Earshot's own in one object."""
    return {
        "type": "micro", "wake_word": "yes", "author": "The Earshot authors",
        "model": "model.tflite", "trained_languages": ["en"], "version": 2,
        "micro": {
            "probability_cutoff": recognizer["threshold"],
            "sliding_window_size": recognizer["average_window_ms"] // features.STRIDE_MS,
            "feature_step_size": features.STRIDE_MS, "tensor_arena_size": arena_bytes},
        "earshot": {
            "labels": list(examples.LABELS), "frontend": FRONT_END, "recognizer": recognizer,
            "sha256": hashlib.sha256(model_bytes).hexdigest()}}


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2) + "\n")


def describe(out, arena_bytes):
    """Writes manifest.json and README.md for the model.tflite and figures.json that are there."""
    model_bytes = (out / "model.tflite").read_bytes()
    figures = json.loads((out / "figures.json").read_text())
    recognizer = choose_recognizer(figures["streams"])
    write_json(out / "manifest.json", manifest(model_bytes, arena_bytes, recognizer))
    (out / "README.md").write_text(model_card.write(figures, recognizer, len(model_bytes)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", help="folder with the recordings (corpus.py)")
    parser.add_argument("--earshot", help="the earshot program")
    parser.add_argument("--work", type=pathlib.Path, help="folder for big files")
    parser.add_argument("--out", type=pathlib.Path, default=HERE.parent / "tiny_conv_yes_no")
    parser.add_argument("--arena-bytes", type=int, default=8192,
                        help="tensor_arena_size of the manifest; `earshot inspect` tells it")
    parser.add_argument("--examples", type=int, default=TRAINING_EXAMPLES)
    parser.add_argument("--epochs", type=int, default=FLOAT_EPOCHS)
    parser.add_argument("--only-describe", action="store_true",
                        help="write manifest and card again for the model and figures of --out")
    options = parser.parse_args()
    if options.only_describe:
        describe(options.out, options.arena_bytes)
        return
    if not (options.corpus and options.earshot and options.work):
        parser.error("--corpus, --earshot and --work are needed")
    begin = time.time()

    def log(text):
        print(f"[{time.time() - begin:4.0f} s] {text}", file=sys.stderr, flush=True)

    front_end = features.FrontEnd(options.earshot, options.work)
    training = recordings.load(options.corpus, "train", options.work)
    log("training recordings read")
    inputs, labels = dataset.make(training, front_end, options.examples, SEED)
    log(f"{len(labels)} examples made: {dict(zip(examples.LABELS, np.bincount(labels).tolist()))}")
    float_model, trained = tiny_conv.train(inputs, labels, options.epochs, QUANTIZED_EPOCHS, SEED,
                                           log)
    model = int8_model.quantize(trained, inputs[:4096])
    model_bytes = tflite_writer.write_tiny_conv(model, "earshot tiny_conv_yes_no")
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "model.tflite").write_bytes(model_bytes)
    log(f"model.tflite written: {len(model_bytes)} bytes")

    validation = recordings.load(options.corpus, "validation", options.work)

    def int8_scores(batch):
        return int8_reference.run(model, batch)

    def float_scores(batch):
        return tiny_conv.run(float_model, torch.from_numpy(batch)).numpy()

    clips = evaluate.clip_figures(int8_scores, front_end, validation)
    in_float = evaluate.clip_figures(float_scores, front_end, validation)
    log(f"balanced accuracy: int8 {clips['balanced_accuracy'][0]:.4f}, "
        f"before quantization {in_float['balanced_accuracy'][0]:.4f}")
    streams = evaluate.stream_figures(int8_scores, front_end, validation, SETTINGS)
    write_json(options.out / "figures.json",
               {"clips": clips, "float_balanced_accuracy": in_float["balanced_accuracy"],
                "streams": streams})
    describe(options.out, options.arena_bytes)
    log("figures, manifest and card written")


if __name__ == "__main__":
    main()
