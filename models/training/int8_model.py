# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""A trained TinyConv as the integers that a .tflite holds."""
import dataclasses

import numpy as np
import torch

import tiny_conv


@dataclasses.dataclass
class Int8TinyConv:
    """real value = scale * (integer - zero point); weights are symmetric, their zero point is 0."""
    input_scale: float
    input_zero_point: int
    convolution_weights: np.ndarray  # int8 [8, 10, 8, 1]: filter, frame, channel, input.
    convolution_scales: np.ndarray   # float32 [8].
    convolution_bias: np.ndarray     # int32 [8], scale: input scale * convolution_scales.
    activation_scale: float
    activation_zero_point: int
    dense_weights: np.ndarray        # int8 [4, 4000].
    dense_scale: float
    dense_bias: np.ndarray           # int32 [4], scale: activation scale * dense_scale.
    logit_scale: float
    logit_zero_point: int


def _symmetric(weights, axes):
    scales = np.maximum(np.abs(weights).max(axis=axes, keepdims=True), 1e-8) / 127.0
    scales = scales.astype(np.float32)
    return np.clip(np.rint(weights / scales), -127, 127).astype(np.int8), scales


def quantize(model, inputs):
    """`inputs` (int8 [n, 49, 40], training examples) tell the ranges of activations and logits."""
    inputs = torch.from_numpy(inputs)
    if model.activation_limit == 0:
        copy = tiny_conv.TinyConv(model.dense.out_features)
        copy.load_state_dict(model.state_dict())
        model = copy
        tiny_conv.calibrate(model, inputs)
    with torch.no_grad():
        weights, bias = (tensor.double().numpy() for tensor in model.folded())
        dense = model.dense.weight.double().numpy()
        dense_bias = model.dense.bias.double().numpy()
    logits = tiny_conv.run(model, inputs).numpy()
    low, high = min(float(np.quantile(logits, 0.0005)), 0.0), float(np.quantile(logits, 0.9995))

    convolution, scales = _symmetric(weights.transpose(0, 2, 3, 1), (1, 2, 3))
    scales = scales.reshape(-1)
    dense_weights, dense_scale = _symmetric(dense, (0, 1))
    dense_scale = float(dense_scale.reshape(()))
    activation_scale = float(np.float32(float(model.activation_limit) / 255.0))
    logit_scale = float(np.float32((high - low) / 255.0))
    input_scale = float(np.float32(tiny_conv.INPUT_SCALE))
    return Int8TinyConv(
        input_scale=input_scale, input_zero_point=tiny_conv.INPUT_ZERO_POINT,
        convolution_weights=convolution, convolution_scales=scales,
        convolution_bias=np.rint(bias / (input_scale * scales.astype(float))).astype(np.int32),
        activation_scale=activation_scale, activation_zero_point=-128,
        dense_weights=dense_weights, dense_scale=dense_scale,
        dense_bias=np.rint(dense_bias / (activation_scale * dense_scale)).astype(np.int32),
        logit_scale=logit_scale, logit_zero_point=int(np.rint(-128 - low / logit_scale)))
