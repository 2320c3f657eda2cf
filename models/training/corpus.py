# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The recordings that the recipe reads: int16, 16 kHz, mono.

Layout of the corpus folder: speech_commands_manifest.csv (path, word, split),
running_speech_manifest.csv (path, split, keywords_in_text), noise/speech_commands_background/*,
noise/esc10/<class>/*. Splits of the manifests are kept. Noise has none, so it is made here: the
last fifth of each background recording and fold 5 of ESC-10 are for validation.
"""
import csv
import dataclasses
import multiprocessing
import pathlib
import pickle

import numpy as np
import soundfile

RATE = 16000
BACKGROUND_VALIDATION_SHARE = 0.2
ESC10_VALIDATION_FOLD = "5-"  # File names begin with the fold.


def read_audio(path):
    """A whole file as int16 [samples]."""
    samples, rate = soundfile.read(path, dtype="int16")
    if rate != RATE or samples.ndim != 1:
        raise ValueError(f"{path}: found {rate} Hz, shape {samples.shape}; "
                         f"wanted {RATE} Hz, mono")
    return samples


def _read_all(paths):
    with multiprocessing.Pool() as pool:
        return pool.map(read_audio, paths, chunksize=64)


class Corpus:
    """All recordings of one split ("train" or "validation"), in memory.

    words: {word: [recording]} of Speech Commands
    running_speech: [recording] whose text contains neither "yes" nor "no"
    noise: [recording]
    """

    def __init__(self, root, split):
        root = pathlib.Path(root)
        with open(root / "speech_commands_manifest.csv", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["split"] == split]
        self.words = {}
        for row, samples in zip(rows, _read_all([root / row["path"] for row in rows])):
            self.words.setdefault(row["word"], []).append(samples)

        with open(root / "running_speech_manifest.csv", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["split"] == split
                    and not {"yes", "no"} & set(row["keywords_in_text"].split())]
        self.running_speech = _read_all([root / row["path"] for row in rows])

        held_out = split == "validation"
        self.noise = []
        for samples in _read_all(sorted((root / "noise/speech_commands_background").glob("*"))):
            cut = int(len(samples) * (1.0 - BACKGROUND_VALIDATION_SHARE))
            self.noise.append(samples[cut:] if held_out else samples[:cut])
        self.noise += _read_all([path for path in sorted((root / "noise/esc10").glob("*/*"))
                                 if path.name.startswith(ESC10_VALIDATION_FOLD) == held_out])

    def background(self):
        """The noise recordings that come from Speech Commands."""
        return self.noise[:6]


def load(root, split, cache):
    """A Corpus, decoded once and kept as `cache`/<split>.pickle."""
    path = pathlib.Path(cache) / f"{split}.pickle"
    if path.exists():
        with open(path, "rb") as file:
            return pickle.load(file)
    corpus = Corpus(root, split)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as file:
        pickle.dump(corpus, file, protocol=4)
    return corpus


def excerpt(recording, count, random):
    """`count` random consecutive samples; a recording that is too short is repeated."""
    if len(recording) < count:
        recording = np.tile(recording, -(-count // len(recording)))
    start = random.integers(0, len(recording) - count + 1)
    return recording[start:start + count]


@dataclasses.dataclass
class Word:
    """A recording of one word, int16; its audible part is samples[start:end]."""
    samples: np.ndarray
    start: int
    end: int


FRAME = RATE // 100        # Samples: energies are measured over 10 ms.
AUDIBLE_DB = -30.0         # A frame is audible above this, relative to the loudest one,
ABOVE_FLOOR_DB = 6.0       # and this far above the quiet tenth of the frames.
LONGEST_GAP = 15           # Frames: a pause inside a word (the stop in "stop").


def audible(samples):
    """(start, end) of the word in a recording, in samples: the loudest frame, and all that is audible
    around it with pauses of at most LONGEST_GAP frames."""
    frames = samples[:len(samples) // FRAME * FRAME].reshape(-1, FRAME).astype(float)
    if len(frames) == 0:
        return 0, len(samples)
    level = 10.0 * np.log10(np.mean(np.square(frames - frames.mean()), axis=1) + 1.0)
    limit = max(level.max() + AUDIBLE_DB,
                min(np.quantile(level, 0.1) + ABOVE_FLOOR_DB, level.max() - 6.0))
    loud = np.flatnonzero(level >= limit)
    top = int(np.searchsorted(loud, level.argmax()))
    first = last = top
    while first > 0 and loud[first] - loud[first - 1] <= LONGEST_GAP:
        first -= 1
    while last + 1 < len(loud) and loud[last + 1] - loud[last] <= LONGEST_GAP:
        last += 1
    return int(loud[first]) * FRAME, int(loud[last] + 1) * FRAME


def words_of(recordings):
    return [Word(samples, *audible(samples)) for samples in recordings]


def one_second(word):
    """A word's clip, padded with zeros or cut to exactly one second."""
    clip = np.zeros(RATE, np.int16)
    clip[:min(len(word), RATE)] = word[:RATE]
    return clip
