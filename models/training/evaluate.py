# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""How good an int8 model is: on validation clips, and while listening.

`scores_of` is always a function int8 [n, 49, 40] -> int8 [n, 4], so that it does not matter here
what runs the model.
"""
import math

import numpy as np
from scipy.stats import chi2

import corpus as recordings
import examples
import features

RATE = recordings.RATE
STRIDE = features.STRIDE_MS / 1000.0
WINDOW = 0.03 + (features.FRAMES - 1) * STRIDE  # Seconds of sound that one inference sees.
STREAM_SECONDS = 120
WORD_SPACING = 3.0       # Seconds between the words of a stream.
STREAM_SNR_DB = 10.0
RELEASE = 0.75           # A label may be announced again below this part of the threshold.
TOLERANCE = 1.0          # Seconds after a word's end in which a detection still belongs to it.


def wilson(hits, total):
    """The 95 % interval of a share."""
    if total == 0:
        return 0.0, 1.0
    z, p = 1.959964, hits / total
    centre = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return max(0.0, centre - half), min(1.0, centre + half)


def poisson(count, hours):
    """The 95 % interval of a rate per hour (chi-square, exact)."""
    low = chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    return low / hours, chi2.ppf(0.975, 2 * count + 2) / 2 / hours


def clip_figures(scores_of, front_end, corpus, silence_count=400, seed=7):
    """Confusion of the validation clips; the balanced accuracy is the mean of the four recalls."""
    clips, labels, words = examples.validation_clips(corpus, silence_count, seed)
    found = scores_of(front_end.inputs(clips)).argmax(axis=1)
    confusion = np.zeros((4, 4), int)
    np.add.at(confusion, (labels, found), 1)
    totals = confusion.sum(axis=1)
    recalls = confusion.diagonal() / totals
    error = 1.96 * math.sqrt(np.sum(recalls * (1 - recalls) / totals)) / 4
    words = np.array(words)
    accepted = np.isin(found, (examples.YES, examples.NO))
    return {
        "confusion": confusion.tolist(),
        "recalls": {name: [float(recalls[i]), *wilson(int(confusion[i, i]), int(totals[i]))]
                    for i, name in enumerate(examples.LABELS)},
        "balanced_accuracy": [float(recalls.mean()), float(recalls.mean() - error),
                              float(recalls.mean() + error)],
        "clip_accuracy": [float((labels == found).mean()),
                          *wilson(int((labels == found).sum()), len(labels))],
        "other_words_accepted": {
            "all": [int(accepted[labels == examples.UNKNOWN].sum()),
                    int((labels == examples.UNKNOWN).sum())],
            **{word: [int(accepted[words == word].sum()), int((words == word).sum())]
               for word in sorted(set(words[labels == examples.UNKNOWN]))}}}


def windows_of(front_end, clips, batch=20):
    """Every window of 49 consecutive frames of every row: yields (row, int8 [m, 49, 40])."""
    for start in range(0, len(clips), batch):
        frames = features.quantize(front_end.features(clips[start:start + batch]))
        for row, values in enumerate(frames):
            windows = np.lib.stride_tricks.sliding_window_view(values, features.FRAMES, axis=0)
            yield start + row, np.ascontiguousarray(windows.transpose(0, 2, 1))


def streams_of_words(corpus, seed=11):
    """Every "yes" and "no" of the split, and as many other words, spoken one after the other in
    noise at STREAM_SNR_DB: (clips int16 [n, samples], events [n][(label, start, end)])."""
    random = np.random.Generator(np.random.PCG64(seed))
    others = [(examples.UNKNOWN, clip) for word in sorted(set(corpus.words) - {"yes", "no"})
              for clip in corpus.words[word]]
    words = [(examples.LABELS.index(word), clip) for word in ("yes", "no")
             for clip in corpus.words[word]]
    words += [others[i] for i in random.permutation(len(others))[:len(words)]]
    words = [words[i] for i in random.permutation(len(words))]
    per_stream = int((STREAM_SECONDS - 2 * WORD_SPACING) / WORD_SPACING)
    clips, events = [], []
    for first in range(0, len(words), per_stream):
        clip = np.zeros(STREAM_SECONDS * RATE)
        found, levels = [], []
        for i, (label, samples) in enumerate(words[first:first + per_stream]):
            at = WORD_SPACING * (i + 1) + random.uniform(-0.5, 0.5)
            start = int(at * RATE)
            samples = samples * (3000.0 / examples.rms(samples.astype(float)))
            clip[start:start + len(samples)] += samples
            found.append((label, at, at + len(samples) / RATE))
        noise = recordings.excerpt(corpus.noise[random.integers(len(corpus.noise))], len(clip),
                                   random).astype(float)
        clip += noise / max(examples.rms(noise), 1.0) * 3000.0 * examples.decibels(-STREAM_SNR_DB)
        clips.append(np.clip(np.rint(clip), -32768, 32767).astype(np.int16))
        events.append(found)
    return np.stack(clips), events


def running_speech(corpus, rows=8):
    """The split's sentences one after the other: int16 [rows, samples]."""
    speech = np.concatenate(corpus.running_speech)
    return speech[:len(speech) // rows * rows].reshape(rows, -1)


def scores_of_streams(scores_of, front_end, clips):
    """Scores [windows, 4] in Q0.8 for each row; window w ends WINDOW + w * STRIDE after the
    start of the row."""
    return [scores_of(windows).astype(int) + 128 for _, windows in windows_of(front_end, clips)]


def detections(scores, average_ms, threshold, suppression_ms):
    """What app/command_recognizer.h announces for one result per stride: [(label, seconds)].

    An average over the last `average_ms` that is on top and above `threshold` announces its label,
    not within `suppression_ms` of the last time, and not before its average has been below
    RELEASE * threshold. The first averaging window is left out.
    """
    count = average_ms // features.STRIDE_MS + 1
    total = np.cumsum(np.vstack([np.zeros((1, 4), int), scores]), axis=0)
    averages = (total[count:] - total[:-count]) // count
    best = averages.argmax(axis=1)
    level = round(threshold * 256)
    indices = np.arange(len(averages))[:, None]
    below = averages < round(RELEASE * threshold * 256)
    last_below = np.maximum.accumulate(np.where(below, indices, -1), axis=0)
    hits = np.flatnonzero((averages.max(axis=1) > level)
                          & np.isin(best, (examples.YES, examples.NO)))
    heard, announced = [], {}
    for hit in hits:
        label = int(best[hit])
        last = announced.get(label)
        if last is None or (last_below[hit, label] > last
                            and (hit - last) * features.STRIDE_MS >= suppression_ms):
            announced[label] = hit
            heard.append((label, WINDOW + (hit + count - 1) * STRIDE))
    return heard


def match(heard, events):
    """(keywords found, keywords said, delays after the word's end, false detections)."""
    open_events = [event for event in events if event[0] in (examples.YES, examples.NO)]
    said, delays, false = len(open_events), [], 0
    for label, time in heard:
        hit = next((event for event in open_events
                    if event[0] == label and event[1] <= time <= event[2] + TOLERANCE), None)
        if hit is None:
            false += 1
        else:
            open_events.remove(hit)
            delays.append(time - hit[2])
    return len(delays), said, delays, false


def stream_figures(scores_of, front_end, corpus, settings):
    """One row of figures for each (average_ms, threshold, suppression_ms)."""
    clips, events = streams_of_words(corpus)
    words = scores_of_streams(scores_of, front_end, clips)
    speech_clips = running_speech(corpus)
    speech = scores_of_streams(scores_of, front_end, speech_clips)
    word_hours = clips.size / RATE / 3600.0
    speech_hours = speech_clips.size / RATE / 3600.0
    rows = []
    for average_ms, threshold, suppression_ms in settings:
        matches = [match(detections(scores, average_ms, threshold, suppression_ms), said)
                   for scores, said in zip(words, events)]
        found, said = sum(m[0] for m in matches), sum(m[1] for m in matches)
        false = sum(m[3] for m in matches)
        accepted = sum(len(detections(scores, average_ms, threshold, suppression_ms))
                       for scores in speech)
        delays = [delay for m in matches for delay in m[2]]
        rows.append({
            "average_window_ms": average_ms, "threshold": threshold,
            "suppression_ms": suppression_ms, "found": found, "said": said,
            "found_share": [found / said, *wilson(found, said)],
            "false_in_word_streams": false, "word_stream_hours": word_hours,
            "median_delay_s": float(np.median(delays)) if delays else None,
            "false_in_running_speech": accepted, "running_speech_hours": speech_hours,
            "false_per_hour_running_speech": [accepted / speech_hours,
                                              *poisson(accepted, speech_hours)]})
    return rows
