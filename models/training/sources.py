# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Which recordings are for training, and which for validation; and reading them.

From a corpus (corpus.py tells its layout), or from folders: of words (DIR/<word>/*), of noise and of
speech without keywords. Folders are split by speaker where file names tell one, as those of Speech
Commands do (<speaker>_nohash_<n>), otherwise by file; always the same way for one seed.
"""
import csv
import dataclasses
import hashlib
import math
import multiprocessing
import pathlib
import pickle
import re

import numpy as np
import soundfile
from scipy import signal

import corpus

ENDINGS = {f".{name.lower()}" for name in soundfile.available_formats()} | {".opus", ".oga", ".aif"}
# Names of folders for the absence of words, as src/earshot/models/label_names.cc has and compares them.
NO_WORDS = {"silence", "noise", "noises", "background", "backgroundnoise", "backgroundnoises",
            "nospeech", "nonspeech", "nosound"}
SPEAKER = re.compile(r"(.+)_nohash_\d+$")


@dataclasses.dataclass
class Split:
    """Paths. words: [(path, word)]; speech: [path]; noise: [(path, begin, end)], shares of each."""
    words: list = dataclasses.field(default_factory=list)
    speech: list = dataclasses.field(default_factory=list)
    noise: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Recordings:
    """int16, 16 kHz, mono. words: {word: [recording]}."""
    words: dict
    running_speech: list
    noise: list


def is_word(folder):
    """Whether the name of a folder is not one for the absence of words."""
    return re.sub(r"[-_\s]", "", folder).lower() not in NO_WORDS


def recordings_below(folder):
    folder = pathlib.Path(folder)
    if not folder.is_dir():
        raise ValueError(f"{folder}: wanted a folder of recordings, found none")
    return sorted(path for path in folder.rglob("*")
                  if path.suffix.lower() in ENDINGS and path.is_file())


def by_folder(folders):
    """{name of the folder: [path]} of the recordings below `folders`."""
    found = {}
    for folder in folders:
        for path in recordings_below(folder):
            found.setdefault(path.parent.name, []).append(path)
    return found


def is_for_validation(path, share, seed):
    """By the speaker that the file name tells, otherwise by the file's folder and name."""
    match = SPEAKER.match(path.stem)
    key = match.group(1) if match else f"{path.parent.name}/{path.name}"
    digest = hashlib.sha256(f"{seed}/{key}".encode()).digest()
    return int.from_bytes(digest[:4], "big") < share * 2**32


def from_corpus(root, left_out):
    """(training, validation) of a corpus folder; its manifests say what is what.

    Sentences with one of the words `left_out` are no speech without keywords.
    """
    root = pathlib.Path(root)
    splits = {"train": Split(), "validation": Split()}
    with open(root / "speech_commands_manifest.csv", newline="") as file:
        for row in csv.DictReader(file):
            splits[row["split"]].words.append((root / row["path"], row["word"]))
    with open(root / "running_speech_manifest.csv", newline="") as file:
        for row in csv.DictReader(file):
            said = set(row["keywords_in_text"].split()) | set(row["text"].lower().split())
            if not said & set(left_out):
                splits[row["split"]].speech.append(root / row["path"])
    cut = 1.0 - corpus.BACKGROUND_VALIDATION_SHARE
    for path in recordings_below(root / "noise/speech_commands_background"):
        splits["train"].noise.append((path, 0.0, cut))
        splits["validation"].noise.append((path, cut, 1.0))
    for path in recordings_below(root / "noise/esc10"):
        held_out = path.name.startswith(corpus.ESC10_VALIDATION_FOLD)
        splits["validation" if held_out else "train"].noise.append((path, 0.0, 1.0))
    return splits["train"], splits["validation"]


def from_folders(words, noise, negatives, validation_words, validation_noise,
                 validation_negatives, share, seed):
    """(training, validation) of lists of folders; without validation folders of a kind, `share` of
    the speakers or files of that kind's folders."""
    training, validation = Split(), Split()

    def divide(folders, held_out_folders, add):
        for folder in folders:
            for path in recordings_below(folder):
                held_out = not held_out_folders and is_for_validation(path, share, seed)
                add(validation if held_out else training, path)
        for folder in held_out_folders:
            for path in recordings_below(folder):
                add(validation, path)

    def add_word(split, path):
        if is_word(path.parent.name):
            split.words.append((path, path.parent.name))

    divide(words, validation_words, add_word)
    divide(negatives, validation_negatives, lambda split, path: split.speech.append(path))
    divide(noise, validation_noise, lambda split, path: split.noise.append((path, 0.0, 1.0)))
    return training, validation


def check(training, validation, keywords):
    """Raises a ValueError that says what is missing."""
    for name, split in (("training", training), ("validation", validation)):
        for keyword in keywords:
            if not any(word == keyword for _, word in split.words):
                raise ValueError(f"{name}: found no recording of {keyword!r}, wanted some")
        if not split.noise:
            raise ValueError(f"{name}: found no recording of noise, wanted some")


def read(path):
    """A whole recording as int16 [samples]: any format and rate; channels are averaged."""
    samples, rate = soundfile.read(path, dtype="int16", always_2d=True)
    if rate == corpus.RATE and samples.shape[1] == 1:
        return samples[:, 0]
    common = math.gcd(rate, corpus.RATE)
    mono = signal.resample_poly(samples.mean(axis=1), corpus.RATE // common, rate // common)
    return np.clip(np.rint(mono), -32768, 32767).astype(np.int16)


def decode(split, cache):
    """The Recordings of a split, kept in the file `cache` (for the same paths)."""
    content = hashlib.sha256(repr(split).encode()).hexdigest()
    cache = pathlib.Path(f"{cache}-{content[:12]}.pickle")
    if cache.exists():
        with open(cache, "rb") as file:
            return pickle.load(file)
    words = {}
    with multiprocessing.Pool() as pool:
        clips = pool.map(read, [path for path, _ in split.words], chunksize=64)
        speech = pool.map(read, split.speech, chunksize=16)
        noise = pool.map(read, [path for path, _, _ in split.noise], chunksize=4)
    for (_, word), samples in zip(split.words, clips):
        if len(samples):
            words.setdefault(word, []).append(samples)
    noise = [samples[int(begin * len(samples)):int(end * len(samples))]
             for samples, (_, begin, end) in zip(noise, split.noise)]
    recordings = Recordings(words, [samples for samples in speech if len(samples)], noise)
    cache.parent.mkdir(parents=True, exist_ok=True)
    with open(cache, "wb") as file:
        pickle.dump(recordings, file, protocol=4)
    return recordings
