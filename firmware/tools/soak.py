#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Makes a long recording out of the repository's own, for a soak test: all of audio_samples, again
and again in an order that a seed decides, with pauses of faint noise."""

import argparse
import pathlib
import random
import struct
import wave

RATE = 16000


def samples_of(path):
    """The int16 samples of a 16 kHz mono recording, or None for one of another form."""
    with wave.open(str(path)) as file:
        if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (RATE, 1, 2):
            return None
        return file.readframes(file.getnframes())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", required=True, type=pathlib.Path, help="audio_samples")
    parser.add_argument("--minutes", required=True, type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("out", help="the recording to write")
    options = parser.parse_args()
    generator = random.Random(options.seed)
    recordings = []
    for path in sorted(options.samples.glob("*/*.wav")):
        try:
            samples = samples_of(path)
        except wave.Error:  # Not PCM: the virtual microphone does not play it either.
            continue
        if samples:
            recordings.append(samples)
    wanted = int(options.minutes * 60 * RATE)
    written = 0
    with wave.open(options.out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        while written < wanted:
            pause = [generator.randint(-20, 20) for _ in range(generator.randint(RATE // 2, RATE))]
            for piece in (generator.choice(recordings), struct.pack(f"<{len(pause)}h", *pause)):
                file.writeframes(piece)
                written += len(piece) // 2


if __name__ == "__main__":
    main()
