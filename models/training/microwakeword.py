# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Manifests as microWakeWord's runtimes take them, ESPHome above all, which refuses keys that it does
not know. Source: esphome/components/micro_wake_word."""
import recipe as recipes

OPERATOR_BYTES = 320  # That TensorFlow Lite Micro keeps of an operator: 254 to 277 on a 64-bit host
                      # in four models that microWakeWord published.
SPARE = 1.25          # For what a board's own kernels need beside that.
MINIMUM_ESPHOME = "2024.7.0"  # The first that hears version 2.


def tensor_arena_size(inspected):
    """Bytes that suffice for TensorFlow Lite Micro, by what `earshot inspect --json` says."""
    arena = inspected["arena"]
    needed = arena["activations"] + OPERATOR_BYTES * len(arena["map"]["operators"])
    return -(-int(needed * SPARE) // 16) * 16


def manifest(recipe, network, model_name, recognizer, inspected):
    """recognizer: of Earshot's manifest, calibrated; what these runtimes share with it is the cutoff
    and the number of results that are averaged."""
    period_ms = network.frames_per_step * recipe["stride_ms"]
    results = recognizer["average_window_ms"] // period_ms + 1
    return {
        "type": "micro", "wake_word": recipes.keywords(recipe)[0], "author": recipe["author"],
        "website": "", "model": model_name, "trained_languages": [recipe["language"]],
        "version": 2,
        "micro": {"probability_cutoff": recognizer["threshold"], "feature_step_size": 10,
                  "sliding_window_size": results,
                  "tensor_arena_size": tensor_arena_size(inspected),
                  "minimum_esphome_version": MINIMUM_ESPHOME}}
