# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Recipes, which recordings are held out, what is to be answered when, and the loss."""
import json
import pathlib
import tempfile
import unittest

import numpy as np
import torch

import training_test_case as test
import corpus
import dataset
import recipe as recipes
import scenes
import sources
import trainer

LABELS = ["silence", "unknown", "yes", "no"]


class RecipeTest(unittest.TestCase):
    def load(self, **changes):
        values = {"name": "x", "labels": LABELS, "network": {"type": "tiny_conv"}, **changes}
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "recipe.json"
            path.write_text(json.dumps(values))
            return recipes.load(path)

    def test_shipped_recipes_load_and_build(self):
        paths = sorted((test.ROOT / "models/training/recipes").glob("*.json"))
        self.assertTrue(paths)
        for path in paths:
            recipe = recipes.load(path)
            test.networks.build(recipe)

    def test_a_wake_word_is_one_word_every_10_ms(self):
        network = {"type": "streaming_conv"}
        recipe = self.load(format="microwakeword", stride_ms=10, network=network,
                           labels=["silence", "unknown", "yes"])
        recipes.check_wake_word(recipe)
        for changes, what in (({"labels": LABELS}, "keywords"), ({"stride_ms": 20}, "stride_ms"),
                              ({"network": {"type": "tiny_conv"}}, "network")):
            with self.assertRaisesRegex(ValueError, what):
                recipes.check_wake_word({**recipe, **changes})
        with self.assertRaisesRegex(ValueError, "format"):
            self.load(format="other")

    def test_missing_keys_have_defaults(self):
        recipe = self.load(training={"epochs": 3})
        self.assertEqual(recipe["training"]["epochs"], 3)
        self.assertEqual(recipe["training"]["batch"], recipes.DEFAULTS["training"]["batch"])

    def test_a_first_round_differs_in_what_it_says(self):
        self.assertIsNone(recipes.first_round(self.load()))
        recipe = self.load(network={"type": "streaming_conv", "channels": 8},
                           first_round={"network": {"dropout": 0.1}, "training": {"epochs": 7}})
        first = recipes.first_round(recipe)
        self.assertEqual(first["network"],
                         {"type": "streaming_conv", "channels": 8, "dropout": 0.1})
        self.assertEqual(first["training"], {**recipe["training"], "epochs": 7})
        self.assertEqual(first["examples"], recipe["examples"])
        self.assertIsNone(recipes.first_round(first))

    def test_settings_hold_for_one_set_of_examples(self):
        held = dataset.KEYWORD_HELD
        before = dataset.change_settings([dataset], {"KEYWORD_HELD": 0.5})
        self.assertEqual(dataset.KEYWORD_HELD, 0.5)
        self.assertEqual(before, [(dataset, "KEYWORD_HELD", held)])
        dataset.KEYWORD_HELD = held

    def test_says_what_is_wrong(self):
        with self.assertRaisesRegex(ValueError, "epoch"):
            self.load(training={"epoch": 3})
        with self.assertRaisesRegex(ValueError, "unknown"):
            self.load(labels=["silence", "yes"])
        with self.assertRaisesRegex(ValueError, "no scenes and no clips"):
            self.load(examples={"scenes": 0})


class SplitTest(unittest.TestCase):
    def test_keeps_a_speaker_on_one_side(self):
        for speaker in ("00176480", "004ae714", "0132a06d", "012c8314", "c50f55b8"):
            sides = {sources.is_for_validation(pathlib.Path(f"{word}/{speaker}_nohash_{i}.wav"),
                                               0.5, 1)
                     for word in ("yes", "no") for i in range(5)}
            self.assertEqual(len(sides), 1)

    def test_holds_out_about_the_share(self):
        held_out = sum(sources.is_for_validation(pathlib.Path(f"yes/{i}.wav"), 0.2, 1)
                       for i in range(2000))
        self.assertAlmostEqual(held_out / 2000, 0.2, delta=0.03)

    def test_knows_folders_without_words_in_any_spelling(self):
        for folder in ("silence", "_silence_", "_background_noise_", "Background Noise", "_noise"):
            self.assertFalse(sources.is_word(folder), folder)
        for folder in ("yes", "unknown", "noisy"):
            self.assertTrue(sources.is_word(folder), folder)

    def test_says_which_word_is_missing(self):
        split = sources.Split(words=[(pathlib.Path("yes/1.wav"), "yes")],
                              noise=[(pathlib.Path("n.wav"), 0.0, 1.0)])
        sources.check(split, split, ["yes"])
        with self.assertRaisesRegex(ValueError, "'no'"):
            sources.check(split, split, ["yes", "no"])


