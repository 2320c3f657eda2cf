# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Reads .tflite files back into dictionaries, as far as tflite_format.py describes them.

For checks on files that this recipe wrote; it trusts them. Vectors of numbers are NumPy arrays,
absent fields have their defaults, a union is (its table's name, the table).
"""
import flatbuffers
import numpy as np
from flatbuffers import encode, packer
from flatbuffers.table import Table

import tflite_format as format_

OPTION_TABLES = {number: name for name, number in format_.OPTIONS.items()}
OPERATOR_NAMES = {code: name for name, code in format_.OPERATORS.items()}
DTYPES = {number: name for name, number in format_.TENSOR_TYPES.items()}


def read(data):
    """The Model table of a file's bytes."""
    data = bytearray(data)
    if not flatbuffers.util.BufferHasIdentifier(data, 0, format_.IDENTIFIER):
        raise ValueError(f"no .tflite file: found {bytes(data[4:8])!r}, "
                         f"wanted {format_.IDENTIFIER!r} at byte 4")
    return _table(Table(data, encode.Get(packer.uoffset, data, 0)), "Model")


def operator_name(model, operator):
    code = model["operator_codes"][operator["opcode_index"]]
    number = max(code["deprecated_builtin_code"], code["builtin_code"])
    return OPERATOR_NAMES.get(number, f"operator {number}")


def constant(model, tensor):
    """A constant tensor's values, None for others."""
    data = model["buffers"][tensor["buffer"]]["data"]
    if data is None:
        return None
    return data.view(np.dtype(DTYPES[tensor["type"]])).reshape(tensor["shape"])


def _table(table, name):
    values = {}
    for field, (number, kind, default) in format_.FIELDS[name].items():
        offset = table.Offset(4 + 2 * number)
        if not offset:
            values[field] = default
        elif kind == "union":
            options = OPTION_TABLES.get(values["builtin_options_type"])
            values[field] = options and (options, _table(_indirect(table, offset), options))
        else:
            values[field] = _value(table, offset, kind)
    return values


def _indirect(table, offset):
    return Table(table.Bytes, table.Indirect(table.Pos + offset))


def _value(table, offset, kind):
    if kind == "string":
        return table.String(table.Pos + offset).decode()
    if kind in format_.FIELDS:
        return _table(_indirect(table, offset), kind)
    if not kind.startswith("["):
        return np.frombuffer(table.Bytes, np.dtype(kind).newbyteorder("<"), 1,
                             table.Pos + offset)[0].item()
    start, count = table.Vector(offset), table.VectorLen(offset)
    if kind[1:-1] in format_.FIELDS:
        return [_table(Table(table.Bytes, table.Indirect(start + 4 * i)), kind[1:-1])
                for i in range(count)]
    return np.frombuffer(table.Bytes, np.dtype(kind[1:-1]).newbyteorder("<"), count, start).copy()
