# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""A quantized network of networks.py as a .tflite file.

A layer that looks back over time becomes, as TFLite itself lays out streaming models:

    READ_VARIABLE -> CONCATENATION with the new frames -> convolution or mean, VALID
                          `-> STRIDED_SLICE of the newest frames -> ASSIGN_VARIABLE

The variables start as real 0, which the subgraph of a CALL_ONCE assigns.
"""
import numpy as np

import tflite_writer
from quantized_layers import INPUT_SCALE, INPUT_ZERO_POINT, Add, Average, Dense
from tflite_format import ACTIVATION_NONE, ACTIVATION_RELU, PADDING_SAME, PADDING_VALID

SCORE_SCALE, SCORE_ZERO_POINT = 1.0 / 256.0, -128
TIME = 1  # The axis of frames in [batch, frames, width, channels].
# Of STRIDED_SLICE: take all of every axis but the beginning of TIME.
BEGIN_MASK, END_MASK = 0b1101, 0b1111


def export(network, description):
    """(the file's bytes, {part: bytes}) of a network after enable_quantization."""
    if not network.quantized():
        raise ValueError("found a network without quantization, wanted enable_quantization before")
    return _Exporter(network, description).export()


class _Exporter:
    def __init__(self, network, description):
        self.network = network
        self.model = tflite_writer.Model(description)
        self.graph = self.model.graph("main")
        self.start = None   # The subgraph that gives variables their start values.
        self.handles = {}   # Layer number: the tensor that stands for its variable.
        self.state_shapes = {}
        self.constants = {}

    def export(self):
        graph, layers = self.graph, self.network.layers
        shape = list(self.network.input_shape())
        features = graph.tensor("features", "int8", shape, INPUT_SCALE, INPUT_ZERO_POINT)
        graph.inputs = [features]
        for number, layer in enumerate(layers):
            if not isinstance(layer, Add) and layer.state_frames() > 0:
                self.handles[number] = graph.tensor(f"{number}/variable", "resource", [])
        if self.handles:
            self.start_variables()
        if len(shape) == 3:  # [1, frames, channels]
            shape = [1, shape[1], 1, shape[2]]
            features = self.reshaped(features, shape)
        tensors, shapes = [features], [shape]
        for number, layer in enumerate(layers):
            tensor, shape = self.layer(number, layer, [tensors[i] for i in layer.sources],
                                       shapes[layer.sources[0]])
            tensors.append(tensor)
            shapes.append(shape)
        graph.outputs = [self.scores(tensors[-1], shapes[-1])]
        self.fill_start_graph()
        return self.model.write()

    def scores(self, logits, shape):
        """int8, one for each class; of a wake word uint8, as microWakeWord's runtimes read it."""
        graph = self.graph
        scores = graph.tensor("scores", "int8", shape, SCORE_SCALE, SCORE_ZERO_POINT)
        if not getattr(self.network, "others", 0):
            graph.operator("SOFTMAX", [logits], [scores], "SoftmaxOptions", beta=1.0)
            return scores
        graph.operator("LOGISTIC", [logits], [scores])
        unsigned = graph.tensor("probability", "uint8", shape, SCORE_SCALE, SCORE_ZERO_POINT + 128)
        graph.operator("QUANTIZE", [scores], [unsigned])
        return unsigned

    def start_variables(self):
        self.start = self.model.graph("start")
        self.graph.operator("CALL_ONCE", [], [], "CallOnceOptions",
                            init_subgraph_index=len(self.model.graphs) - 1)
        for number, handle in self.handles.items():
            self.variable(self.graph, handle, number)

    def fill_start_graph(self):
        for number in self.handles:
            layer = self.network.layers[number]
            quantizer = layer.source_quantizers[0]
            shape = self.state_shapes[number]
            handle = self.start.tensor(f"{number}/variable", "resource", [])
            zero = self.start.tensor(
                f"{number}/start", "int8", shape, quantizer.scale.item(),
                quantizer.zero_point.item(),
                data=np.full(shape, quantizer.zero_point.item(), np.int8))
            self.variable(self.start, handle, number)
            self.start.operator("ASSIGN_VARIABLE", [handle, zero], [])

    @staticmethod
    def variable(graph, handle, number):
        graph.operator("VAR_HANDLE", [], [handle], "VarHandleOptions",
                       container="", shared_name=f"{number}/variable")

    def constant(self, values):
        """An int32 constant, added once."""
        key = tuple(values)
        if key not in self.constants:
            self.constants[key] = self.graph.tensor(
                "x".join(str(value) for value in values), "int32", [len(values)],
                data=np.asarray(values, np.int32))
        return self.constants[key]

    def activation(self, name, shape, quantizer):
        return self.graph.tensor(name, "int8", shape, quantizer.scale.item(),
                                 quantizer.zero_point.item())

    def reshaped(self, tensor, shape):
        out = self.activation("features_4d", shape, self.network.input)
        self.graph.operator("RESHAPE", [tensor, self.constant(shape)], [out], "ReshapeOptions",
                            new_shape=shape)
        return out

    def window(self, number, layer, tensor, shape):
        """The new frames behind those that are remembered: (tensor, shape)."""
        kept = layer.state_frames()
        if kept == 0:
            return tensor, shape
        graph, quantizer, handle = self.graph, layer.source_quantizers[0], self.handles[number]
        past_shape = [1, kept, *shape[2:]]
        window_shape = [1, kept + shape[TIME], *shape[2:]]
        self.state_shapes[number] = past_shape
        past = self.activation(f"{number}/past", past_shape, quantizer)
        graph.operator("READ_VARIABLE", [handle], [past])
        window = self.activation(f"{number}/window", window_shape, quantizer)
        graph.operator("CONCATENATION", [past, tensor], [window], "ConcatenationOptions",
                       axis=TIME)
        newest = self.activation(f"{number}/newest", past_shape, quantizer)
        ones = self.constant([1, 1, 1, 1])
        graph.operator("STRIDED_SLICE",
                       [window, self.constant([0, shape[TIME], 0, 0]), ones, ones], [newest],
                       "StridedSliceOptions", begin_mask=BEGIN_MASK, end_mask=END_MASK)
        graph.operator("ASSIGN_VARIABLE", [handle, newest], [])
        return window, window_shape

    def layer(self, number, layer, tensors, shape):
        """Adds a layer's operators. Returns (its output, the output's shape)."""
        activation = ACTIVATION_RELU if layer.output.relu else ACTIVATION_NONE
        name = f"{number}/{type(layer).__name__.lower()}"
        if isinstance(layer, Add):
            out = self.activation(name, shape, layer.output)
            self.graph.operator("ADD", tensors, [out], "AddOptions",
                                fused_activation_function=activation)
            return out, shape
        if isinstance(layer, Average):
            window, shape = self.window(number, layer, tensors[0], shape)
            shape = [1, 1, *shape[2:]]
            out = self.activation(name, shape, layer.output)
            self.graph.operator("AVERAGE_POOL_2D", [window], [out], "Pool2DOptions",
                                padding=PADDING_VALID, stride_w=1, stride_h=1, filter_width=1,
                                filter_height=layer.steps)
            return out, shape
        return self.convolution(number, layer, tensors[0], shape, name, activation)

    def convolution(self, number, layer, tensor, shape, name, activation):
        weight, bias, scales = layer.integers()
        window, shape = (tensor, shape) if isinstance(layer, Dense) else self.window(
            number, layer, tensor, shape)
        dimension = 0
        if isinstance(layer, Dense):
            weight = weight.reshape(len(bias), -1)
            shape = [1, len(bias)]
        else:
            if layer.depthwise:
                weight, dimension = weight.transpose(3, 1, 2, 0), 3
            lengths = [(length - kernel) // stride + 1 if layer.causal else -(-length // stride)
                       for length, kernel, stride in zip(shape[1:3], layer.kernel, layer.stride)]
            shape = [1, *lengths, len(bias)]
        input_scale = layer.source_quantizers[0].scale.numpy()
        inputs = [window,
                  self.graph.tensor(f"{number}/weights", "int8", list(weight.shape), scales,
                                    dimension=dimension, data=weight),
                  self.graph.tensor(f"{number}/bias", "int32", [len(bias)], input_scale * scales,
                                    data=bias)]
        out = self.activation(name, shape, layer.output)
        if isinstance(layer, Dense):
            self.graph.operator("FULLY_CONNECTED", inputs, [out], "FullyConnectedOptions",
                                fused_activation_function=activation)
            return out, shape
        options = {"padding": PADDING_VALID if layer.causal else PADDING_SAME,
                   "stride_w": layer.stride[1], "stride_h": layer.stride[0],
                   "fused_activation_function": activation}
        if layer.depthwise:
            self.graph.operator("DEPTHWISE_CONV_2D", inputs, [out], "DepthwiseConv2DOptions",
                                depth_multiplier=1, **options)
        else:
            self.graph.operator("CONV_2D", inputs, [out], "Conv2DOptions", **options)
        return out, shape