class TargetsTest(unittest.TestCase):
    def targets(self, *events):
        rows = np.full((1, 3, 3), -1.0)
        for row, event in zip(rows[0], events):
            row[:] = event
        times = np.arange(0.04, 2.6, 0.04)
        return times, dataset.scene_targets(rows, ["bed", "no", "yes"], LABELS, times)[0]

    def at(self, time, result):
        return int(result[1][np.abs(result[0] - time).argmin()])

    def test_silence_without_words(self):
        self.assertEqual(set(self.targets()[1]), {0})

    def test_a_keyword_is_answered_at_its_end(self):
        result = self.targets((2, 0.5, 1.0))
        self.assertEqual(self.at(0.3, result), 0)
        self.assertEqual(self.at(0.7, result), dataset.BACKGROUND)
        self.assertEqual(self.at(0.98, result), dataset.ANY)
        self.assertEqual(self.at(1.15, result), LABELS.index("yes"))
        self.assertEqual(self.at(1.4, result), dataset.ANY)
        self.assertEqual(self.at(1.8, result), 0)

    def test_a_keyword_with_a_lead_is_answered_before_its_end(self):
        changed = dataset.change_settings([dataset], {"KEYWORD_EARLY": 0.4, "KEYWORD_LEAD": 0.2})
        try:
            result = self.targets((2, 0.5, 1.0))
        finally:
            for module, name, value in changed:
                setattr(module, name, value)
        self.assertEqual(self.at(0.55, result), dataset.BACKGROUND)
        self.assertEqual(self.at(0.7, result), dataset.ANY)
        for time in (0.84, 1.0, 1.2):
            self.assertEqual(self.at(time, result), LABELS.index("yes"))
        self.assertEqual(self.at(1.4, result), dataset.ANY)

    def test_other_words_and_speech_are_unknown(self):
        for word in (0, -2):
            self.assertEqual(self.at(0.8, self.targets((word, 0.5, 1.0))), 1)

    def test_a_keyword_is_answered_although_another_word_was_said_before(self):
        result = self.targets((0, 0.2, 0.6), (1, 0.7, 1.0))
        self.assertEqual(self.at(1.1, result), LABELS.index("no"))

    def test_a_keyword_is_answered_although_the_next_has_begun(self):
        result = self.targets((1, 0.5, 0.9), (2, 0.96, 1.5))
        self.assertEqual(self.at(1.1, result), LABELS.index("no"))
        self.assertEqual(self.at(1.6, result), LABELS.index("yes"))


