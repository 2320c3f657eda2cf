# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The model card, from the recipe and what has been measured."""
import recipe as recipes

CARD = """\
# {name}

{summary}

| | |
|---|---|
| network | {network} |
| input, output | int8 {input_shape} of features at {stride_ms} ms; {output} |
| operators | {operators} |
| flash | {bytes:,} bytes: {parts} |
| arena | {arena:,} bytes exactly |
| work | {macs:,} multiply-accumulates per inference, one every {period_ms} ms: {macs_per_second:,} per second of audio |
| one answer hears | {receptive_field_ms:,} ms |
| made by | `models/training/train.py --recipe {recipe_name}`; it wrote this card, `figures.json` and `{manifest}` |

Brackets: 95 % intervals. [docs/evaluation.md](../../docs/evaluation.md) defines the figures; `earshot evaluate` measured
them, with the recognizer of `{manifest}`. To measure them again, with what `train.py` left in its `--work` folder:

    earshot mix --words validation/words.csv --keywords {keywords} --noise FOLDER... --snr {snr_db} \\
        --minutes {stream_minutes} --seed {seed} --out validation/stream.wav
    earshot evaluate validation/clips.csv --stream validation/stream.wav \\
        --negatives validation/negatives.csv --model {model}

## Clips

{clip_text}

{confusion}

{others}

## Listening

{stream_text}

{det}

## int8

{check}

## Weaknesses

{weaknesses}

## Data and licence

The model is under Apache-2.0, like Earshot. It was trained on:

{data}
"""


def number(figure, unit="", scale=1.0, digits=1):
    """A figure of `earshot evaluate --json` with its interval."""
    if not figure or figure.get("value") is None:
        return "not measured"
    value, low, high = (figure[key] for key in ("value", "low", "high"))
    text = f"{scale * value:.{digits}f}{unit}"
    return text if low is None or high is None else (
        f"{text} [{scale * low:.{digits}f}, {scale * high:.{digits}f}]")


def percent(figure):
    return number(figure, " %", 100.0)


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def confusion_table(figures):
    metrics, confusion = figures["metrics"], figures["clips"]["confusion"]
    names = [*figures["labels"], "nothing"][:len(confusion)]
    rows = [[name, *counts, percent(metrics.get(f"recall.{name}"))]
            for name, counts in zip(names, confusion)]
    return table(["said \\ heard", *names, "recall"], rows)


def other_words(figures, least_clips=20, most_rows=6):
    words = [word for word in figures["clips"].get("other_words", ())
             if word["total"] >= least_clips and word["count"] > 0]
    text = f"Other words taken for a keyword: {percent(figures['metrics']['other_words_accepted'])}."
    worst = ", ".join(f"{word['word']} {word['count']:.0f} of {word['total']:.0f}"
                      for word in words[:most_rows])
    return text + (f" The worst with {least_clips} clips or more: {worst}." if worst else "")


def det_table(figures, most_rows=12):
    points = [point for point in figures.get("det", ())
              if point.get("false_accepts_per_hour") is not None]
    if not points:
        return ""
    points = points[::max(1, len(points) // most_rows)]
    return table(["threshold", "missed", "false accepts per hour"],
                 [[f"{point['threshold'] / 256.0:.2f}", f"{100.0 * point['miss']:.1f} %",
                   f"{point['false_accepts_per_hour']:.2f}"] for point in points])


def stream_text(recipe, figures, facts):
    metrics, recognizer = figures["metrics"], facts["recognizer"]
    lines = [
        f"Mean of {recognizer['average_window_ms']} ms of scores, threshold "
        f"{recognizer['threshold']:g} (again below {recognizer['release_threshold']:g}), at most one "
        f"announcement per {recognizer['suppression_ms']} ms; chosen by `earshot evaluate "
        "--calibrate` for most words found with at most "
        f"{recipe['calibration']['max_false_accepts_per_hour']:g} false accepts per hour and a median "
        f"delay of at most {recipe['calibration']['max_delay_ms']:g} ms on these very recordings, so "
        "expect a little less elsewhere.", ""]
    words = figures.get("streams")
    if words:
        lines += [f"* {words['hours']:.2f} hours of validation words in held-out noise at "
                  f"{recipe['validation']['snr_db']} dB SNR: {percent(metrics['found'])} of the "
                  f"keywords found, {number(metrics['false_accepts_per_hour'])} false accepts per "
                  f"hour, median delay {number(metrics['median_delay_ms'], ' ms', digits=0)} after "
                  "the word's end"]
        lines += [f"    * {keyword}: {percent(metrics.get(f'found.{keyword}'))}"
                  for keyword in recipes.keywords(recipe)]
    if figures.get("negatives"):
        lines += [f"* {figures['negatives']['hours']:.2f} hours of speech without keywords: "
                  f"{number(metrics['negatives_false_accepts_per_hour'])} false accepts per hour"]
    return "\n".join(lines)


def write(recipe, figures, facts):
    """The card's text. figures: one model of `earshot evaluate --json`; facts: what train.py knows:
    recipe_name, model and manifest (file names), bytes, parts, arena, macs, input_shape, operators, period_ms, receptive_field_ms,
    recognizer, check."""
    metrics, check = figures["metrics"], facts["check"]
    network = dict(recipe["network"])
    wake_word = recipe["format"] == "microwakeword"
    return CARD.format(
        model=facts["model"], manifest=facts["manifest"], stride_ms=recipe["stride_ms"],
        output=(f"uint8 [1, 1]: {recipes.keywords(recipe)[0]}" if wake_word else
                f"int8 [1, {len(recipe['labels'])}]: {', '.join(recipe['labels'])}"),
        name=recipe["name"], summary=recipe["card"]["summary"],
        network=network.pop("type") + "".join(f", {key} {value}" for key, value in network.items()),
        input_shape=facts["input_shape"], operators=", ".join(facts["operators"]),
        bytes=facts["bytes"], parts=", ".join(f"{count:,} {part}" for part, count
                                              in sorted(facts["parts"].items(),
                                                        key=lambda item: -item[1])),
        arena=facts["arena"], macs=facts["macs"], period_ms=facts["period_ms"],
        macs_per_second=round(facts["macs"] * 1000 / facts["period_ms"]),
        keywords=",".join(recipes.keywords(recipe)), seed=recipe["seed"],
        snr_db=recipe["validation"]["snr_db"],
        stream_minutes=recipe["validation"]["stream_minutes"],
        receptive_field_ms=facts["receptive_field_ms"], recipe_name=facts["recipe_name"],
        clip_text=(f"{figures['clips']['count']:,} clips, untouched, each heard from a fresh start; "
                   "silence is excerpts of held-out noise at random volume.\n\n"
                   f"**Balanced accuracy (mean of the recalls): "
                   f"{percent(metrics['balanced_accuracy'])}.** All clips together: "
                   f"{percent(metrics['accuracy'])}."),
        confusion=confusion_table(figures), others=other_words(figures),
        stream_text=stream_text(recipe, figures, facts), det=det_table(figures),
        check=(f"On {check['examples']:,} validation clips the program's scores differ from the "
               f"training's arithmetic by at most {check['largest']:.2f}/256 (mean "
               f"{check['mean']:.2f}/256), and from the simulation that the network was trained "
               f"with, which rounds sums once instead of twice, by at most "
               f"{check['training_largest']:.1f}/256 (mean {check['training_mean']:.2f}/256)."),
        weaknesses="\n".join(f"* {line}" for line in recipe["card"]["weaknesses"]) or "* not stated",
        data="\n".join(f"* {line}" for line in recipe["card"]["data"]) or "* not stated")
