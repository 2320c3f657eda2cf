# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Trains a network of networks.py: epochs with floats, then epochs with int8 rounding simulated."""
import math
import time

import torch
from torch.nn import functional

import networks
import recipe as recipes
from dataset import ANY, BACKGROUND

CALIBRATION_EXAMPLES = 2048
MOST_HIDDEN_CHANNELS, MOST_HIDDEN_FRAMES = 7, 5  # Exclusive.


def loss_of(logits, targets, background, keyword_weight=1.0, label_smoothing=0.0):
    """Mean cross entropy of logits [n, steps, classes] for targets [n, steps].

    Where the target is BACKGROUND the probabilities of the labels `background` count together,
    where it is ANY nothing does. Answers that should be keywords count `keyword_weight` times.
    """
    logs = functional.log_softmax(logits, -1)
    right = logs.gather(-1, targets.clamp(min=0)[..., None])[..., 0]
    if label_smoothing > 0.0:
        right = (1.0 - label_smoothing) * right + label_smoothing * logs.mean(-1)
    either = torch.logsumexp(logs[..., background], -1)
    gains = torch.where(targets == BACKGROUND, either, right)
    keyword = (targets >= 0) & ~torch.isin(targets, torch.tensor(background))
    weights = 1.0 + (keyword_weight - 1.0) * keyword
    weights = torch.where(targets == ANY, torch.zeros(()), weights)
    return -(gains * weights).sum() / weights.sum().clamp(min=1.0)


def hide(x):
    """Sets a few neighbouring channels and a few neighbouring frames of each example to 0.

    Source: Park et al., "SpecAugment", 2019.
    """
    for axis, most in ((2, MOST_HIDDEN_CHANNELS), (1, MOST_HIDDEN_FRAMES)):
        shape = [1, 1, 1]
        shape[axis] = -1
        position = torch.arange(x.shape[axis]).reshape(shape)
        first = torch.randint(0, x.shape[axis], (len(x), 1, 1))
        count = torch.randint(0, most, (len(x), 1, 1))
        x = x.masked_fill((position >= first) & (position < first + count), 0.0)
    return x


class Trainer:
    """One network, its examples and its recipe."""

    def __init__(self, recipe, network, examples, log=print):
        self.settings = recipe["training"]
        self.background = [recipe["labels"].index(name)
                           for name in (recipes.SILENCE, recipes.UNKNOWN)]
        self.network, self.log = network, log
        self.features = torch.from_numpy(examples.features)
        self.targets = torch.from_numpy(examples.targets)
        self.batches = max(1, len(self.features) // self.settings["batch"])

    def train(self):
        """Floats, then int8: the network is quantized afterwards."""
        self.train_floats()
        networks.enable_quantization(self.network, self.calibration_features())
        epochs, rate = self.settings["quantized_epochs"], self.settings["quantized_learning_rate"]
        self._epochs(epochs, lambda step: rate * (1.0 - step / (self.batches * epochs)), "int8")

    def train_floats(self):
        settings = self.settings
        rate, epochs = settings["learning_rate"], settings["epochs"]
        warm_up = max(1, settings["warm_up_steps"])

        def cosine(step):
            return (rate * min(1.0, (step + 1) / warm_up)
                    * 0.5 * (1.0 + math.cos(math.pi * step / (self.batches * epochs))))

        self._epochs(epochs, cosine, "float")

    def calibration_features(self):
        step = max(1, len(self.features) // CALIBRATION_EXAMPLES)
        return networks.real_values(self.features[::step][:CALIBRATION_EXAMPLES])

    def _epochs(self, count, rate_at, kind):
        optimizer = torch.optim.AdamW(self.network.parameters(),
                                      weight_decay=self.settings["weight_decay"])
        for epoch in range(count):
            begin, total = time.time(), 0.0
            self.network.train()
            order = torch.randperm(len(self.features))
            for i in range(self.batches):
                for group in optimizer.param_groups:
                    group["lr"] = rate_at(epoch * self.batches + i)
                chosen = order[i * self.settings["batch"]:(i + 1) * self.settings["batch"]]
                total += self._step(optimizer, chosen)
            self.log(f"epoch {epoch + 1} of {count} ({kind}): loss {total / self.batches:.4f}, "
                     f"{time.time() - begin:.0f} s")
        self.network.eval()

    def _step(self, optimizer, chosen):
        settings, targets = self.settings, self.targets[chosen]
        x = networks.real_values(self.features[chosen])
        if settings["mask_features"]:
            x = hide(x)
        logits = self.network(x)
        loss = loss_of(logits.reshape(*targets.shape, -1), targets, self.background,
                       settings["keyword_weight"], settings["label_smoothing"])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()
