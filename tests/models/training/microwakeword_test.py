# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Manifests for microWakeWord's runtimes."""
import types
import unittest

import training_test_case  # noqa: F401  (finds the modules)
import microwakeword

RECIPE = {"labels": ["silence", "unknown", "lamp"], "author": "A", "language": "en",
          "stride_ms": 10}
RECOGNIZER = {"average_window_ms": 300, "threshold": 0.7, "release_threshold": 0.5}
# The keys that ESPHome knows.
KEYS = {"type", "wake_word", "author", "website", "model", "trained_languages", "version", "micro"}
MICRO_KEYS = {"probability_cutoff", "feature_step_size", "sliding_window_size",
              "tensor_arena_size", "minimum_esphome_version"}


def inspected(activations, operators):
    return {"arena": {"activations": activations, "map": {"operators": ["x"] * operators}}}


class ManifestTest(unittest.TestCase):
    def test_has_the_keys_that_esphome_takes(self):
        network = types.SimpleNamespace(frames_per_step=3)
        made = microwakeword.manifest(RECIPE, network, "lamp.tflite", RECOGNIZER,
                                      inspected(1000, 50))
        self.assertEqual(set(made), KEYS)
        self.assertEqual(set(made["micro"]), MICRO_KEYS)
        self.assertEqual((made["wake_word"], made["model"]), ("lamp", "lamp.tflite"))
        self.assertEqual(made["micro"]["probability_cutoff"], 0.7)
        self.assertEqual(made["micro"]["feature_step_size"], 10)
        # An answer every 30 ms: eleven of them span 300 ms.
        self.assertEqual(made["micro"]["sliding_window_size"], 11)

    def test_arena_is_more_than_published_models_take(self):
        # Activations, operators, and what TensorFlow Lite Micro took, of models that microWakeWord
        # has published.
        for activations, operators, taken in ((21216, 112, 51600), (3424, 57, 18880),
                                              (4096, 67, 22432), (1536, 40, 11504)):
            size = microwakeword.tensor_arena_size(inspected(activations, operators))
            self.assertGreater(size, 1.15 * taken)
            self.assertLess(size, 1.6 * taken)
            self.assertEqual(size % 16, 0)


if __name__ == "__main__":
    unittest.main()
