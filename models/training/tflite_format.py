# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The part of the .tflite format, schema version 3, that the recipes write and read.

A FlatBuffers table is a list of numbered fields. Kinds: a number's type; "string"; "[type]", a
vector of numbers; "Table" and "[Table]"; "union", a table whose name the field before it gives.
Numbers, enum values and defaults are the format's; runtime/schema/model_format.fbs is its
counterpart for what Earshot reads.
"""

# table: {field: (number, kind, default)}
FIELDS = {
    "Model": {"version": (0, "uint32", 0), "operator_codes": (1, "[OperatorCode]", None),
              "subgraphs": (2, "[SubGraph]", None), "description": (3, "string", None),
              "buffers": (4, "[Buffer]", None)},
    "OperatorCode": {"deprecated_builtin_code": (0, "int8", 0), "version": (2, "int32", 1),
                     "builtin_code": (3, "int32", 0)},
    "SubGraph": {"tensors": (0, "[Tensor]", None), "inputs": (1, "[int32]", None),
                 "outputs": (2, "[int32]", None), "operators": (3, "[Operator]", None),
                 "name": (4, "string", None)},
    "Tensor": {"shape": (0, "[int32]", None), "type": (1, "int8", 0), "buffer": (2, "uint32", 0),
               "name": (3, "string", None), "quantization": (4, "QuantizationParameters", None)},
    "QuantizationParameters": {"scale": (2, "[float32]", None), "zero_point": (3, "[int64]", None),
                               "quantized_dimension": (6, "int32", 0)},
    "Operator": {"opcode_index": (0, "uint32", 0), "inputs": (1, "[int32]", None),
                 "outputs": (2, "[int32]", None), "builtin_options_type": (3, "uint8", 0),
                 "builtin_options": (4, "union", None)},
    "Buffer": {"data": (0, "[uint8]", None)},
    "Conv2DOptions": {"padding": (0, "int8", 0), "stride_w": (1, "int32", 0),
                      "stride_h": (2, "int32", 0), "fused_activation_function": (3, "int8", 0),
                      "dilation_w_factor": (4, "int32", 1), "dilation_h_factor": (5, "int32", 1)},
    "DepthwiseConv2DOptions": {
        "padding": (0, "int8", 0), "stride_w": (1, "int32", 0), "stride_h": (2, "int32", 0),
        "depth_multiplier": (3, "int32", 0), "fused_activation_function": (4, "int8", 0),
        "dilation_w_factor": (5, "int32", 1), "dilation_h_factor": (6, "int32", 1)},
    "Pool2DOptions": {"padding": (0, "int8", 0), "stride_w": (1, "int32", 0),
                      "stride_h": (2, "int32", 0), "filter_width": (3, "int32", 0),
                      "filter_height": (4, "int32", 0),
                      "fused_activation_function": (5, "int8", 0)},
    "FullyConnectedOptions": {"fused_activation_function": (0, "int8", 0)},
    "SoftmaxOptions": {"beta": (0, "float32", 0.0)},
    "ConcatenationOptions": {"axis": (0, "int32", 0), "fused_activation_function": (1, "int8", 0)},
    "AddOptions": {"fused_activation_function": (0, "int8", 0)},
    "ReshapeOptions": {"new_shape": (0, "[int32]", None)},
    "StridedSliceOptions": {"begin_mask": (0, "int32", 0), "end_mask": (1, "int32", 0),
                            "ellipsis_mask": (2, "int32", 0), "new_axis_mask": (3, "int32", 0),
                            "shrink_axis_mask": (4, "int32", 0)},
    "CallOnceOptions": {"init_subgraph_index": (0, "int32", 0)},
    "VarHandleOptions": {"container": (0, "string", None), "shared_name": (1, "string", None)},
}

VERSION = 3
IDENTIFIER = b"TFL3"
BUFFER_ALIGNMENT = 16  # Bytes, of weights in the file.

TENSOR_TYPES = {"int32": 2, "int8": 9, "resource": 13}  # NumPy's name where there is one.

# BuiltinOperator, and the version from which the operator takes int8 like this.
OPERATORS = {"ADD": (0, 2), "AVERAGE_POOL_2D": (1, 2), "CONCATENATION": (2, 2),
             "CONV_2D": (3, 3), "DEPTHWISE_CONV_2D": (4, 3), "FULLY_CONNECTED": (9, 4),
             "RESHAPE": (22, 1), "SOFTMAX": (25, 2), "STRIDED_SLICE": (45, 2),
             "CALL_ONCE": (129, 1), "VAR_HANDLE": (142, 1), "READ_VARIABLE": (143, 1),
             "ASSIGN_VARIABLE": (144, 1)}
OLD_CODE_LIMIT = 127  # Stands in deprecated_builtin_code for what does not fit there.

# BuiltinOptions: which table an operator's options are.
OPTIONS = {"Conv2DOptions": 1, "DepthwiseConv2DOptions": 2, "Pool2DOptions": 5,
           "FullyConnectedOptions": 8, "SoftmaxOptions": 9, "ConcatenationOptions": 10,
           "AddOptions": 11, "ReshapeOptions": 17, "StridedSliceOptions": 32,
           "CallOnceOptions": 103, "VarHandleOptions": 111}

PADDING_SAME, PADDING_VALID = 0, 1
ACTIVATION_NONE, ACTIVATION_RELU = 0, 1