class WordsTest(unittest.TestCase):
    CLIPS = {"yes": [1] * 10, "bed": [1] * 30, "cat": [1] * 500}

    def test_keywords_have_their_share_and_others_theirs_by_their_clips(self):
        shares = dataset.word_shares({**self.CLIPS, "no": [1]}, ["yes", "no"], 0.6, 90)
        wanted = {"yes": 0.3, "no": 0.3, "bed": 0.1, "cat": 0.3}
        self.assertEqual(shares.keys(), wanted.keys())
        for word, share in wanted.items():
            self.assertAlmostEqual(shares[word], share)

    def test_keywords_that_were_not_recorded_leave_theirs_to_the_others(self):
        self.assertAlmostEqual(dataset.word_shares(self.CLIPS, ["yes", "no"], 0.6, 90)["yes"], 0.6)
        shares = dataset.word_shares(self.CLIPS, ["up"], 0.6, 90)
        self.assertNotIn("up", shares)
        self.assertAlmostEqual(sum(shares.values()), 1.0)

    def test_a_maker_says_both_kinds_of_words_by_their_shares(self):
        def said(amplitude, **shares):
            samples = (amplitude * np.sin(np.arange(8000))).astype(np.int16)
            return scenes.SaidWords({word: [corpus.Word(samples, 0, 8000)] for word in shares}, shares)

        maker = scenes.SceneMaker(said(900, yes=0.25, bed=0.75), said(900, yes=0.5, yet=0.5), [],
                                  [], 1)
        self.assertEqual(maker.words, ["bed", "yes", "yet"])
        words = [maker.words[maker.word(True)[0]] for _ in range(2000)]
        synthetic = scenes.SYNTHETIC_SHARE
        for word, share in (("bed", 0.75 * (1 - synthetic)), ("yet", 0.5 * synthetic)):
            self.assertAlmostEqual(words.count(word) / 2000, share, delta=0.04)


class WindowsTest(unittest.TestCase):
    def setUp(self):
        # Frame t of scene n holds 100 n + t; it is to be answered with "yes" from frame 60 to 79.
        self.values = (100 * np.arange(50)[:, None] + np.arange(100))[:, :, None]
        self.targets = np.zeros((50, 100), np.int64)
        self.targets[:, :40] = 1
        self.targets[:, 60:80] = 2
        self.targets[:, 80:] = dataset.ANY

    def cut(self, count):
        random = np.random.Generator(np.random.PCG64(1))
        return dataset.cut_windows(self.values, self.targets, 30, count, LABELS, random)

    def test_windows_end_where_their_answer_is(self):
        windows, answers = self.cut(4)
        self.assertEqual(windows.shape, (200, 30, 1))
        self.assertEqual(answers.shape, (200, 1))
        newest = windows[:, -1, 0]
        self.assertTrue((windows[:, :, 0] == newest[:, None] - np.arange(29, -1, -1)).all())
        self.assertTrue((answers[:, 0] == self.targets[newest // 100, newest % 100]).all())
        self.assertEqual(len(set(newest)), 200)  # None twice.

    def test_answers_that_do_not_count_are_left_out(self):
        windows, answers = self.cut(71)  # All that there are.
        self.assertEqual(len(windows), 50 * 51)
        self.assertNotIn(dataset.ANY, answers)

    def test_keywords_are_taken_rather_than_silence(self):
        _, answers = self.cut(2)
        self.assertGreater((answers == 2).mean(), 0.5)  # 20 of 51 answers.


class LossTest(unittest.TestCase):
    LOGITS = torch.tensor([[[4.0, 0.0, 0.0], [0.0, 4.0, 0.0], [0.0, 0.0, 4.0]]])

    def loss(self, *targets, **arguments):
        return trainer.loss_of(self.LOGITS, torch.tensor([targets]), [0, 1], **arguments).item()

    def test_right_answers_cost_little(self):
        self.assertLess(self.loss(0, 1, 2), 0.05)
        self.assertGreater(self.loss(1, 2, 0), 3.0)

    def test_any_answer_costs_nothing_and_background_may_be_either(self):
        self.assertEqual(self.loss(dataset.ANY, dataset.ANY, dataset.ANY), 0.0)
        self.assertLess(self.loss(dataset.BACKGROUND, dataset.BACKGROUND, dataset.ANY), 0.05)
        self.assertGreater(self.loss(dataset.ANY, dataset.ANY, dataset.BACKGROUND), 3.0)

    def test_keywords_may_count_more(self):
        self.assertGreater(self.loss(0, 2, 2, keyword_weight=5.0), self.loss(0, 2, 2))


if __name__ == "__main__":
    unittest.main()
