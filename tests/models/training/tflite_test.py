# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The .tflite writer, read back, and the size of what it writes."""
import unittest

import numpy as np

import training_test_case as test
import networks
import tflite_export
import tflite_format
import tflite_reader
import tflite_writer


def small_model():
    model = tflite_writer.Model("test")
    graph = model.graph("main")
    x = graph.tensor("x", "int8", [1, 2], 0.5, 3)
    w = graph.tensor("w", "int8", [2, 2], [0.25, 0.75], data=np.array([[1, 2], [3, -4]], np.int8))
    b = graph.tensor("b", "int32", [2], data=np.array([70000, -1], np.int32))
    y = graph.tensor("y", "int8", [1, 2], 0.5, 3)
    graph.operator("FULLY_CONNECTED", [x, w, b], [y], "FullyConnectedOptions",
                   fused_activation_function=tflite_format.ACTIVATION_RELU)
    graph.operator("VAR_HANDLE", [], [graph.tensor("v", "resource", [])], "VarHandleOptions",
                   container="", shared_name="v")
    graph.inputs, graph.outputs = [x], [y]
    return model


class SchemaTest(unittest.TestCase):
    def test_says_what_each_field_is(self):
        tables, values = tflite_format.read_schema("""
            namespace a;  // A comment: x:int (id: 9);
            enum Kind : byte { A, B = 5, C }
            union Any { One = 7 }
            table One {
              old:[float] (id: 0, deprecated);
              count:int = 3 (id: 1);
              kind:Kind (id: 2);
              names:[One] (id: 3);
              ratio:float (id: 4);
              far:[Int64] (id: 5);
              any:Any (id: 7);
              text:string (id: 8);
            }""")
        self.assertEqual(values, {"Kind": {"A": 0, "B": 5, "C": 6}, "Any": {"One": 7}})
        self.assertEqual(tables, {"One": {
            "count": (1, "int32", 3), "kind": (2, "int8", 0), "names": (3, "[One]", None),
            "ratio": (4, "float32", 0.0), "far": (5, "[int64]", None),
            "any_type": (6, "uint8", 0), "any": (7, "union", None), "text": (8, "string", None)}})

    def test_refuses_what_it_cannot_read(self):
        with self.assertRaisesRegex(ValueError, "T: found 'x:int', wanted name:type"):
            tflite_format.read_schema("table T { x:int; }")

    def test_has_what_the_recipes_write(self):
        self.assertEqual(tflite_format.OPERATORS["CALL_ONCE"], 129)
        self.assertEqual(tflite_format.OPTIONS["StridedSliceOptions"], 32)
        self.assertLessEqual(set(tflite_format.VERSIONS), set(tflite_format.OPERATORS))


class WriterTest(unittest.TestCase):
    def setUp(self):
        self.data, self.parts = small_model().write()
        self.model = tflite_reader.read(self.data)
        self.graph = self.model["subgraphs"][0]

    def test_reads_back_tensors(self):
        x, w, b, y, v = self.graph["tensors"]
        self.assertEqual((x["name"], x["shape"].tolist()), ("x", [1, 2]))
        self.assertEqual(x["quantization"]["scale"].tolist(), [0.5])
        self.assertEqual(w["quantization"]["scale"].tolist(), [0.25, 0.75])
        self.assertEqual(y["quantization"]["zero_point"].tolist(), [3])
        self.assertEqual(tflite_reader.constant(self.model, w).tolist(), [[1, 2], [3, -4]])
        self.assertEqual(tflite_reader.constant(self.model, b).tolist(), [70000, -1])
        self.assertIsNone(tflite_reader.constant(self.model, x))
        self.assertEqual(v["type"], tflite_format.TENSOR_TYPES["resource"])

    def test_reads_back_operators(self):
        dense, handle = self.graph["operators"]
        self.assertEqual(tflite_reader.operator_name(self.model, dense), "FULLY_CONNECTED")
        self.assertEqual(dense["builtin_options"],
                         ("FullyConnectedOptions",
                          {"fused_activation_function": 1, "weights_format": 0,
                           "keep_num_dims": 0, "asymmetric_quantize_inputs": 0}))
        self.assertEqual(tflite_reader.operator_name(self.model, handle), "VAR_HANDLE")
        code = self.model["operator_codes"][handle["opcode_index"]]
        self.assertEqual(code["deprecated_builtin_code"], 127)
        self.assertEqual(handle["builtin_options"][1]["shared_name"], "v")

    def test_aligns_weights(self):
        at = self.data.index(np.array([1, 2, 3, -4], np.int8).tobytes())
        self.assertEqual(at % tflite_format.BUFFER_ALIGNMENT, 0)

    def test_counts_every_byte(self):
        self.assertEqual(sum(self.parts.values()), len(self.data))

    def test_writes_equal_things_once(self):
        def size(tensors):
            model = small_model()
            for i in range(tensors):
                model.graphs[0].tensor("again", "int8", [4], 0.5, data=np.arange(4, dtype=np.int8))
            return len(model.write()[0])
        self.assertLessEqual(size(3) - size(2), 16)

    def test_refuses_data_of_another_shape(self):
        graph = tflite_writer.Model("test").graph("main")
        with self.assertRaisesRegex(ValueError, "wanted int8"):
            graph.tensor("w", "int8", [3], 1.0, data=np.zeros(2, np.int8))

    def test_reader_refuses_other_files(self):
        with self.assertRaisesRegex(ValueError, "no .tflite file"):
            tflite_reader.read(b"something else, not a model")


class SizeTest(unittest.TestCase):
    def test_48_channels_and_4_blocks_fit_30000_bytes(self):
        inputs = test.features(8, 60)
        network = test.trained(networks.StreamingConvNet(4, channels=48, blocks=4, kernel=9), inputs)
        for layer in network.layers:  # As after training, no two tensors are alike.
            layer.bias.data.normal_()
        data, _ = tflite_export.export(network, "test")
        self.assertLessEqual(len(data), 30000)


if __name__ == "__main__":
    unittest.main()
