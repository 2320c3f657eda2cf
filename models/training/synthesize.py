#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Makes recordings of words with speech synthesizers: espeak-ng, flite and festival.

    synthesize.py --out DIR [--voices N] WORD...

writes DIR/<word>/<voice>.wav, 16 kHz mono, one for each voice: for words that are like a keyword but
hardly occur in recordings, and for keywords of which no recording exists. A synthesizer that is not
installed is left out, and said. Two runs with the same versions of the synthesizers give the same
recordings.
"""
import argparse
import dataclasses
import multiprocessing
import pathlib
import shutil
import subprocess
import sys
import tempfile

import numpy as np
import soundfile
from scipy import signal

RATE = 16000
PEAK = 0.5            # Of full scale.
PAUSE_DB = -50.0      # What is quieter than this, relative to the peak, at both ends is cut off.
MARGIN = RATE // 20   # Samples kept on either side.

ESPEAK_ACCENTS = ("en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-029", "en-gb-x-gbclan")
ESPEAK_SPEAKERS = ("", "+m1", "+m2", "+m3", "+m4", "+m5", "+m6", "+m7", "+f1", "+f2", "+f3", "+f4",
                   "+f5")
ESPEAK_STYLES = ((140, 50), (175, 35), (175, 65), (210, 50))  # Words per minute, pitch 0..99.
FLITE_VOICES = ("kal", "kal16", "awb", "rms", "slt")
FLITE_STRETCHES = (0.85, 1.0, 1.2)
FESTIVAL_VOICES = ("kal_diphone", "cmu_us_slt_arctic_hts")


@dataclasses.dataclass(frozen=True)
class Voice:
    """`command` writes a file; "{word}" and "{file}" in it stand for the word and the file's path."""
    name: str
    command: tuple


def all_voices():
    """Every voice of the synthesizers that are installed, each in several styles."""
    voices = []
    if shutil.which("espeak-ng"):
        voices += [Voice(f"espeak_{accent}{speaker}_{speed}_{pitch}".replace("+", "_"),
                         ("espeak-ng", "-v", accent + speaker, "-s", str(speed), "-p", str(pitch),
                          "-w", "{file}", "{word}"))
                   for speed, pitch in ESPEAK_STYLES for speaker in ESPEAK_SPEAKERS
                   for accent in ESPEAK_ACCENTS]
    if shutil.which("flite"):
        voices += [Voice(f"flite_{voice}_{stretch:g}",
                         ("flite", "-voice", voice, "--setf", f"duration_stretch={stretch}",
                          "-t", "{word}", "-o", "{file}"))
                   for stretch in FLITE_STRETCHES for voice in FLITE_VOICES]
    if shutil.which("text2wave"):
        voices += [Voice(f"festival_{voice}", ("text2wave", "-eval", f"(voice_{voice})",
                                               "-o", "{file}", "-"))
                   for voice in FESTIVAL_VOICES]
    for program in ("espeak-ng", "flite", "text2wave"):
        if not shutil.which(program):
            print(f"synthesize: {program} is not installed: its voices are left out",
                  file=sys.stderr)
    return voices


def choose(voices, count):
    """`count` voices, spread evenly over the list, so that all kinds are among them."""
    if count >= len(voices):
        return voices
    return [voices[i * len(voices) // count] for i in range(count)]


def trim(samples):
    """Without the pauses at both ends, its loudest sample at PEAK."""
    peak = np.abs(samples).max()
    loud = np.flatnonzero(np.abs(samples) > peak * 10.0 ** (PAUSE_DB / 20.0))
    cut = samples[max(0, loud[0] - MARGIN):loud[-1] + 1 + MARGIN]
    return cut * (PEAK / peak)


def speak(word, voice, path):
    """Writes one recording. Returns an error in words, or None."""
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/speech.wav"
        command = [part.format(word=word, file=file) for part in voice.command]
        done = subprocess.run(command, input=word.encode(), capture_output=True, check=False)
        if done.returncode != 0 or not pathlib.Path(file).exists():
            return f"{word}: {' '.join(command)}: exit code {done.returncode}"
        samples, rate = soundfile.read(file)
    if samples.ndim > 1:
        samples = samples.mean(axis=1)
    if not np.abs(samples).max(initial=0.0) > 0.0:
        return f"{word}: {voice.name} says nothing"
    common = np.gcd(RATE, rate)
    samples = trim(signal.resample_poly(samples, RATE // common, rate // common))
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, samples, RATE, subtype="PCM_16")
    return None


def _speak(job):
    return speak(*job)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("words", nargs="+", metavar="WORD")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--voices", type=int, default=1000, help="at most this many (default: all)")
    options = parser.parse_args()
    voices = choose(all_voices(), options.voices)
    if not voices:
        sys.exit("synthesize: no synthesizer is installed; wanted espeak-ng, flite or festival")
    jobs = [(word, voice, options.out / word / f"{voice.name}.wav")
            for word in options.words for voice in voices]
    with multiprocessing.Pool() as pool:
        errors = [error for error in pool.imap_unordered(_speak, jobs, chunksize=8) if error]
    for error in errors:
        print(f"synthesize: {error}", file=sys.stderr)
    print(f"{len(jobs) - len(errors)} recordings of {len(options.words)} words in {options.out}")
    return 3 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
