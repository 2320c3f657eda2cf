#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Makes a model from a recipe and recordings, in one go.

    train.py --recipe recipes/my_word.json --words words/ --noise noise/ --negatives speech/ \\
        --earshot build/host/earshot --work /tmp/work --out models/my_word

writes model.tflite, manifest.json, figures.json, report.html and README.md, the model card. With
--format microwakeword the first two are WORD.tflite and WORD.json, for ESPHome and other runtimes
of microWakeWord. docs/training.md walks through it.
"""
import argparse
import hashlib
import json
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import numpy as np  # noqa: E402
import torch  # noqa: E402

import card  # noqa: E402
import dataset  # noqa: E402
import features  # noqa: E402
import int8_check  # noqa: E402
import measure  # noqa: E402
import microwakeword  # noqa: E402
import networks  # noqa: E402
import recipe as recipes  # noqa: E402
import settings  # noqa: E402
import sources  # noqa: E402
import tflite_export  # noqa: E402
import tflite_reader  # noqa: E402
import trainer  # noqa: E402

FRONT_END = {
    "sample_rate_hz": 16000, "window_ms": features.WINDOW_MS,
    "channels": networks.CHANNELS, "lower_hz": 125, "upper_hz": 7500,
    "noise_reduction": {"smoothing_bits": 10, "even": 0.025, "odd": 0.06,
                        "min_signal_remaining": 0.05},
    "pcan": {"strength": 0.95, "offset": 80, "gain_bits": 21},
    "log": {"scale_shift": 6}}
# Where calibration starts from.
RECOGNIZER = {"average_window_ms": 300, "threshold": 0.8, "release_threshold": 0.6,
              "suppression_ms": 1000, "minimum_count": 3,
              "background_labels": [recipes.SILENCE, recipes.UNKNOWN]}
CHECKED_CLIPS = 2000
CLIP_TAIL_MS = 300  # What follows a clip, so that a word at its very end is answered.


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipe", type=pathlib.Path, required=True)
    parser.add_argument("--corpus", help="a corpus folder (corpus.py), in place of the other folders")
    for kind, text in (("words", "folder of folders named like the words said in them"),
                       ("noise", "folder of noise"), ("negatives", "folder of speech in which no "
                                                                   "keyword is said")):
        parser.add_argument(f"--{kind}", action="append", default=[], metavar="DIR", help=text)
        parser.add_argument(f"--validation-{kind}", action="append", default=[], metavar="DIR",
                            help="the same, held out; default: a share of the above")
    parser.add_argument("--synthetic", action="append", default=[], metavar="DIR",
                        help="words from synthesize.py, for training only")
    parser.add_argument("--earshot", required=True, help="the earshot program")
    parser.add_argument("--work", type=pathlib.Path, required=True, help="folder for big files")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--format", choices=recipes.FORMATS, help="in place of the recipe's")
    parser.add_argument("--smoke", action="store_true",
                        help="in seconds, to see that everything works; the model is no good")
    options = parser.parse_args()
    if bool(options.corpus) == bool(options.words):
        parser.error("one of --corpus and --words is needed")
    return options


def splits(options, recipe):
    keywords, share = recipes.keywords(recipe), recipe["validation"]["share"]
    if options.corpus:
        pair = sources.from_corpus(options.corpus, keywords + recipe["sounds_like"])
    else:
        pair = sources.from_folders(
            options.words, options.noise, options.negatives, options.validation_words,
            options.validation_noise, options.validation_negatives, share, recipe["seed"])
    sources.check(*pair, keywords)
    return pair


def manifest(recipe, network, model_name, model_bytes, arena_bytes):
    """microWakeWord's version 2 keys, and Earshot's own in one object."""
    wake_word = recipe["format"] == "microwakeword"
    recognizer = dict(RECOGNIZER)
    if wake_word:
        recognizer.pop("background_labels")
    stride_ms = recipe["stride_ms"]
    earshot = {"labels": recipes.keywords(recipe) if wake_word else recipe["labels"],
               "frontend": {**FRONT_END, "stride_ms": stride_ms}, "recognizer": recognizer,
               "sha256": hashlib.sha256(model_bytes).hexdigest()}
    if isinstance(network, networks.StreamingConvNet):
        earshot.update(strides_per_inference=network.frames_per_step,
                       context_ms=network.receptive_field_ms(), clip_tail_ms=CLIP_TAIL_MS,
                       clip_average_ms=dataset.keyword_held_ms(recipe))
    settings.check_manifest(earshot)
    window = recognizer["average_window_ms"] // stride_ms
    return {
        "type": "micro", "wake_word": recipes.keywords(recipe)[0], "author": recipe["author"],
        "model": model_name, "trained_languages": [recipe["language"]], "version": 2,
        "micro": {"probability_cutoff": recognizer["threshold"], "sliding_window_size": window,
                  "feature_step_size": stride_ms, "tensor_arena_size": arena_bytes},
        "earshot": earshot}


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2) + "\n")


def check_answers(network, recipe, recordings, front_end, model, options):
    """Compares the program's answers for validation words with the training's arithmetic."""
    clips = [clip for word in sorted(recordings.words) for clip in recordings.words[word]]
    clips = clips[::max(1, len(clips) // CHECKED_CLIPS)]
    length = features.RATE + features.RATE * CLIP_TAIL_MS // 1000
    audio = np.zeros((len(clips), length), np.int16)
    for row, clip in zip(audio, clips):
        row[:min(len(clip), features.RATE)] = clip[:features.RATE]
    values = features.quantize(front_end.features(audio))
    if isinstance(network, networks.StreamingConvNet):
        step = network.frames_per_step
        values = values[:, :values.shape[1] // step * step]
        rows = values.reshape(len(values), -1, step, networks.CHANNELS)
    else:
        values = values[:, :network.frames]
        rows = values[:, None]
    answers = int8_check.answers_of_program(options.earshot, model, rows, options.work)
    return int8_check.compare(network, values, answers, recipe["check"]["tolerance"])


def facts_of(options, recipe, network, model, manifest_path, parts, inspected, recognizer, check):
    read = tflite_reader.read(model.read_bytes())
    names = dict.fromkeys(tflite_reader.operator_name(read, operator)
                          for operator in read["subgraphs"][0]["operators"])
    return {"recipe_name": options.recipe.name, "model": model.name,
            "manifest": manifest_path.name, "bytes": inspected["bytes"], "parts": parts,
            "arena": inspected["arena"]["bytes"], "macs": inspected["macs"],
            "input_shape": list(network.input_shape()), "operators": list(names),
            "period_ms": getattr(network, "frames_per_step", 1) * recipe["stride_ms"],
            "receptive_field_ms": network.receptive_field_ms(),
            "recognizer": recognizer, "check": check}


def trained_network(recipe, recordings, synthetic, front_end, log):
    """The network of a recipe, trained and quantized: all of its rounds."""
    network = networks.build(recipe)
    first = recipes.first_round(recipe)
    if first:
        start = networks.build(first)
        examples = dataset.make(first, recordings, synthetic, front_end, start)
        log(f"{len(examples.features)} examples made for the first round")
        trainer.Trainer(first, start, examples, log).train_floats()
        network.load_state_dict(start.state_dict())
    examples = dataset.make(recipe, recordings, synthetic, front_end, network)
    log(f"{len(examples.features)} examples made")
    trainer.Trainer(recipe, network, examples, log).train()
    return network


def main():
    options = arguments()
    begin = time.time()

    def log(text):
        print(f"[{time.time() - begin:5.0f} s] {text}", file=sys.stderr, flush=True)

    recipe = recipes.load(options.recipe, options.format)
    wake_word = recipe["format"] == "microwakeword"
    if wake_word:
        recipes.check_wake_word(recipe)
    recipe = recipes.smoke(recipe) if options.smoke else recipe
    torch.manual_seed(recipe["seed"])
    training, validation = splits(options, recipe)
    recordings = sources.decode(training, options.work / "training")
    synthetic = {word: [sources.read(path) for path in paths]
                 for word, paths in sources.by_folder(options.synthetic).items()}
    log(f"{len(training.words)} words, {len(training.speech)} of speech, {len(training.noise)} of "
        f"noise for training; {len(validation.words)} words for validation")

    front_end = features.FrontEnd(options.earshot, options.work, recipe["stride_ms"])
    network = trained_network(recipe, recordings, synthetic, front_end, log)

    options.out.mkdir(parents=True, exist_ok=True)
    data, parts = tflite_export.export(network, f"earshot {recipe['name']}")
    model = options.out / (f"{recipe['name']}.tflite" if wake_word else "model.tflite")
    model.write_bytes(data)
    log(f"{model.name}: {len(data)} bytes: {parts}")
    held_out = sources.decode(validation, options.work / "validation")
    check = check_answers(network, recipe, held_out, front_end, model, options)
    log(f"the program answers as the training does: {check}")

    inspected = measure.inspect(options.earshot, model)
    path = model.with_suffix(".json") if wake_word else options.out / "manifest.json"
    write_json(path, manifest(recipe, network, model.name, data, inspected["arena"]["bytes"]))
    measured = measure.Validation(recipe, validation, held_out.noise, options.earshot,
                                  options.work)
    measured.calibrate(model, path)
    log("recognizer calibrated")
    recognizer = json.loads(path.read_text())["earshot"]["recognizer"]
    if wake_word:
        write_json(path, microwakeword.manifest(recipe, network, model.name, recognizer, inspected))
    figures = measured.figures(model, options.out / "report.html")
    write_json(options.out / "figures.json", figures)
    facts = facts_of(options, recipe, network, model, path, parts, inspected, recognizer, check)
    (options.out / "README.md").write_text(card.write(recipe, figures["models"][0], facts))
    log(f"done: {options.out}")


if __name__ == "__main__":
    try:
        main()
    except (ValueError, RuntimeError, OSError) as error:
        sys.exit(f"train: {error}")
