# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""A recipe: what a model hears, its network, what it is trained on and how. JSON; DEFAULTS has every
key. A key whose default is None must be given; a key that is not there is an error."""
import json
import pathlib

SILENCE, UNKNOWN = "silence", "unknown"  # Labels that every model of these recipes has.

DEFAULTS = {
    "name": None,               # Of the model: lower case, digits, underscores.
    "labels": None,             # The model's outputs, "silence" and "unknown" among them.
    "author": "", "language": "en",
    "sounds_like": [],          # Words that sound like a keyword: no speech with them is used.
    "network": None,            # networks.build: {"type": ..., ...}
    "stride_ms": 20,            # From one frame of features to the next.
    # "earshot", or "microwakeword": one word, whose score alone the model gives, as a uint8.
    "format": "earshot",
    "seed": 1,
    "examples": {
        "scenes": 60000,        # Seconds in which words are said (scenes.py): how many.
        "clips": 0,             # Single seconds (examples.py), for networks without state.
        "windows_per_scene": 3,  # That a network without state is given of each scene.
        "keyword_share": 0.55,  # Of the words that are said.
        "most_clips": 400,      # Another word counts as often as it has clips, at most this.
        "settings": {},         # Constants of scenes.py, examples.py and dataset.py to change, by
                                # their names.
    },
    "training": {
        "epochs": 20, "quantized_epochs": 2, "batch": 128, "learning_rate": 0.004,
        # Small: with the normalization folded in, weights are.
        "quantized_learning_rate": 0.00002, "weight_decay": 0.001, "warm_up_steps": 200,
        "label_smoothing": 0.0, "keyword_weight": 2.0,
        "mask_features": True,  # Hides a few channels and a few frames of each example.
    },
    "first_round": {},          # Keys of this recipe with other values, for a round of training
                                # before: the weights that it finds are where training starts from.
    "validation": {
        "share": 0.2,           # Of the speakers or files, where no validation folder is given.
        "silence_clips": 400, "snr_db": 10, "stream_minutes": 30,
        "silence_from": "",     # Silent clips are of noise with this in its path, if there is any.
    },
    "calibration": {
        "max_false_accepts_per_hour": 2.0,
        "max_delay_ms": 1000,   # The median, after a word's end.
    },
    "check": {"tolerance": 1.01},  # Largest difference of a score, in 1/256.
    "card": {"summary": "", "weaknesses": [], "data": []},
}


FORMATS = ("earshot", "microwakeword")
FREE = ("settings", "first_round", "network")  # Objects whose keys are not among the defaults.


def merge(values, defaults, where):
    """`defaults` with `values` in their place, for all depths that `defaults` has."""
    unknown = sorted(set(values) - set(defaults))
    if unknown:
        raise ValueError(f"{where}: found {unknown}, wanted some of {sorted(defaults)}")
    merged = {}
    for key, default in defaults.items():
        if key not in values:
            if default is None:
                raise ValueError(f"{where}: {key} is missing")
            merged[key] = default
        elif isinstance(default, dict) and key not in FREE:
            if not isinstance(values[key], dict):
                raise ValueError(f"{where}.{key}: found {values[key]!r}, wanted an object")
            merged[key] = merge(values[key], default, f"{where}.{key}")
        else:
            merged[key] = values[key]
    return merged


def load(path, model_format=None):
    """The recipe of a file, complete; model_format: in place of the recipe's."""
    path = pathlib.Path(path)
    try:
        values = json.loads(path.read_text())
    except json.JSONDecodeError as error:
        raise ValueError(f"{path}: {error}") from error
    recipe = merge(values, DEFAULTS, str(path))
    recipe["format"] = model_format or recipe["format"]
    labels = recipe["labels"]
    if not {SILENCE, UNKNOWN} < set(labels) or len(set(labels)) != len(labels):
        raise ValueError(f"{path}: labels: found {labels}, wanted each once, {SILENCE!r}, "
                         f"{UNKNOWN!r} and at least one word")
    if recipe["format"] not in FORMATS:
        raise ValueError(f"{path}: format: found {recipe['format']!r}, wanted one of {FORMATS}")
    if recipe["examples"]["scenes"] <= 0 and recipe["examples"]["clips"] <= 0:
        raise ValueError(f"{path}: examples: found no scenes and no clips, wanted some")
    return recipe


def check_wake_word(recipe):
    """A ValueError unless the recipe is of what microWakeWord's runtimes hear."""
    words, network = keywords(recipe), recipe["network"].get("type")
    for what, found, wanted in (("labels: keywords", words, words[:1]),
                                ("stride_ms", recipe["stride_ms"], 10),
                                ("network type", network, "streaming_conv")):
        if found != wanted:
            raise ValueError(f"format microwakeword: {what}: found {found!r}, wanted {wanted!r}")


def first_round(recipe):
    """The recipe of the round before, or None."""
    if not recipe["first_round"]:
        return None
    changes = dict(recipe["first_round"])
    network = {**recipe["network"], **changes.pop("network", {})}
    return merge(changes, {**recipe, "first_round": {}, "network": network}, "first_round")


def keywords(recipe):
    """The labels that are words, in their order."""
    return [label for label in recipe["labels"] if label not in (SILENCE, UNKNOWN)]


def smoke(recipe):
    """The same recipe in seconds: it shows that everything works, not how good the model gets."""
    small = json.loads(json.dumps(recipe))
    if small["first_round"]:
        small["first_round"]["training"] = {"epochs": 1}
        small["first_round"].pop("examples", None)
    for kind in ("scenes", "clips"):
        small["examples"][kind] = min(400, small["examples"][kind])
    small["training"].update(epochs=2, quantized_epochs=1, warm_up_steps=2, batch=32)
    small["validation"].update(silence_clips=5, stream_minutes=0.5)
    return small
