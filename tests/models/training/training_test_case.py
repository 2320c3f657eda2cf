# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Lets the tests import what they test, and makes small networks for them."""
import pathlib
import sys

import numpy as np
import torch

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "models/training"), str(ROOT / "models/training/check")]

import networks  # noqa: E402


def features(examples, frames, seed=1):
    """int8 [examples, frames, 40]: changing slowly, as sound does."""
    random = np.random.Generator(np.random.PCG64(seed))
    steps = random.normal(0.0, 12.0, (examples, frames, networks.CHANNELS))
    return np.clip(np.cumsum(steps, axis=1) - 60.0, -128, 127).astype(np.int8)


def trained(network, inputs, steps=5):
    """`network` with normalizations that have seen int8 `inputs`, quantized."""
    x = networks.real_values(torch.from_numpy(inputs))
    network.train()
    for _ in range(steps):
        network(x)
    networks.enable_quantization(network, x)
    return network.eval()
