# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""What an int8 .tflite of this recipe must answer, bit for bit, in NumPy: a check on both the
training's simulation and the C++ kernels. It knows the operators that tflite_export.py writes.

A tensor holds the values of all sequences that run side by side: [sequences, ...shape[1:]].
"""
import numpy as np

import int8_arithmetic as arithmetic
import tflite_reader


class Interpreter:
    """Runs a model (tflite_reader.read) over many sequences at once."""

    def __init__(self, model):
        self.model = model
        self.variables = {}  # Shared name: values.
        self.started = False

    def reset(self):
        """The next step starts anew."""
        self.variables, self.started = {}, False

    def step(self, rows):
        """int8 [sequences, ...input shape] to int8 [sequences, classes]."""
        return self._run(self.model["subgraphs"][0], len(rows), rows)

    def _run(self, graph, sequences, rows=None):
        values = {}
        for index, tensor in enumerate(graph["tensors"]):
            constant = tflite_reader.constant(self.model, tensor)
            if constant is not None:
                values[index] = constant
        if rows is not None:
            shape = graph["tensors"][graph["inputs"][0]]["shape"]
            values[graph["inputs"][0]] = rows.reshape(sequences, *shape[1:])
        for operator in graph["operators"]:
            name = tflite_reader.operator_name(self.model, operator)
            options = (operator["builtin_options"] or (None, {}))[1]
            outputs = operator["outputs"]
            if name == "CALL_ONCE":
                if not self.started:
                    self.started = True
                    self._run(self.model["subgraphs"][options["init_subgraph_index"]], sequences)
            elif name == "VAR_HANDLE":
                values[outputs[0]] = options["shared_name"]
            elif name == "READ_VARIABLE":
                values[outputs[0]] = self.variables[values[operator["inputs"][0]]]
            elif name == "ASSIGN_VARIABLE":
                handle, value = (values[i] for i in operator["inputs"])
                self.variables[handle] = np.broadcast_to(value, (sequences, *value.shape[1:]))
            else:
                tensors = [graph["tensors"][i] for i in (*operator["inputs"], *outputs)]
                values[outputs[0]] = KERNELS[name]([values[i] for i in operator["inputs"]],
                                                   tensors[:-1], tensors[-1], options)
        if graph["outputs"] is None or len(graph["outputs"]) == 0:
            return None
        return values[graph["outputs"][0]]


def run(model, rows):
    """The answers of fresh sequences: int8 [n, steps, ...] to int8 [n, steps, classes]."""
    interpreter = Interpreter(model)
    return np.stack([interpreter.step(rows[:, i]) for i in range(rows.shape[1])], axis=1)


def _scales(tensor):
    return tensor["quantization"]["scale"].astype(np.float64)


def _zero_point(tensor):
    return int(tensor["quantization"]["zero_point"][0])


def _rescaled(accumulator, multipliers, output, options):
    """int32 sums as the output's int8, with the fused activation function."""
    return arithmetic.rescale(accumulator, multipliers, _zero_point(output),
                              options["fused_activation_function"] == 1).astype(np.int8)


def _windows(values, kernel, options):
    """[n, height, width, channels] to [n, rows, columns, channels, kernel height, width]."""
    strides = options["stride_h"], options["stride_w"]
    if options["padding"] == 0:  # SAME
        padding = [(0, 0)]
        for size, taps, stride in zip(values.shape[1:3], kernel, strides):
            total = max(0, (-(-size // stride) - 1) * stride + taps - size)
            padding.append((total // 2, total - total // 2))
        values = np.pad(values, (*padding, (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(values, kernel, axis=(1, 2))
    return windows[:, ::strides[0], ::strides[1]]


def _conv_2d(values, tensors, output, options):
    filters = values[1].astype(np.float64)  # Floats hold these sums exactly, and are faster.
    windows = _windows(values[0].astype(np.float64) - _zero_point(tensors[0]), filters.shape[1:3],
                       options)
    taps = windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, filters[0].size)
    sums = (taps @ filters.reshape(len(filters), -1).T).astype(np.int64) + values[2]
    scales = _scales(tensors[0]) * _scales(tensors[1]) / _scales(output)
    return _rescaled(sums.reshape(*windows.shape[:3], -1), scales, output, options)


def _depthwise_conv_2d(values, tensors, output, options):
    filters = values[1].astype(np.int64)  # [1, height, width, channels]
    windows = _windows(values[0].astype(np.int64) - _zero_point(tensors[0]), filters.shape[1:3],
                       options)
    sums = np.einsum("nrcdhw,hwd->nrcd", windows, filters[0]) + values[2]
    scales = _scales(tensors[0]) * _scales(tensors[1]) / _scales(output)
    return _rescaled(sums, scales, output, options)


def _fully_connected(values, tensors, output, options):
    flat = values[0].astype(np.float64).reshape(len(values[0]), -1) - _zero_point(tensors[0])
    sums = (flat @ values[1].T.astype(np.float64)).astype(np.int64) + values[2]
    product = np.float32(_scales(tensors[0])) * np.float32(_scales(tensors[1]))
    return _rescaled(sums, product.astype(np.float64) / _scales(output), output, options)


def _add(values, tensors, output, options):
    return arithmetic.add(
        [value.astype(np.int64) - _zero_point(tensor) for value, tensor in zip(values, tensors)],
        [_scales(tensor)[0] for tensor in tensors], _scales(output)[0], _zero_point(output),
        options["fused_activation_function"] == 1).astype(np.int8)


def _average_pool_2d(values, tensors, output, options):
    kernel = options["filter_height"], options["filter_width"]
    sums = _windows(values[0].astype(np.int64), kernel, options).sum(axis=(4, 5))
    count = kernel[0] * kernel[1]
    means = np.sign(sums) * ((np.abs(sums) + count // 2) // count)  # Ties away from zero.
    return np.clip(means, -128, 127).astype(np.int8)


def _strided_slice(values, tensors, output, options):
    parts = [slice(None)]
    for axis in range(1, values[0].ndim):
        begin = None if options["begin_mask"] >> axis & 1 else int(values[1][axis])
        end = None if options["end_mask"] >> axis & 1 else int(values[2][axis])
        parts.append(slice(begin, end, int(values[3][axis])))
    return values[0][tuple(parts)]


KERNELS = {
    "ADD": _add, "AVERAGE_POOL_2D": _average_pool_2d, "CONV_2D": _conv_2d,
    "DEPTHWISE_CONV_2D": _depthwise_conv_2d, "FULLY_CONNECTED": _fully_connected,
    "STRIDED_SLICE": _strided_slice,
    "CONCATENATION": lambda values, tensors, output, options: np.concatenate(
        values, axis=options["axis"]),
    "RESHAPE": lambda values, tensors, output, options: values[0].reshape(
        len(values[0]), *output["shape"][1:]),
    "LOGISTIC": lambda values, tensors, output, options: arithmetic.logistic(
        values[0].astype(np.int64) - _zero_point(tensors[0]),
        float(tensors[0]["quantization"]["scale"][0])),
    "QUANTIZE": lambda values, tensors, output, options: (
        values[0].astype(np.int64) - _zero_point(tensors[0]) + _zero_point(output)).astype(np.uint8),
    "SOFTMAX": lambda values, tensors, output, options: arithmetic.softmax(
        values[0], float(tensors[0]["quantization"]["scale"][0]))}
