# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Training examples: recordings made more various, as audio, before the front end hears them."""
import numpy as np

import corpus as recordings
import recipe as recipes

RATE = recordings.RATE
SILENCE_SHARE = 0.12            # Of the examples ...
UNKNOWN_SHARE = 0.52            # ... the rest are keywords.
RUNNING_SPEECH_SHARE = 0.5      # Of the unknown examples; the rest are single words.
WORD_COUNT_CAP = 400            # A word's weight is its number of clips, at most this.
SHIFT = RATE // 10              # Samples; a word moves by up to this, either way.
NOISE_SHARE = 0.7               # Of the examples with speech.
SNR_DB = (3.0, 30.0)
SPEED = (0.9, 1.1)              # Playing speed, and with it pitch, of half of the words.
PEAK_DB = (-30.0, -1.0)         # Level of the speech, relative to full scale.
SILENCE_DB = (-90.0, -15.0)     # Level (rms) of an example without speech.
WARM_UP = RATE                  # Samples in front of a streaming example.


def decibels(value):
    return 10.0 ** (value / 20.0)


def rms(samples):
    return np.sqrt(np.mean(np.square(samples))) + 1e-9


def change_speed(samples, factor):
    """Plays `factor` times as fast, by linear interpolation: enough for training noise."""
    positions = np.arange(int(len(samples) / factor)) * factor
    return np.interp(positions, np.arange(len(samples)), samples)


class ExampleMaker:
    """An endless source of labelled clips from sources.Recordings.

    `warm_up` samples of the same noise stand in front of the second that is labelled; the features
    of that time are dropped afterwards, but the front end's noise estimate has settled, as it has
    when it listens all day. Without them the clip is heard from a fresh start, as a file is.
    """

    def __init__(self, corpus, labels, seed):
        self.corpus, self.labels = corpus, labels
        self.silence, self.unknown = (labels.index(name) for name in (recipes.SILENCE,
                                                                      recipes.UNKNOWN))
        keyword_share = (1.0 - SILENCE_SHARE - UNKNOWN_SHARE) / (len(labels) - 2)
        self.class_shares = [{self.silence: SILENCE_SHARE, self.unknown: UNKNOWN_SHARE}
                             .get(label, keyword_share) for label in range(len(labels))]
        self.random = np.random.Generator(np.random.PCG64(seed))
        self.other_words = sorted(set(corpus.words) - (set(labels) - {recipes.UNKNOWN}))
        weights = np.array([min(len(corpus.words[word]), WORD_COUNT_CAP)
                            for word in self.other_words], float)
        self.word_shares = weights / weights.sum()

    def pick(self, items):
        return items[self.random.integers(len(items))]

    def word(self, label):
        """One second with a word somewhere in it, float64, in units of int16."""
        word = (self.random.choice(self.other_words, p=self.word_shares) if label == self.unknown
                else self.labels[label])
        samples = recordings.one_second(self.pick(self.corpus.words[word])).astype(float)
        if self.random.random() < 0.5:
            samples = change_speed(samples, self.random.uniform(*SPEED))
        clip = np.zeros(RATE + 2 * SHIFT)
        start = SHIFT + (RATE - len(samples)) // 2
        clip[start:start + len(samples)] = samples
        shift = self.random.integers(0, 2 * SHIFT + 1)
        return clip[shift:shift + RATE]

    def speech(self, label, warm_up):
        """Speech that ends with the second that is labelled. Only running speech is heard during
        the warm-up already; a word comes out of the silence."""
        if (label == self.unknown and self.corpus.running_speech
                and self.random.random() < RUNNING_SPEECH_SHARE):
            return recordings.excerpt(self.pick(self.corpus.running_speech), warm_up + RATE,
                                      self.random).astype(float)
        return np.concatenate([np.zeros(warm_up), self.word(label)])

    def noise(self, count):
        """Noise with an rms of 1."""
        if self.random.random() < 0.1:
            samples = self.random.standard_normal(count)
        else:
            samples = recordings.excerpt(self.pick(self.corpus.noise), count, self.random)
            samples = samples.astype(float)
        return samples / max(rms(samples), 1.0)

    def example(self, warm_up):
        """One (clip int16 [warm_up + RATE], label)."""
        label = self.random.choice(len(self.labels), p=self.class_shares)
        count = warm_up + RATE
        if label == self.silence:
            level = 32768.0 * decibels(self.random.uniform(*SILENCE_DB))
            clip = level * self.noise(count)
        else:
            clip = self.speech(label, warm_up)
            clip *= (32768.0 * decibels(self.random.uniform(*PEAK_DB))
                     / (np.max(np.abs(clip)) + 1e-9))
            if warm_up or self.random.random() < NOISE_SHARE:
                snr = self.random.uniform(*SNR_DB)
                clip += rms(clip[warm_up:]) * decibels(-snr) * self.noise(count)
        return np.clip(np.rint(clip), -32768, 32767).astype(np.int16), label

    def batch(self, count, warm_up=0):
        """(clips int16 [count, warm_up + RATE], labels int64 [count])."""
        clips = np.empty((count, warm_up + RATE), np.int16)
        labels = np.empty(count, np.int64)
        for i in range(count):
            clips[i], labels[i] = self.example(warm_up)
        return clips, labels
