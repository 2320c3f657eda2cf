# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Writes a model as a .tflite file, schema version 3.

A FlatBuffers table is a list of numbered fields. FIELDS is the part of the format that is written
here; numbers, enum values and defaults are those of runtime/schema/model_format.fbs.
"""
import flatbuffers
from flatbuffers import number_types

# table: {field: (number, kind)}; "offset" is a reference to a string, a vector or another table.
FIELDS = {
    "Model": {"version": (0, "uint32"), "operator_codes": (1, "offset"),
              "subgraphs": (2, "offset"), "description": (3, "offset"), "buffers": (4, "offset")},
    "OperatorCode": {"deprecated_builtin_code": (0, "int8"), "version": (2, "int32"),
                     "builtin_code": (3, "int32")},
    "SubGraph": {"tensors": (0, "offset"), "inputs": (1, "offset"), "outputs": (2, "offset"),
                 "operators": (3, "offset"), "name": (4, "offset")},
    "Tensor": {"shape": (0, "offset"), "type": (1, "int8"), "buffer": (2, "uint32"),
               "name": (3, "offset"), "quantization": (4, "offset")},
    "QuantizationParameters": {"scale": (2, "offset"), "zero_point": (3, "offset"),
                               "quantized_dimension": (6, "int32")},
    "Operator": {"opcode_index": (0, "uint32"), "inputs": (1, "offset"), "outputs": (2, "offset"),
                 "builtin_options_type": (3, "uint8"), "builtin_options": (4, "offset")},
    "Buffer": {"data": (0, "offset")},
    "Conv2DOptions": {"padding": (0, "int8"), "stride_w": (1, "int32"), "stride_h": (2, "int32"),
                      "fused_activation_function": (3, "int8")},
    "FullyConnectedOptions": {"fused_activation_function": (0, "int8")},
    "SoftmaxOptions": {"beta": (0, "float32")},
}
KINDS = {"int8": number_types.Int8Flags, "uint8": number_types.Uint8Flags,
         "int32": number_types.Int32Flags, "uint32": number_types.Uint32Flags,
         "float32": number_types.Float32Flags}

TENSOR_TYPES = {"int32": 2, "int8": 9}                       # NumPy's name: TensorType
OPERATORS = {"CONV_2D": (3, 3), "FULLY_CONNECTED": (9, 4),   # BuiltinOperator, and the version
             "SOFTMAX": (25, 2)}                             # from which it takes int8 like this
OPTIONS = {"Conv2DOptions": 1, "FullyConnectedOptions": 8, "SoftmaxOptions": 9}
PADDING_SAME = 0
ACTIVATION_NONE, ACTIVATION_RELU = 0, 1
BUFFER_ALIGNMENT = 16                                        # Bytes, of weights in the file.


class TfliteWriter:
    """Collects tensors and operators of one graph; finish() gives the file's bytes."""

    def __init__(self):
        self.builder = flatbuffers.Builder(1 << 16)
        self.buffers = [None]  # Buffer 0 is empty by convention: tensors without data use it.
        self.tensors = []
        self.operators = []
        self.codes = []

    def tensor(self, name, dtype, shape, scales, zero_point=0, dimension=0, data=None):
        """Adds a tensor, constant if `data` (an array) is given. Returns its index.

        scales: one for the tensor, or one per index of `dimension`.
        """
        buffer = 0
        if data is not None:
            if data.dtype != dtype or data.shape != tuple(shape):
                raise ValueError(f"{name}: found {data.dtype}{data.shape}, wanted {dtype}{shape}")
            buffer = len(self.buffers)
            self.buffers.append(data.astype(data.dtype.newbyteorder("<")).tobytes())
        quantization = self._table(
            "QuantizationParameters", scale=self._numbers(scales, "Float32"),
            zero_point=self._numbers([zero_point] * len(scales), "Int64"),
            quantized_dimension=dimension)
        self.tensors.append(self._table(
            "Tensor", shape=self._numbers(shape, "Int32"), type=TENSOR_TYPES[dtype],
            buffer=buffer, name=self.builder.CreateString(name), quantization=quantization))
        return len(self.tensors) - 1

    def operator(self, name, inputs, outputs, options_table, **options):
        """Adds an operator; inputs and outputs are indices of tensors."""
        if name not in self.codes:
            self.codes.append(name)
        self.operators.append(self._table(
            "Operator", opcode_index=self.codes.index(name),
            inputs=self._numbers(inputs, "Int32"), outputs=self._numbers(outputs, "Int32"),
            builtin_options_type=OPTIONS[options_table],
            builtin_options=self._table(options_table, **options)))

    def finish(self, inputs, outputs, description):
        subgraph = self._table(
            "SubGraph", tensors=self._references(self.tensors),
            inputs=self._numbers(inputs, "Int32"), outputs=self._numbers(outputs, "Int32"),
            operators=self._references(self.operators), name=self.builder.CreateString("main"))
        codes = []
        for name in self.codes:
            code, version = OPERATORS[name]
            codes.append(self._table("OperatorCode", deprecated_builtin_code=code,
                                     version=version, builtin_code=code))
        buffers = []
        for data in self.buffers:
            fields = {} if data is None else {"data": self._bytes(data)}
            buffers.append(self._table("Buffer", **fields))
        model = self._table(
            "Model", version=3, operator_codes=self._references(codes),
            subgraphs=self._references([subgraph]),
            description=self.builder.CreateString(description),
            buffers=self._references(buffers))
        self.builder.Finish(model, file_identifier=b"TFL3")
        return bytes(self.builder.Output())

    def _table(self, table, /, **values):
        fields = FIELDS[table]
        self.builder.StartObject(max(number for number, _ in fields.values()) + 1)
        for field, value in values.items():
            number, kind = fields[field]
            if kind == "offset":
                self.builder.PrependUOffsetTRelativeSlot(number, value, 0)
            else:  # No default is ever given as None, so that every value stands in the file.
                self.builder.PrependSlot(KINDS[kind], number, value, None)
        return self.builder.EndObject()

    def _numbers(self, values, kind):
        flags = getattr(number_types, f"{kind}Flags")
        self.builder.StartVector(flags.bytewidth, len(values), flags.bytewidth)
        for value in reversed(list(values)):
            self.builder.Prepend(flags, value)
        return self.builder.EndVector()

    def _references(self, offsets):
        self.builder.StartVector(4, len(offsets), 4)
        for offset in reversed(offsets):
            self.builder.PrependUOffsetTRelative(offset)
        return self.builder.EndVector()

    def _bytes(self, data):
        self.builder.StartVector(1, len(data), BUFFER_ALIGNMENT)
        self.builder.head -= len(data)
        self.builder.Bytes[self.builder.Head():self.builder.Head() + len(data)] = data
        return self.builder.EndVector()


