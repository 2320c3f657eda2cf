# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The model card of tiny_conv_yes_no, its figures filled in from figures.json."""
import evaluate
import examples

CARD = """\
# tiny_conv_yes_no

Hears "yes" and "no" in one second of 16 kHz audio, and tells them from other speech and from noise.

| | |
|---|---|
| network | one convolution (8 filters, 10 frames x 8 channels, stride 2 x 2), ReLU, one dense layer, softmax |
| input, output | int8 [1, 49, 40, 1] features at 20 ms; int8 [1, 4]: silence, unknown, yes, no |
| operators | CONV_2D, FULLY_CONNECTED, SOFTMAX |
| size | {model_bytes:,} bytes of flash, 336,000 multiply-accumulates per inference |
| made by | `models/training/make_tiny_conv.py`; the same run writes this card, `figures.json` and `manifest.json` |

`manifest.json` says how the features are made and what counts as a detection. In microWakeWord's own keys only "yes"
is the wake word.

## Clips

Speech Commands validation clips, untouched, each heard from a fresh start; silence is {silence_total} excerpts of
held-out background noise at random volume. int8 model, largest score wins, no threshold. Brackets: 95 % intervals
(Wilson; of the balanced accuracy: normal approximation).

**Balanced accuracy (mean of the four recalls): {balanced}.** All clips together: {clip_accuracy}.
Before quantization: {in_float} balanced.

| said \\ heard | silence | unknown | yes | no | recall |
|---|---|---|---|---|---|
{confusion}

Other words taken for "yes" or "no": {accepted}. The worst, among words with 20 clips or more: {worst}.

## Listening

Averages of {average_window_ms} ms of scores, one inference every 20 ms; a word is heard when its average passes the threshold;
again after {suppression_ms} ms at the earliest, once its average has been below {release_threshold:g}.

* words: all {said} "yes" and "no" of the validation clips and as many other words, one every 3 s, in held-out noise at 10 dB
  SNR ({word_hours:.2f} hours). Found: announced as the right word between the clip's start and 1 s after its end. The delay
  counts from the end of the one-second clip; the word itself usually ends earlier.
* running speech: {speech_hours:.2f} hours of speechocean762 validation sentences without "yes" and "no", one after the other,
  without noise. It is read English by Mandarin speakers, half of them children; other speech will give other rates.

| average | threshold | words found | false among the words | median delay | false per hour of running speech |
|---|---|---|---|---|---|
{streams}

The bold row is what `manifest.json` has: the most words found with at most 20 false per hour of running speech, at 500 ms.
Threshold and network were chosen on these very recordings, so expect a little less elsewhere.

## Weaknesses

* Too many false accepts for a product that listens all day; it is a small example model. Raise the threshold where a
  false "yes" costs more than a missed one.
* Short words that rhyme, or begin like "yes" and "no", are the usual errors: see `other_words_accepted` in `figures.json`.
  "Go", the word most like "no", hardly occurs in the data at all.
* Only English, mostly adults, near the microphone; no reverberation in training.
* Hyper-parameters and threshold were chosen on the validation recordings; no test set has been used.

## Data and licence

The model is under Apache-2.0, like Earshot. It was trained on, and ships with thanks to:

* Speech Commands, Pete Warden / Google, 2018, CC BY 4.0: 11,093 training clips, 6 background recordings. Changed: cut,
  mixed, filtered by the front end.
* ESC-10, K. J. Piczak and the freesound.org authors, 2015, CC BY 3.0: folds 1 to 4 as noise (fold 5 for validation).
* speechocean762, J. Zhang et al., 2021, free for commercial and non-commercial use: training sentences without "yes" and
  "no" as other speech.

Every figure again: see `models/training/README.md`.
"""


def percent(share, digits=1):
    value, low, high = (100.0 * number for number in share)
    return f"{value:.{digits}f} % [{low:.{digits}f}, {high:.{digits}f}]"


def confusion_rows(clips):
    return "\n".join(
        f"| {name} | " + " | ".join(str(count) for count in clips["confusion"][i])
        + f" | {percent(clips['recalls'][name])} |" for i, name in enumerate(examples.LABELS))


def stream_row(row, chosen):
    low, high = row["false_per_hour_running_speech"][1:]
    cells = [f"{row['average_window_ms']} ms", f"{row['threshold']:g}",
             percent(row["found_share"]), str(row["false_in_word_streams"]),
             "" if row["median_delay_s"] is None else f"{row['median_delay_s']:.2f} s",
             f"{row['false_per_hour_running_speech'][0]:.1f} [{low:.1f}, {high:.1f}]"]
    if chosen:
        cells = [f"**{cell}**" for cell in cells]
    return "| " + " | ".join(cells) + " |"


def is_chosen(row, recognizer):
    return all(row[key] == recognizer[key]
               for key in ("average_window_ms", "threshold", "suppression_ms"))


def write(figures, recognizer, model_bytes):
    """The card's text."""
    clips, streams = figures["clips"], figures["streams"]
    other = dict(clips["other_words_accepted"])
    accepted, total = other.pop("all")
    worst = sorted((item for item in other.items() if item[1][1] >= 20),
                   key=lambda item: -item[1][0] / item[1][1])[:4]
    chosen = next(row for row in streams if is_chosen(row, recognizer))
    return CARD.format(
        model_bytes=model_bytes, silence_total=sum(clips["confusion"][0]),
        balanced=percent(clips["balanced_accuracy"]),
        clip_accuracy=percent(clips["clip_accuracy"]),
        in_float=percent(figures["float_balanced_accuracy"]), confusion=confusion_rows(clips),
        accepted=f"{accepted} of {total} clips, "
                 + percent([accepted / total, *evaluate.wilson(accepted, total)]),
        worst=", ".join(f"{word} {hits} of {count}" for word, (hits, count) in worst),
        said=chosen["said"], word_hours=chosen["word_stream_hours"],
        speech_hours=chosen["running_speech_hours"], **recognizer,
        streams="\n".join(stream_row(row, is_chosen(row, recognizer)) for row in streams))
