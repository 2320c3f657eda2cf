# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The part of the .tflite format, schema version 3, that the recipes write and read.

Tables, fields, numbers and defaults are read out of src/earshot/runtime/schema/model_format.fbs; what it does not
say, as from which version an operator takes int8, stands here.
"""
import pathlib
import re

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "src/earshot/runtime/schema/model_format.fbs"

# NumPy's names. A struct of the schema stands for a number with another alignment.
NUMBERS = {"bool": "bool", "byte": "int8", "ubyte": "uint8", "int": "int32", "uint": "uint32",
           "float": "float32", "Int64": "int64"}
BLOCK = re.compile(r"(table|struct|union|enum) (\w+)(?: : (\w+))? \{([^}]*)\}")
FIELD = re.compile(r"(\w+):(\[?)(\w+)\]?(?: = (\S+))? \(id: (\d+)(, deprecated)?\)")


def read_schema(text):
    """What a schema says: tables {name: {field: (number, kind, default)}}, and the values of enums
    and unions {name: {value's name: number}}.

    Kinds: a number's type; "string"; "[type]", a vector of numbers; "Table" and "[Table]"; "union",
    a table whose type the field before it gives, NAME_type. Fields that the schema calls deprecated
    are left out.
    """
    text = " ".join(re.sub("//[^\n]*", "", text).split())
    tables, values, kinds = {}, {}, dict(NUMBERS)
    blocks = BLOCK.findall(text)
    for what, name, base, body in blocks:
        if what in ("enum", "union"):
            values[name] = _values(body)
            kinds[name] = NUMBERS[base] if what == "enum" else "union"
    for what, name, _, body in blocks:
        if what == "table":
            tables[name] = _fields(name, body, kinds)
    return tables, values


def _values(body):
    numbers, number = {}, -1
    for value in body.split(","):
        name, _, given = value.partition("=")
        number = int(given) if given else number + 1
        numbers[name.strip()] = number
    return numbers


def _fields(table, body, kinds):
    fields = {}
    for text in filter(None, map(str.strip, body.split(";"))):
        match = FIELD.fullmatch(text)
        if not match:
            raise ValueError(f"{SCHEMA.name}: {table}: found {text!r}, wanted name:type (id: N)")
        name, vector, kind, default, number, deprecated = match.groups()
        if deprecated:
            continue
        kind = kinds.get(kind, kind)
        if kind == "union":
            fields[name + "_type"] = (int(number) - 1, "uint8", 0)
        elif not vector and kind in NUMBERS.values():
            default = float(default or 0) if kind == "float32" else int(default or 0)
        fields[name] = (int(number), f"[{kind}]" if vector else kind, default)
    return fields


FIELDS, VALUES = read_schema(SCHEMA.read_text(encoding="utf-8"))

VERSION = 3
IDENTIFIER = b"TFL3"
BUFFER_ALIGNMENT = 16  # Bytes, of weights in the file.

TENSOR_TYPES = {name.lower(): number for name, number in VALUES["TensorType"].items()}
OPERATORS = VALUES["BuiltinOperator"]
OPTIONS = VALUES["BuiltinOptions"]

# The version from which an operator takes int8 as the recipes use it.
VERSIONS = {"ADD": 2, "AVERAGE_POOL_2D": 2, "CONCATENATION": 2, "CONV_2D": 3, "DEPTHWISE_CONV_2D": 3,
            "FULLY_CONNECTED": 4, "RESHAPE": 1, "SOFTMAX": 2, "STRIDED_SLICE": 2, "CALL_ONCE": 1,
            "VAR_HANDLE": 1, "READ_VARIABLE": 1, "ASSIGN_VARIABLE": 1, "LOGISTIC": 2,
            "QUANTIZE": 2}
OLD_CODE_LIMIT = 127  # Stands in deprecated_builtin_code for what does not fit there.

PADDING_SAME, PADDING_VALID = (VALUES["Padding"][name] for name in ("SAME", "VALID"))
ACTIVATION_NONE, ACTIVATION_RELU = (VALUES["ActivationFunctionType"][name]
                                    for name in ("NONE", "RELU"))
