# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The networks that recipes name. Input float [batch, frames, 40]: features as real values 0..26."""
import math

import torch
from torch import nn

from quantized_layers import (INPUT_SCALE, INPUT_ZERO_POINT, Add, Average, Convolution, Dense,
                              Quantizer)

CHANNELS = 40       # Of the front end.
FRAME_MS = 30       # What one frame hears.


def real_values(features):
    """int8 features as the real values that they stand for."""
    return (features.float() - INPUT_ZERO_POINT) * INPUT_SCALE


class Network(nn.Module):
    """Layers in the order of the .tflite's operators; each says which tensors it takes.

    stride_ms: from one frame of features to the next.
    """

    def __init__(self, stride_ms=20):
        super().__init__()
        self.stride_ms = stride_ms
        self.input = Quantizer(INPUT_SCALE, INPUT_ZERO_POINT)
        self.layers = nn.ModuleList()

    def quantizer(self, tensor):
        """Of tensor 0, the input, or i, the output of layer i - 1."""
        return self.input if tensor == 0 else self.layers[tensor - 1].output

    def append(self, layer, sources=None):
        """Adds a layer behind the last one, or behind `sources`. Returns its output's number."""
        sources = [len(self.layers)] if sources is None else sources
        layer.connect(sources, [self.quantizer(source) for source in sources])
        self.layers.append(layer)
        return len(self.layers)

    def run_layers(self, x):
        tensors = [x]
        for layer in self.layers:
            tensors.append(layer(*(tensors[source] for source in layer.sources)))
        return tensors[-1]

    def quantized(self):
        return len(self.layers) > 0 and self.layers[0].output.enabled()

    def fold(self):
        for layer in self.layers:
            layer.fold()


