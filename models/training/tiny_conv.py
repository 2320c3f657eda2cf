# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""TinyConv: one convolution, one dense layer; 16,652 parameters, 336,000 multiply-accumulates.

Input [n, 49, 40] in real values 0..26 (a feature / 25.6), output [n, 4] logits.

    convolution 8 filters, 10 frames x 8 channels, stride 2 x 2, SAME  -> [n, 25, 20, 8]
    (batch normalization, folded into the convolution before it is quantized)
    ReLU, dense 4000 -> 4

Source of the shape: "tiny_conv" of TensorFlow's speech commands example, the model behind
micro_speech.
"""
import math
import time

import torch
from torch import nn
from torch.nn import functional

INPUT_SCALE = 26.0 / 255.0
INPUT_ZERO_POINT = -128
KERNEL = (10, 8)
STRIDE = 2
FILTERS = 8
PADDING = (3, 3, 4, 5)  # SAME for 49 x 40: left, right, top, bottom; the odd one goes last.
DENSE_INPUTS = 25 * 20 * FILTERS

BATCH = 256
LEARNING_RATE = 0.012
WEIGHT_DECAY = 1e-4
DROPOUT = 0.05
LABEL_SMOOTHING = 0.02


def real_values(quantized):
    """int8 model input as the real values that it stands for."""
    return (quantized.float() - INPUT_ZERO_POINT) * INPUT_SCALE


class Round(torch.autograd.Function):
    """Rounding whose gradient is 1 (straight through)."""

    @staticmethod
    def forward(_, x):
        return torch.round(x)

    @staticmethod
    def backward(_, gradient):
        return gradient


def fake_int8(weights, dimensions):
    """`weights` as symmetric int8 would hold them; one scale per slice that `dimensions` span."""
    scale = weights.detach().abs().amax(dim=dimensions, keepdim=True).clamp(min=1e-8) / 127.0
    return Round.apply(weights / scale).clamp(-127, 127) * scale


class TinyConv(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.convolution = nn.Conv2d(1, FILTERS, KERNEL, STRIDE, bias=False)
        self.normalization = nn.BatchNorm2d(FILTERS)
        self.dropout = nn.Dropout(DROPOUT)
        self.dense = nn.Linear(DENSE_INPUTS, classes)
        # The largest activation that int8 can hold; 0: activations are not quantized.
        self.register_buffer("activation_limit", torch.zeros(()))

    def folded(self):
        """The convolution with the batch normalization in it: (weights [8,1,10,8], bias [8])."""
        norm = self.normalization
        gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        return (self.convolution.weight * gain[:, None, None, None],
                norm.bias - norm.running_mean * gain)

    def activations(self, x):
        """After the ReLU, [n, 8, 25, 20]."""
        x = functional.pad(x[:, None], PADDING)
        if self.activation_limit == 0:
            return functional.relu(self.normalization(self.convolution(x)))
        weights, bias = self.folded()
        x = functional.relu(functional.conv2d(x, fake_int8(weights, (1, 2, 3)), bias, STRIDE))
        step = self.activation_limit / 255.0
        return Round.apply(torch.minimum(x, self.activation_limit) / step) * step

    def forward(self, x):
        # The order of the .tflite: frame, channel, filter.
        x = self.dropout(self.activations(x).permute(0, 2, 3, 1).flatten(1))
        if self.activation_limit == 0:
            return self.dense(x)
        return functional.linear(x, fake_int8(self.dense.weight, (0, 1)), self.dense.bias)


def run(model, inputs):
    """Logits of int8 inputs [n, 49, 40]."""
    model.eval()
    with torch.no_grad():
        return torch.cat([model(real_values(part)) for part in inputs.split(2048)])


def calibrate(model, inputs, quantile=0.9999):
    """Sets the range of the activations from what they are, leaving out rare peaks."""
    model.eval()
    with torch.no_grad():
        values = model.activations(real_values(inputs[:4096])).flatten()
        rank = max(1, round(len(values) * quantile))
        model.activation_limit = values.kthvalue(rank).values


def train(inputs, labels, float_epochs, quantized_epochs, seed, log=print):
    """Trains on int8 inputs [n, 49, 40], labels [n]. Returns (float model, quantized-aware model).

    The float epochs' learning rate falls as a cosine; then activations and weights are rounded as
    int8 does in the forward pass, with a small learning rate, the normalization frozen.
    """
    torch.manual_seed(seed)
    inputs, labels = torch.from_numpy(inputs), torch.from_numpy(labels)
    model = TinyConv(int(labels.max()) + 1)
    optimizer = torch.optim.AdamW(model.parameters(), LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    batches = len(labels) // BATCH

    def epoch(number, rate_of):
        start, total = time.time(), 0.0
        model.train()
        if model.activation_limit > 0:
            model.normalization.eval()
        order = torch.randperm(len(labels))
        for i in range(batches):
            for group in optimizer.param_groups:
                group["lr"] = rate_of(number + i / batches)
            chosen = order[i * BATCH:(i + 1) * BATCH]
            loss = functional.cross_entropy(model(real_values(inputs[chosen])), labels[chosen],
                                            label_smoothing=LABEL_SMOOTHING)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        log(f"epoch {number + 1}: loss {total / batches:.4f}, {time.time() - start:.0f} s")

    for number in range(float_epochs):
        epoch(number, lambda at: LEARNING_RATE * 0.5 * (1 + math.cos(math.pi * at / float_epochs)))
    state = {name: value.clone() for name, value in model.state_dict().items()}
    float_model = TinyConv(int(labels.max()) + 1)
    float_model.load_state_dict(state)

    calibrate(model, inputs)
    for number in range(quantized_epochs):
        epoch(number, lambda at: 0.05 * LEARNING_RATE * (1 - at / quantized_epochs))
    return float_model, model