def write_tiny_conv(model, description):
    """The bytes of a .tflite that computes an Int8TinyConv: convolution, dense layer, softmax."""
    writer = TfliteWriter()
    classes = len(model.dense_bias)
    convolution_bias_scales = [model.input_scale * float(s) for s in model.convolution_scales]
    features = writer.tensor("features", "int8", (1, 49, 40, 1), [model.input_scale],
                             model.input_zero_point)
    filters = writer.tensor("convolution/weights", "int8", model.convolution_weights.shape,
                            model.convolution_scales, data=model.convolution_weights)
    filter_bias = writer.tensor("convolution/bias", "int32", model.convolution_bias.shape,
                                convolution_bias_scales, data=model.convolution_bias)
    activations = writer.tensor("convolution", "int8", (1, 25, 20, 8), [model.activation_scale],
                                model.activation_zero_point)
    weights = writer.tensor("dense/weights", "int8", model.dense_weights.shape,
                            [model.dense_scale], data=model.dense_weights)
    bias = writer.tensor("dense/bias", "int32", model.dense_bias.shape,
                         [model.activation_scale * model.dense_scale], data=model.dense_bias)
    logits = writer.tensor("dense", "int8", (1, classes), [model.logit_scale],
                           model.logit_zero_point)
    scores = writer.tensor("scores", "int8", (1, classes), [1.0 / 256.0], -128)
    writer.operator("CONV_2D", [features, filters, filter_bias], [activations], "Conv2DOptions",
                    padding=PADDING_SAME, stride_w=2, stride_h=2,
                    fused_activation_function=ACTIVATION_RELU)
    writer.operator("FULLY_CONNECTED", [activations, weights, bias], [logits],
                    "FullyConnectedOptions", fused_activation_function=ACTIVATION_NONE)
    writer.operator("SOFTMAX", [logits], [scores], "SoftmaxOptions", beta=1.0)
    return writer.finish([features], [scores], description)