class TinyConv(Network):
    """One convolution, one dense layer: "tiny_conv" of TensorFlow's speech commands example, the
    network behind micro_speech. [batch, frames, 40] to logits [batch, classes]."""

    def __init__(self, classes, filters=8, kernel=(10, 8), stride=(2, 2), frames=49, dropout=0.05,
                 stride_ms=20):
        super().__init__(stride_ms)
        self.frames = frames
        self.append(Convolution(1, filters, tuple(kernel), tuple(stride), causal=False))
        size = tuple(-(-length // step) for length, step in zip((frames, CHANNELS), stride))
        self.append(Dense(filters, classes, size, dropout=dropout))

    def forward(self, x):
        return self.run_layers(x.transpose(1, 2).unsqueeze(1)).flatten(1)

    def input_shape(self):
        return 1, self.frames, CHANNELS, 1

    def receptive_field_ms(self):
        return FRAME_MS + (self.frames - 1) * self.stride_ms

    def multiply_accumulates(self):
        """Per inference; padding counts, as `earshot inspect` counts it."""
        convolution, dense = self.layers
        rows = -(-self.frames // convolution.stride[0])
        return convolution.multiply_accumulates(CHANNELS) * rows + dense.weight.numel()


class StreamingConvNet(Network):
    """A causal network over time that keeps its past in state: [batch, frames, 40] to logits
    [batch, frames // frames_per_step, classes].

        kernel over time (first_kernel frames, stride frames_per_step), batch normalization, ReLU
        blocks of: depthwise kernel over time, normalization (and ReLU if depthwise_relu);
                   pointwise, normalization, ReLU (of the sum with the block's input if residual)
        mean of the last average_steps steps (1: none); dense

    wake_word: the dense layer has one output, the logit of the last class, against which those of
    the others are constants: the softmax of them all is that logit's sigmoid.

    kernel: of all blocks, or a list with each block's. The past before the first frame is 0, as the
    state of a device that has just started, so that training hears what a device hears.
    Relatives: TENet (Li et al., "Small-Footprint Keyword Spotting with Multi-Scale Temporal
    Convolution", 2020), microWakeWord.
    """

    def __init__(self, classes, channels=48, blocks=4, kernel=9, first_kernel=3, frames_per_step=2,
                 residual=False, depthwise_relu=False, average_steps=1, dropout=0.0, stride_ms=20,
                 wake_word=False):
        super().__init__(stride_ms)
        kernels = list(kernel) if isinstance(kernel, (list, tuple)) else [kernel] * blocks
        if len(kernels) != blocks:
            raise ValueError(f"found {len(kernels)} kernels, wanted one per block: {blocks}")
        self.frames_per_step = frames_per_step
        last = self.append(Convolution(CHANNELS, channels, (first_kernel, 1),
                                       (frames_per_step, 1)))
        for size in kernels:
            block_input = last
            self.append(Convolution(channels, channels, (size, 1), depthwise=True,
                                    relu=depthwise_relu))
            last = self.append(Convolution(channels, channels, (1, 1), relu=not residual))
            if residual:
                last = self.append(Add(relu=True), [block_input, last])
        if average_steps > 1:
            self.append(Average(average_steps))
        self.others = classes - 1 if wake_word else 0  # Classes whose logits are constants.
        self.append(Dense(channels, classes - self.others, dropout=dropout))

    def forward(self, x):
        steps = x.shape[1] // self.frames_per_step
        x = x[:, :steps * self.frames_per_step].contiguous().transpose(1, 2).unsqueeze(2)
        logits = self.run_layers(x).squeeze(2).transpose(1, 2)
        if self.others == 0:
            return logits
        constants = torch.full((*logits.shape[:2], self.others), -math.log(self.others))
        return torch.cat([constants, logits], -1)

    def input_shape(self):
        return 1, self.frames_per_step, CHANNELS

    def receptive_field_ms(self):
        """What one answer looks back on, in ms of sound."""
        steps = sum(layer.state_frames() for layer in self.layers[1:] if not isinstance(layer, Add))
        frames = self.layers[0].kernel[0] + steps * self.frames_per_step
        return FRAME_MS + (frames - 1) * self.stride_ms

    def multiply_accumulates(self):
        """Per inference."""
        return sum(layer.weight.numel() for layer in self.layers if isinstance(layer, Convolution))


NETWORKS = {"tiny_conv": TinyConv, "streaming_conv": StreamingConvNet}


def build(recipe, description=None):
    """The network of a recipe: {"type": a name of NETWORKS, ...arguments of its class}, of which the
    recipe says the rest. description: in place of the recipe's own."""
    description = recipe["network"] if description is None else description
    arguments = dict(description)
    name = arguments.pop("type", None)
    if name not in NETWORKS:
        raise ValueError(f"network type: found {name!r}, wanted one of {sorted(NETWORKS)}")
    if recipe["format"] == "microwakeword":
        arguments["wake_word"] = True
    return NETWORKS[name](len(recipe["labels"]), stride_ms=recipe["stride_ms"], **arguments)


def enable_quantization(network, calibration):
    """Folds normalizations and sets each tensor's range from `calibration` (float [n, frames, 40]).

    From here on forward() rounds as the .tflite will. Weights and biases are new parameters
    afterwards: make the optimizer again. Calling it again measures the ranges anew.
    """
    network.fold()
    quantizers = [layer.output for layer in network.layers if not isinstance(layer, Average)]
    for quantizer in quantizers:
        quantizer.scale.zero_()
        quantizer.observed = []
    run(network, calibration, 256)
    for quantizer in quantizers:
        quantizer.set_range_from_observed()


def load_state(network, state):
    """Loads a state_dict, be it from before or from after enable_quantization."""
    if not any(".normalization." in name for name in state):
        network.fold()
    network.load_state_dict(state)


def run(network, x, batch=1024, exact=False):
    """The logits of float x, without gradients, as inference would give them.

    exact: with the integer arithmetic of the kernels, bit for bit (of a quantized network; slower).
    """
    if exact and not network.quantized():
        raise ValueError("exact: found a network that is not quantized")
    training = network.training
    network.eval()
    for layer in network.layers:
        layer.exact = exact
    with torch.no_grad():
        logits = torch.cat([network(part) for part in x.split(batch)])
    for layer in network.layers:
        layer.exact = False
    network.train(training)
    return logits
