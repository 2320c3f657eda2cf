#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Makes every recording of this folder, event lists, manifest.csv and streams.csv.

Words come from the synthesizers espeak-ng, flite and festival, noise from a seeded generator; no
microphone and no other recording is involved. The same versions of the synthesizers give the same
bytes on every run (README.md lists them); other versions give other, equally valid recordings.

    /usr/bin/python3 audio_samples/make_samples.py [--out FOLDER]
"""
import argparse
import csv
import pathlib
import subprocess
import tempfile

import numpy as np
import scipy.io.wavfile
import scipy.signal
import soundfile

from recipes import CLIPS, STREAMS, STREAM_SECONDS

RATE = 16000            # Hz, of everything before the last step.
TRIM_DB = -45           # A word begins and ends where it passes this level, relative to its peak.
TRIM_MARGIN = 0.015     # Seconds kept on both sides of that.
FADE = 0.005            # Seconds of fade at the cut ends of a word.


def db(value):
    """The amplitude factor of a level in dB."""
    return 10.0 ** (value / 20.0)


def rms(signal):
    return float(np.sqrt(np.mean(np.square(signal)))) if len(signal) else 0.0


def synthesize(engine, voice, options, text):
    """Speaks `text`. Returns float64 samples at RATE as the synthesizer gave them."""
    with tempfile.TemporaryDirectory() as folder:
        wav = f"{folder}/word.wav"
        if engine == "espeak-ng":
            command = ["espeak-ng", "-v", voice, *options.split(), "-w", wav, text]
        elif engine == "flite":
            command = ["flite", "-voice", voice, *options.split(), "-t", text, "-o", wav]
        elif engine == "festival":
            script = f"(begin ({voice}) {options})"
            command = ["text2wave", "-eval", script, "-o", wav]
        else:
            raise ValueError(f"unknown synthesizer {engine}")
        subprocess.run(command, check=True, input=text if engine == "festival" else None,
                       text=True, capture_output=True)
        samples, rate = soundfile.read(wav)
    if rate != RATE:
        samples = scipy.signal.resample_poly(samples, RATE, rate)
    return samples


def trim(word):
    """Cuts the silence around a word, fades the ends and scales the peak to 1."""
    word = word / np.max(np.abs(word))
    loud = np.flatnonzero(np.abs(word) > db(TRIM_DB))
    margin = int(TRIM_MARGIN * RATE)
    word = word[max(loud[0] - margin, 0):loud[-1] + margin].copy()
    fade = np.linspace(0.0, 1.0, int(FADE * RATE))
    word[:len(fade)] *= fade
    word[-len(fade):] *= fade[::-1]
    return word


def make_noise(kind, count, seed):
    """`count` samples of noise with an rms of 1."""
    random = np.random.Generator(np.random.PCG64(seed))
    if kind == "white":
        noise = random.standard_normal(count)
    elif kind in ("pink", "brown"):  # Power falls by 3 or 6 dB per octave above 20 Hz.
        spectrum = np.fft.rfft(random.standard_normal(count))
        frequency = np.maximum(np.fft.rfftfreq(count, 1.0 / RATE), 20.0)
        noise = np.fft.irfft(spectrum / frequency ** (0.5 if kind == "pink" else 1.0), count)
    elif kind == "hum":  # Mains hum: 50 Hz and its odd harmonics, and a little hiss.
        time = np.arange(count) / RATE
        noise = sum(np.sin(2 * np.pi * 50 * k * time + random.uniform(0, 6.28)) / k
                    for k in (1, 3, 5, 7, 9, 11))
        noise = noise + 0.02 * random.standard_normal(count)
    elif kind == "clicks":  # 25 decaying bursts per second at random times.
        noise = 0.01 * random.standard_normal(count)
        burst = np.exp(-np.arange(160) / 20.0)
        for start in random.integers(0, max(count - 160, 1), 25 * count // RATE):
            noise[start:start + 160] += burst * random.standard_normal(160)
    else:
        raise ValueError(f"unknown noise {kind}")
    return noise / rms(noise)


def make_clip(recipe):
    """One clip at RATE, float64 in [-1, 1)."""
    count = int(recipe["seconds"] * RATE)
    clip = np.zeros(count)
    level = db(recipe["peak_db"])
    if recipe["text"]:
        word = trim(synthesize(recipe["engine"], recipe["voice"], recipe["options"],
                               recipe["text"])) * level
        start = int(recipe["at"] * RATE)
        if start + len(word) > count:
            raise ValueError(f"{recipe['name']}: the word ends {start + len(word) - count} samples "
                             "after the clip")
        clip[start:start + len(word)] = word
        level = rms(word) / db(recipe["snr_db"]) if recipe["noise"] else 0.0
    if recipe["noise"]:
        clip += level * make_noise(recipe["noise"], count, recipe["seed"])
    return clip


def make_stream(stream):
    """A long recording and its events: (samples, [(word, start, end)])."""
    count = STREAM_SECONDS * RATE
    samples = np.zeros(count)
    events = []
    word_rms = []
    for at, text, engine, voice, options, peak_db in stream["words"]:
        word = trim(synthesize(engine, voice, options, text)) * db(peak_db)
        start = int(at * RATE)
        samples[start:start + len(word)] += word
        events.append((text, start / RATE, (start + len(word)) / RATE))
        word_rms.append(rms(word))
    level = np.mean(word_rms) / db(stream["snr_db"])
    return samples + level * make_noise(stream["noise"], count, stream["seed"]), events


def to_int16(samples, name):
    values = np.floor(samples * 32768.0 + 0.5)
    if len(values) and np.max(np.abs(values)) > 32767:
        raise ValueError(f"{name}: clipped, peak {np.max(np.abs(values)) / 32768:.3f}")
    return values.astype(np.int16)


def write(path, samples, form):
    """Writes `samples` (at RATE) as the recipe's `form` wants."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rate, channels, subtype = form["rate"], form["channels"], form["subtype"]
    if rate != RATE:
        samples = scipy.signal.resample_poly(samples, rate // 100, RATE // 100)
    if channels == 2:  # The right channel comes a little later and quieter, as from the left side.
        delay = int(0.0003 * rate)
        right = 0.7 * np.concatenate([np.zeros(delay), samples[:len(samples) - delay]])
        samples = np.stack([samples, right], axis=1)
    if subtype == "FLOAT":  # Not soundfile: its PEAK chunk holds the time of writing.
        scipy.io.wavfile.write(path, rate, samples.astype(np.float32))
    elif subtype == "VORBIS":
        soundfile.write(path, samples.astype(np.float32), rate, subtype=subtype)
    else:
        soundfile.write(path, to_int16(samples, path.name), rate, subtype=subtype)


def how_of(recipe):
    """The manifest's sentence about a clip."""
    parts = []
    if recipe["text"]:
        parts.append(f"{recipe['text']}: {recipe['engine']} {recipe['voice']} "
                     f"{recipe['options']}".strip())
        parts.append(f"word at {recipe['at']:g} s, peak {recipe['peak_db']:g} dBFS")
        if recipe["noise"]:
            parts.append(f"{recipe['noise']} noise, SNR {recipe['snr_db']:g} dB")
    elif recipe["noise"]:
        parts.append(f"{recipe['noise']} noise, rms {recipe['peak_db']:g} dBFS")
    else:
        parts.append("digital silence")
    if recipe["noise"]:
        parts.append(f"seed {recipe['seed']}")
    form = recipe["form"]
    if (form["rate"], form["channels"], form["subtype"]) != (RATE, 1, "PCM_16"):
        parts.append(f"stored as {form['rate']} Hz, {form['channels']} channel(s), "
                     f"{form['subtype']}")
    return "; ".join(parts)


def write_table(path, header, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=here, help="where to write")
    out = parser.parse_args().out

    clips, streams = [], []
    for recipe in CLIPS:
        path = f"{recipe['label']}/{recipe['name']}"
        write(out / path, make_clip(recipe), recipe["form"])
        clips.append((path, recipe["text"] or "silence", f"{recipe['seconds']:g}", how_of(recipe)))
    for stream in STREAMS:
        samples, events = make_stream(stream)
        path = f"streams/{stream['name']}.wav"
        write(out / path, samples, {"rate": RATE, "channels": 1, "subtype": "PCM_16"})
        write_table(out / f"streams/{stream['name']}.csv", ("label", "start", "end"),
                    [(word, f"{a:.3f}", f"{b:.3f}") for word, a, b in events])
        words = ", ".join(f"{text}: {engine} {voice} {options}".strip()
                          for _, text, engine, voice, options, _ in stream["words"])
        streams.append((path, f"{STREAM_SECONDS}",
                        f"{words}; {stream['noise']} noise, SNR {stream['snr_db']} dB; "
                        f"seed {stream['seed']}"))
    write_table(out / "manifest.csv", ("path", "label", "seconds", "how"), clips)
    write_table(out / "streams.csv", ("path", "seconds", "how"), streams)


if __name__ == "__main__":
    main()
