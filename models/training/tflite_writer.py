# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Writes .tflite files. Equal tables, vectors and strings stand in the file once: FlatBuffers may
refer to an object several times."""
import collections

import flatbuffers
import numpy as np
from flatbuffers import number_types

import tflite_format as format_

NUMBER_KINDS = {"bool": number_types.BoolFlags, "int8": number_types.Int8Flags,
                "uint8": number_types.Uint8Flags, "int32": number_types.Int32Flags,
                "uint32": number_types.Uint32Flags, "int64": number_types.Int64Flags,
                "float32": number_types.Float32Flags}
# What a table's bytes count as in `bytes_by_part`; others are "graph".
PARTS = {"Buffer": "weights", "QuantizationParameters": "quantization"}


class TableWriter:
    """FlatBuffers tables from dictionaries {field: value}, after tflite_format.FIELDS.

    bytes_by_part: what has been written, by "weights" (all tensors' data), "quantization",
    "names", "graph".
    """

    def __init__(self):
        self.builder = flatbuffers.Builder(1 << 16)
        self.written = {}  # What has been written: {content: offset}.
        self.bytes_by_part = collections.Counter()

    def finish(self, model):
        """The file's bytes."""
        root = self.table("Model", model)
        before = self.builder.Offset()
        self.builder.Finish(root, file_identifier=format_.IDENTIFIER)
        self.bytes_by_part["graph"] += self.builder.Offset() - before
        return bytes(self.builder.Output())

    def table(self, name, values):
        fields, part = format_.FIELDS[name], PARTS.get(name, "graph")
        slots = []
        for field, value in values.items():
            number, kind, default = fields[field]
            if kind in NUMBER_KINDS:
                if value != default:
                    slots.append((number, kind, value))
            elif value is not None:
                slots.append((number, None, self._reference(kind, value, part)))
        return self._once((name, *slots), part, lambda: self._table(fields, slots))

    def _reference(self, kind, value, part):
        if kind == "string":
            return self._once((kind, value), "names", lambda: self.builder.CreateString(value))
        if kind == "union":
            return self.table(*value)
        if not kind.startswith("["):
            return self.table(kind, value)
        if kind[1:-1] in format_.FIELDS:
            offsets = [self.table(kind[1:-1], item) for item in value]
            return self._once((kind, *offsets), part, lambda: self._offsets(offsets))
        numbers = np.ascontiguousarray(value, np.dtype(kind[1:-1]).newbyteorder("<"))
        alignment = format_.BUFFER_ALIGNMENT if part == "weights" else numbers.itemsize
        return self._once((kind, alignment, numbers.tobytes()), part,
                          lambda: self._numbers(numbers, alignment))

    def _once(self, content, part, write):
        if content not in self.written:
            before = self.builder.Offset()
            self.written[content] = write()
            self.bytes_by_part[part] += self.builder.Offset() - before
        return self.written[content]

    def _table(self, fields, slots):
        self.builder.StartObject(max(number for number, _, _ in fields.values()) + 1)
        # Wide fields first, so that less is lost to alignment.
        for number, kind, value in sorted(slots, key=lambda slot: slot[1] in ("int8", "uint8")):
            if kind is None:
                self.builder.PrependUOffsetTRelativeSlot(number, value, 0)
            else:
                self.builder.PrependSlot(NUMBER_KINDS[kind], number, value, None)
        return self.builder.EndObject()

    def _offsets(self, offsets):
        self.builder.StartVector(4, len(offsets), 4)
        for offset in reversed(offsets):
            self.builder.PrependUOffsetTRelative(offset)
        return self.builder.EndVector()

    def _numbers(self, numbers, alignment):
        data = numbers.tobytes()
        self.builder.StartVector(numbers.itemsize, len(numbers), alignment)
        self.builder.head -= len(data)
        self.builder.Bytes[self.builder.Head():self.builder.Head() + len(data)] = data
        return self.builder.EndVector()


class Graph:
    """One subgraph: tensors and operators in the order of execution."""

    def __init__(self, model, name):
        self.model, self.name = model, name
        self.tensors, self.operators = [], []
        self.inputs, self.outputs = [], []

    def tensor(self, name, dtype, shape, scale=None, zero_point=0, dimension=0, data=None):
        """Adds a tensor, constant if `data` (an array) is given. Returns its index.

        scale: None (not quantized), a number, or one per index of `dimension`; all have one
        zero point.
        """
        tensor = {"shape": shape, "type": format_.TENSOR_TYPES[dtype], "name": name}
        if data is not None:
            if data.dtype != dtype or data.shape != tuple(shape):
                raise ValueError(f"{name}: found {data.dtype}{data.shape}, wanted {dtype}{shape}")
            tensor["buffer"] = self.model.buffer(data)
        if scale is not None:
            scale = np.atleast_1d(np.asarray(scale, np.float32))
            tensor["quantization"] = {
                "scale": scale, "zero_point": np.full(len(scale), zero_point, np.int64),
                "quantized_dimension": dimension}
        self.tensors.append(tensor)
        return len(self.tensors) - 1

    def operator(self, name, inputs, outputs, options_table=None, **options):
        """Adds an operator; inputs and outputs are indices of tensors."""
        operator = {"opcode_index": self.model.operator_code(name),
                    "inputs": inputs, "outputs": outputs}
        if options_table is not None:
            operator["builtin_options_type"] = format_.OPTIONS[options_table]
            operator["builtin_options"] = (options_table, options)
        self.operators.append(operator)


class Model:
    """Collects subgraphs, the first of which is the one that runs; write() gives the file."""

    def __init__(self, description):
        self.description = description
        self.graphs = []
        self.buffers = [{}]  # Buffer 0 is empty by convention: tensors without data use it.
        self.buffer_of = {}
        self.codes = []

    def graph(self, name):
        self.graphs.append(Graph(self, name))
        return self.graphs[-1]

    def buffer(self, data):
        """The number of the buffer that holds `data`."""
        data = data.astype(data.dtype.newbyteorder("<")).tobytes()
        if data not in self.buffer_of:
            self.buffer_of[data] = len(self.buffers)
            self.buffers.append({"data": np.frombuffer(data, np.uint8)})
        return self.buffer_of[data]

    def operator_code(self, name):
        if name not in self.codes:
            self.codes.append(name)
        return self.codes.index(name)

    def write(self):
        """(the file's bytes, how many of them are what: TableWriter.bytes_by_part)"""
        codes = []
        for name in self.codes:
            code, version = format_.OPERATORS[name], format_.VERSIONS[name]
            codes.append({"deprecated_builtin_code": min(code, format_.OLD_CODE_LIMIT),
                          "version": version, "builtin_code": code})
        writer = TableWriter()
        data = writer.finish({
            "version": format_.VERSION, "operator_codes": codes,
            "subgraphs": [{"tensors": graph.tensors, "inputs": graph.inputs,
                           "outputs": graph.outputs, "operators": graph.operators,
                           "name": graph.name} for graph in self.graphs],
            "description": self.description, "buffers": self.buffers})
        return data, dict(writer.bytes_by_part)
