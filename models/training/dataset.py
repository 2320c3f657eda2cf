# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The training set: examples as audio, through the C++ front end, as int8 features, and what the
model should answer at each step."""
import dataclasses
import multiprocessing
import sys

import numpy as np

import corpus
import examples
import features
import recipe as recipes
import scenes

CHUNK = 2000           # Examples per call of the front end; a chunk's seed is its number.
STREAMING_SHARE = 0.4  # Of the chunks: heard after a warm-up instead of from a fresh start.

# Targets that are no label: the answer does not count; any background label is right.
ANY, BACKGROUND = -1, -2

# Of words in scenes, in seconds. Some answers are late on purpose: a word is only known at its end,
# or, with a lead, when most of it has been said.
KEYWORD_EARLY = 0.06   # Before its end, an answer no longer has to be background.
KEYWORD_LEAD = 0.0     # So long before its end, the answer must begin to be the keyword ...
KEYWORD_HELD = 0.28    # ... and so long after it still must ...
KEYWORD_FREE = 0.6     # ... and until here it may be anything.
OTHER_FROM, OTHER_UNTIL = 0.1, 0.6  # Another word: unknown from its beginning, until after its end.

# Of the windows that are cut from scenes for a network without state: how much rather one with such
# an answer is taken than one with a keyword's. Seconds hold far more silence than words.
SILENCE_WEIGHT, UNKNOWN_WEIGHT, BACKGROUND_WEIGHT = 0.3, 0.6, 0.3

_state = {}            # What the worker processes share by being forked.


@dataclasses.dataclass
class Examples:
    """features: int8 [n, frames, 40]; targets: int64 [n, steps], labels, ANY or BACKGROUND."""
    features: np.ndarray
    targets: np.ndarray


def change_settings(modules, settings):
    """Sets constants of `modules` by their names; [low, high] stands for a tuple. Returns what they
    were, as (module, name, value)."""
    before = []
    for name, value in settings.items():
        owners = [module for module in modules if name.isupper() and hasattr(module, name)]
        if not owners:
            raise ValueError(f"examples.settings: found {name!r}, wanted a constant of "
                             + " or ".join(f"{module.__name__}.py" for module in modules))
        for module in owners:
            before.append((module, name, getattr(module, name)))
            setattr(module, name, tuple(value) if isinstance(value, list) else value)
    return before


def keyword_held_ms(recipe):
    """For how long after a keyword the recipe has it answered."""
    return round(1000 * recipe["examples"]["settings"].get("KEYWORD_HELD", KEYWORD_HELD))


def word_shares(words, keywords, keyword_share, most_clips):
    """How often each of `words` is said: each keyword alike, others by their number of clips."""
    keywords = [word for word in keywords if word in words]
    if not keywords:
        keyword_share = 0.0
    others = {word: min(len(clips), most_clips) for word, clips in words.items()
              if word not in keywords}
    total = sum(others.values())
    if total == 0:
        keyword_share = 1.0
    shares = {word: (1.0 - keyword_share) * count / total for word, count in others.items()}
    return {**shares, **{word: keyword_share / len(keywords) for word in keywords}}


def scene_targets(events, words, labels, times):
    """int64 [n, steps] for events [n, most words, (word, start, end)] at times [steps]."""
    silence, unknown = labels.index(recipes.SILENCE), labels.index(recipes.UNKNOWN)
    label_of = {i: labels.index(word) for i, word in enumerate(words)
                if word in labels and word not in (recipes.SILENCE, recipes.UNKNOWN)}
    targets = np.full((len(events), len(times)), silence, np.int64)
    for event in events.transpose(1, 0, 2):
        word, start, end = event[:, 0].astype(int), event[:, 1:2], event[:, 2:3]
        label = np.array([label_of.get(w, unknown) for w in word])[:, None]
        present = (word != -1)[:, None]
        keyword, other = present & (label != unknown), present & (label == unknown)

        def put(which, begin, until, value):
            np.copyto(targets, value, where=which & (times > begin) & (times <= until))

        heard = ~np.isin(targets, (silence, unknown, BACKGROUND))  # Answers to a keyword before.
        put(other & ~heard & (targets == silence), start, start + OTHER_FROM, BACKGROUND)
        put(other & ~heard, start + OTHER_FROM, end + OTHER_UNTIL, unknown)
        put(keyword & ~heard, start, end - KEYWORD_EARLY, BACKGROUND)
        put(keyword, end - KEYWORD_EARLY, end - KEYWORD_LEAD, ANY)
        put(keyword, end - KEYWORD_LEAD, end + KEYWORD_HELD, label)
        put(keyword, end + KEYWORD_HELD, end + KEYWORD_FREE, ANY)
    return targets


def cut_windows(values, targets, frames, count, labels, random):
    """`count` windows of `frames` frames from each scene, and the answers at their ends.

    values: [n, all frames, channels]; targets: [n, all frames], at the end of each frame; labels: of
    the model. Returns [m, frames, channels] and [m, 1]; m is less than n * count where scenes have
    fewer answers that count.
    """
    targets = targets[:, frames - 1:]
    weights = np.ones(targets.shape)
    for target, weight in ((labels.index(recipes.SILENCE), SILENCE_WEIGHT),
                           (labels.index(recipes.UNKNOWN), UNKNOWN_WEIGHT),
                           (BACKGROUND, BACKGROUND_WEIGHT), (ANY, 0.0)):
        weights[targets == target] = weight
    # The largest of u^(1/w): without repetition, each as likely as its weight. Efraimidis and
    # Spirakis, "Weighted random sampling with a reservoir", 2006.
    keys = random.random(targets.shape) ** (1.0 / np.maximum(weights, 1e-6))
    first = np.argpartition(-keys, count - 1, axis=1)[:, :count]
    rows = np.repeat(np.arange(len(values)), count)
    first = first.ravel()
    rows, first = (part[targets[rows, first] != ANY] for part in (rows, first))
    return (values[rows[:, None], first[:, None] + np.arange(frames)],
            targets[rows, first][:, None])


def said_words(recordings, recipe):
    """{word: [recording]} as scenes.SaidWords; None if there are none."""
    if not recordings:
        return None
    settings = recipe["examples"]
    shares = word_shares(recordings, recipes.keywords(recipe), settings["keyword_share"],
                         settings["most_clips"])
    return scenes.SaidWords({word: corpus.words_of(clips) for word, clips in recordings.items()},
                            shares)


def _scene_chunk(number, warm_up):
    state, recipe = _state, _state["recipe"]
    maker = scenes.SceneMaker(state["recorded"], state["synthetic"],
                              state["recordings"].running_speech, state["recordings"].noise,
                              (recipe["seed"], number))
    batch = maker.batch(state["chunk"], warm_up)
    values = state["front_end"].features(batch.audio)
    stride_ms = state["front_end"].stride_ms
    skipped = warm_up * 1000 // corpus.RATE // stride_ms
    values = features.quantize(values[:, skipped:])
    step = getattr(state["network"], "frames_per_step", 1)
    frames = values.shape[1] // step * step
    ends = np.arange(step - 1, frames, step)  # The newest frame of each step.
    times = (features.WINDOW_MS + stride_ms * ends) / 1000.0
    values = values[:, :frames]
    targets = scene_targets(batch.events, maker.words, recipe["labels"], times)
    if hasattr(state["network"], "frames"):
        return cut_windows(values, targets, state["network"].frames,
                           recipe["examples"]["windows_per_scene"], recipe["labels"], maker.random)
    return values, targets


def _clip_chunk(number, warm_up):
    state = _state
    maker = examples.ExampleMaker(state["recordings"], state["recipe"]["labels"],
                                  (state["recipe"]["seed"], number))
    clips, labels = maker.batch(state["chunk"], warm_up)
    return state["front_end"].inputs(clips), labels[:, None]


def _chunk(task):
    kind, number = task
    streaming = number * STREAMING_SHARE % 1 < STREAMING_SHARE
    if kind == "scenes":
        return _scene_chunk(number, scenes.WARM_UP if streaming else 0)
    return _clip_chunk(number, examples.WARM_UP if streaming else 0)


def make(recipe, recordings, synthetic, front_end, network, processes=None):
    """The Examples of a recipe for `network`, the numbers of each kind rounded up to whole chunks.

    synthetic: {word: [recording]} from a synthesizer, for scenes.
    """
    settings = recipe["examples"]
    counts = {kind: settings[kind] for kind in ("scenes", "clips") if settings[kind] > 0}
    if "clips" in counts and not hasattr(network, "frames"):
        raise ValueError(f"examples.clips: found {counts['clips']}, wanted 0: the network hears "
                         "scenes, not single seconds")
    modules = [module for kind, module in (("scenes", scenes), ("clips", examples)) if kind in counts]
    before = change_settings([sys.modules[__name__], *modules], settings["settings"])
    chunk = min([CHUNK] + [-(-count // 2) for count in counts.values()])
    _state.update(recipe=recipe, recordings=recordings, front_end=front_end, chunk=chunk,
                  network=network)
    if "scenes" in counts:
        if not recordings.running_speech:
            scenes.SPEECH_SHARE = 0.0
        _state.update(recorded=said_words(recordings.words, recipe),
                      synthetic=said_words(synthetic, recipe))
    tasks = [(kind, number) for kind, count in counts.items() for number in range(-(-count // chunk))]
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        values, targets = zip(*pool.imap(_chunk, tasks))
    for module, name, value in before:
        setattr(module, name, value)
    return Examples(np.concatenate(values), np.concatenate(targets))
