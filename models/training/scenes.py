# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Training scenes: a few seconds of audio in which words are said, and when.

A scene is made as audio, from recordings made more various, before the front end hears it. Part of
the scenes begin with a fresh front end, as a file does; the others have a warm-up in front, so that
the noise estimate has settled, as it has in a device that listens all day.
"""
import dataclasses

import numpy as np
from scipy import signal

import corpus as recordings

RATE = recordings.RATE
SECONDS = 2.6                    # Of a scene, after the warm-up.
WARM_UP = RATE                   # Samples.
MOST_WORDS = 3                   # In one scene.

CLIP_SHARE = 0.8                 # Of the fresh scenes: whole recordings with digital silence between.
NOISE_ONLY_SHARE = 0.12
SPEECH_SHARE = 0.3               # Running speech; in half of them a word is said after it.
SYNTHETIC_SHARE = 0.2            # Of the words: from a synthesizer.
NOISE_SHARE = 0.75               # Of the scenes with speech.
SNR_DB = (0.0, 30.0)             # Of the audible part of the speech over the noise.
SPEED = (0.88, 1.14)             # Playing speed, and with it pitch, of SPEED_SHARE of the words.
SPEED_SHARE = 0.6
GAP_S = (0.3, 1.0)               # Of quiet before and after a word: a command stands alone.
PEAK_DB = (-32.0, -1.0)          # Loudest sample of the speech, relative to full scale.
NOISE_DB = (-90.0, -15.0)        # Level (rms) of a scene without speech.
ROOM_SHARE = 0.3                 # Of the words: heard in a room.
REVERBERATION_S = (0.1, 0.6)     # Time in which the room's echo falls by 60 dB.
DIRECT_DB = (0.0, 12.0)          # Direct sound over the echo.


def decibels(value):
    return 10.0 ** (value / 20.0)


def rms(samples):
    return float(np.sqrt(np.mean(np.square(samples)))) + 1e-9


def change_speed(samples, factor):
    """Plays `factor` times as fast, by linear interpolation: enough for training."""
    positions = np.arange(int(len(samples) / factor)) * factor
    return np.interp(positions, np.arange(len(samples)), samples)


@dataclasses.dataclass
class Scenes:
    """audio: int16 [n, warm-up + SECONDS]; events: float32 [n, MOST_WORDS, 3], rows of (word, start,
    end): an index into SceneMaker.words, seconds after the warm-up; word -1: none. Word -2 is running
    speech."""
    audio: np.ndarray
    events: np.ndarray


class SaidWords:
    """Words of one origin. clips: {word: [recordings.Word]}; shares: {word: of all that are said}."""

    def __init__(self, clips, shares):
        self.clips = clips
        self.names = sorted(shares)
        self.shares = np.array([shares[word] for word in self.names])
        self.shares = self.shares / self.shares.sum()


class SceneMaker:
    """An endless source of scenes.

    recorded, synthetic: SaidWords; the latter from a synthesizer, or None. speech, noise: [int16
    recording].
    """

    def __init__(self, recorded, synthetic, speech, noise, seed):
        self.recorded, self.synthetic = recorded, synthetic
        self.words = sorted(set(recorded.clips) | set(synthetic.clips if synthetic else ()))
        self.speech, self.recorded_noise = speech, noise
        self.random = np.random.Generator(np.random.PCG64(seed))

    def pick(self, items):
        return items[self.random.integers(len(items))]

    def chance(self, share):
        return self.random.random() < share

    def between(self, limits):
        return self.random.uniform(*limits)

    def word(self, whole):
        """(index of the word, samples float64, start and end of its audible part in samples).

        whole: the recording as it is; otherwise little more than what is audible of it.
        """
        said = self.synthetic if self.synthetic and self.chance(SYNTHETIC_SHARE) else self.recorded
        name = self.random.choice(said.names, p=said.shares)
        clip = self.pick(said.clips[name])
        samples, start, end = clip.samples.astype(float), clip.start, clip.end
        if not whole:
            first = max(0, start - int(self.random.integers(RATE // 50, RATE // 8)))
            last = min(len(samples), end + int(self.random.integers(RATE // 50, RATE // 8)))
            samples, start, end = samples[first:last], start - first, end - first
            fade = np.linspace(0.0, 1.0, RATE // 200)
            samples[:len(fade)] *= fade
            samples[-len(fade):] *= fade[::-1]
        if self.chance(SPEED_SHARE):
            factor = self.between(SPEED)
            samples, start, end = change_speed(samples, factor), start / factor, end / factor
        if self.chance(ROOM_SHARE):
            samples = self.in_a_room(samples)
        samples = samples * (1000.0 / rms(samples[int(start):int(end)]))
        return self.words.index(name), samples, start, end

    def in_a_room(self, samples):
        """With an echo: noise that decays exponentially. The direct sound comes first."""
        seconds = self.between(REVERBERATION_S)
        time = np.arange(int(seconds * RATE)) / RATE
        echo = self.random.standard_normal(len(time)) * 10.0 ** (-3.0 * time / seconds)
        echo *= decibels(-self.between(DIRECT_DB)) / np.sqrt(np.sum(np.square(echo)))
        echo[0] += 1.0
        return signal.fftconvolve(samples, echo)[:len(samples) + RATE // 10]

    def noise(self, count):
        """Noise with an rms of 1; sometimes two kinds at once."""
        if self.chance(0.1):
            spectrum = np.fft.rfft(self.random.standard_normal(count))
            spectrum /= np.maximum(np.arange(len(spectrum)), 1.0) ** self.between((0.0, 1.0))
            samples = np.fft.irfft(spectrum, count)
        else:
            samples = recordings.excerpt(self.pick(self.recorded_noise), count, self.random)
            samples = samples.astype(float)
        samples = samples / max(rms(samples), 1e-3)
        if self.chance(0.15):
            samples = 0.7 * (samples + self.noise(count))
        return samples

    def running_speech(self, count):
        samples = recordings.excerpt(self.pick(self.speech), count, self.random).astype(float)
        if self.chance(SPEED_SHARE):
            factor = self.between(SPEED)
            samples = np.resize(change_speed(samples, factor), count)
        if self.chance(ROOM_SHARE):
            samples = self.in_a_room(samples)[:count]
        return samples * (1000.0 / rms(samples))

    def scene(self, warm_up):
        """One (audio int16, events [MOST_WORDS, 3])."""
        count = warm_up + int(SECONDS * RATE)
        audio, events = np.zeros(count), np.full((MOST_WORDS, 3), -1.0)
        if self.chance(NOISE_ONLY_SHARE):
            audio = 32768.0 * decibels(self.between(NOISE_DB)) * self.noise(count)
            return np.clip(np.rint(audio), -32768, 32767).astype(np.int16), events
        at, number = warm_up, 0
        whole = warm_up == 0 and self.chance(CLIP_SHARE)
        if whole:
            at = int(self.random.integers(-RATE // 10, RATE // 10))
        else:
            at += int(self.random.integers(0, RATE // 3))
            if self.chance(SPEECH_SHARE):
                end = count if self.chance(0.5) else warm_up + int(self.random.integers(RATE))
                audio[:end] = self.running_speech(end)
                events[0] = (-2, 0.0, (end - warm_up) / RATE)
                at, number = end + int(self.between(GAP_S) * RATE), 1
        while number < MOST_WORDS:
            word, samples, start, end = self.word(whole)
            if at + end > count - RATE // 10:
                break
            first = max(0, -at)
            part = samples[first:count - at]
            audio[at + first:at + first + len(part)] += part * decibels(self.between((-3, 3)))
            if at + start >= -RATE // 50:
                events[number] = (word, (at + start - warm_up) / RATE, (at + end - warm_up) / RATE)
                number += 1
            at += len(samples) + int(self.between(GAP_S) * RATE)
        if self.chance(NOISE_SHARE):
            noise = self.noise(count) * 1000.0 * decibels(-self.between(SNR_DB))
            if whole and self.chance(0.5):  # Noise in the recordings, none between them.
                noise *= np.abs(audio) > 0.0
            audio += noise
        audio *= 32768.0 * decibels(self.between(PEAK_DB)) / (np.abs(audio).max() + 1e-9)
        return np.clip(np.rint(audio), -32768, 32767).astype(np.int16), events

    def batch(self, count, warm_up):
        pairs = [self.scene(warm_up) for _ in range(count)]
        return Scenes(np.stack([audio for audio, _ in pairs]),
                      np.stack([events for _, events in pairs]).astype(np.float32))
