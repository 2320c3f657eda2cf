# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Measures a model with the earshot program: clips, a stream of words in noise, speech without words.

There is no second implementation of any figure here; docs/evaluation.md defines them.
"""
import csv
import json
import pathlib
import subprocess

import numpy as np
import soundfile

import corpus
import recipe as recipes

# Exit codes of the program.
NOT_REACHED = 1  # --calibrate: no setting is good enough.
UNREADABLE = 3   # Some recordings could not be read; the rest is done.


def call(earshot, *arguments, accepted=()):
    """Runs the program and returns what it prints. accepted: exit codes that are no failure."""
    command = [str(earshot), *(str(argument) for argument in arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, UNREADABLE, *accepted):
        raise RuntimeError(f"exit code {done.returncode} of: {' '.join(command[:12])}")
    return done.stdout.decode()


def inspect(earshot, model):
    return json.loads(call(earshot, "inspect", model, "--json"))


def shorten_paths(value):
    """Leaves of each "path" in a JSON value its last two parts: figures are the same wherever the
    recordings lie."""
    if isinstance(value, list):
        return [shorten_paths(item) for item in value]
    if isinstance(value, dict):
        return {key: str(pathlib.Path(*pathlib.Path(item).parts[-2:]))
                if key == "path" and isinstance(item, str) else shorten_paths(item)
                for key, item in value.items()}
    return value


def _write_csv(path, header, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


class Validation:
    """The validation recordings as `earshot evaluate` takes them, in the folder `work`.

    clips: CSV of words, untouched, and of silence: excerpts of noise at random volume
    stream: words one after the other in noise (`earshot mix`)
    negatives: CSV of speech without keywords, or None
    """

    def __init__(self, recipe, split, noise, earshot, work):
        self.recipe, self.split, self.earshot = recipe, split, earshot
        self.work = pathlib.Path(work).resolve() / "validation"
        self.work.mkdir(parents=True, exist_ok=True)
        words = [(path.resolve(), word) for path, word in split.words]
        _write_csv(self.work / "words.csv", ("path", "label"), words)
        self.clips = self.work / "clips.csv"
        _write_csv(self.clips, ("path", "label"),
                   words + [(path, recipes.SILENCE) for path in self._silence(noise)])
        self.negatives = None
        if split.speech:
            self.negatives = self.work / "negatives.csv"
            _write_csv(self.negatives, ("path",), [(path.resolve(),) for path in split.speech])
        self.stream = self._mix()

    def _silence(self, noise):
        settings, random = self.recipe["validation"], np.random.Generator(
            np.random.PCG64(self.recipe["seed"]))
        noise = [samples for samples, (path, _, _) in zip(noise, self.split.noise)
                 if settings["silence_from"] in str(path)] or noise
        paths = []
        for i in range(settings["silence_clips"]):
            samples = corpus.excerpt(noise[i % len(noise)], corpus.RATE, random)
            paths.append(self.work / f"silence_{i}.wav")
            soundfile.write(paths[-1], (samples * random.uniform()).astype(np.int16), corpus.RATE,
                            subtype="PCM_16")
        return paths

    def _mix(self):
        settings, path = self.recipe["validation"], self.work / "stream.wav"
        noise = [f"--noise={source.resolve()}" + ("" if (begin, end) == (0.0, 1.0)
                                                  else f"@{begin:g}-{end:g}")
                 for source, begin, end in self.split.noise]
        call(self.earshot, "mix", "--words", self.work / "words.csv",
             "--keywords", ",".join(recipes.keywords(self.recipe)), *noise,
             "--snr", settings["snr_db"], "--minutes", settings["stream_minutes"],
             "--seed", self.recipe["seed"], "--out", path)
        return path

    def _heard(self):
        return ["--stream", self.stream,
                *(["--negatives", self.negatives] if self.negatives else [])]

    def calibrate(self, model, manifest):
        """Writes `manifest` with the recognizer that finds most words with few false accepts and soon
        enough; leaves it as it is where none is as good as the recipe wants."""
        goal = self.recipe["calibration"]
        call(self.earshot, "evaluate", "--model", model, *self._heard(), "--quiet",
             "--calibrate", "--max-fa-per-hour", goal["max_false_accepts_per_hour"],
             "--max-delay-ms", goal["max_delay_ms"], "--write-manifest", manifest,
             accepted=(NOT_REACHED,))

    def figures(self, model, report):
        """The figures of the model (an object of `earshot evaluate --json`); writes the report."""
        text = call(self.earshot, "evaluate", self.clips, "--model", model, *self._heard(),
                    "--quiet", "--json", *(["--report", report] if report else []))
        figures = shorten_paths(json.loads(text))
        for model in figures["models"]:
            model["name"] = pathlib.Path(model["name"]).name
            for part in ("streams", "negatives"):
                if model.get(part):
                    model[part].pop("events", None)  # The report shows each.
        return figures
