# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Layers and networks: what training computes is what the integers of the .tflite compute."""
import unittest

import numpy as np
import torch

import training_test_case as test
import int8_reference
import networks
import quantized_layers
import tflite_export
import tflite_reader

STREAMING = (
    {"channels": 16, "blocks": 2, "kernel": 5},
    {"channels": 8, "blocks": 3, "kernel": [3, 5, 7], "residual": True, "depthwise_relu": True,
     "average_steps": 4},
    {"channels": 8, "blocks": 1, "kernel": 3, "first_kernel": 2},
    {"channels": 8, "blocks": 2, "kernel": 4, "first_kernel": 5, "frames_per_step": 3,
     "average_steps": 3},
    {"channels": 8, "blocks": 2, "kernel": 4, "frames_per_step": 3, "stride_ms": 10,
     "wake_word": True},
)


class QuantizerTest(unittest.TestCase):
    def test_holds_zero_exactly(self):
        for low, high in ((-1.0, 3.0), (0.0, 7.0), (0.5, 2.0), (-2.0, -1.0)):
            quantizer = quantized_layers.Quantizer()
            quantizer.set_range(low, high)
            self.assertEqual(quantizer(torch.zeros(3)).tolist(), [0.0] * 3)

    def test_rounds_to_its_grid_and_saturates(self):
        quantizer = quantized_layers.Quantizer(0.5, -128)
        x = torch.tensor([-1.0, 0.2, 0.3, 1.0, 500.0])
        self.assertEqual(quantizer(x).tolist(), [0.0, 0.0, 0.5, 1.0, 127.5])

    def test_gradient_passes_inside_the_range_only(self):
        quantizer = quantized_layers.Quantizer(0.5, -128)
        x = torch.tensor([-1.0, 0.3, 500.0], requires_grad=True)
        quantizer(x).sum().backward()
        self.assertEqual(x.grad.tolist(), [0.0, 1.0, 0.0])


class StreamingTest(unittest.TestCase):
    def test_answers_do_not_depend_on_the_future(self):
        for arguments in STREAMING:
            network = networks.StreamingConvNet(3, **arguments).eval()
            x = torch.rand(2, 24, networks.CHANNELS)
            step = network.frames_per_step
            torch.testing.assert_close(networks.run(network, x[:, :4 * step]),
                                       networks.run(network, x)[:, :4])

    def test_receptive_field_is_what_an_answer_hears(self):
        for arguments in STREAMING:
            network = networks.StreamingConvNet(3, **arguments).eval()
            step = network.frames_per_step
            x = torch.rand(1, 40 * step, networks.CHANNELS, requires_grad=True)
            network(x)[0, -1].sum().backward()
            heard = int((x.grad[0].abs().sum(dim=1) > 0).nonzero().min())
            frames = x.shape[1] - heard
            self.assertEqual(network.receptive_field_ms(),
                             networks.FRAME_MS + (frames - 1) * network.stride_ms)


class Int8Test(unittest.TestCase):
    def compare(self, network, inputs, rows):
        """The .tflite, run by the reference, against the training's arithmetic."""
        data, parts = tflite_export.export(network, "test")
        self.assertEqual(sum(parts.values()), len(data))
        answers = int8_reference.run(tflite_reader.read(data), rows)
        classes = answers.shape[-1]
        self.assertEqual(answers.dtype, np.uint8 if classes == 1 else np.int8)
        answers = answers.astype(float) + (0.0 if classes == 1 else 128.0)
        real = networks.real_values(torch.from_numpy(inputs))
        logits = networks.run(network, real, exact=True).reshape(*answers.shape[:-1], -1)
        scores = (torch.softmax(logits, -1).numpy() * 256.0).clip(max=255.0)[..., -classes:]
        self.assertLess(np.abs(scores - answers).max(), 1.01)
        simulated = networks.run(network, real).reshape(logits.shape)
        self.assertLess((simulated - logits).abs().mean(),
                        2.0 * network.layers[-1].output.scale)

    def test_streaming_equals_integer_arithmetic(self):
        torch.manual_seed(1)
        inputs = test.features(8, 60)
        for arguments in STREAMING:
            with self.subTest(**arguments):
                network = test.trained(networks.StreamingConvNet(3, **arguments), inputs)
                step = network.frames_per_step
                self.compare(network, inputs, inputs.reshape(8, -1, step, networks.CHANNELS))

    def test_tiny_conv_equals_integer_arithmetic(self):
        torch.manual_seed(1)
        inputs = test.features(16, 49)
        self.compare(test.trained(networks.TinyConv(4), inputs), inputs, inputs[:, None])

    def test_folding_keeps_the_answers(self):
        torch.manual_seed(1)
        network = networks.StreamingConvNet(3, channels=8, blocks=2, kernel=3)
        x = networks.real_values(torch.from_numpy(test.features(8, 30)))
        for _ in range(5):
            network(x)
        before = networks.run(network, x)
        network.fold()
        torch.testing.assert_close(networks.run(network, x), before, rtol=1e-4, atol=1e-4)

    def test_state_loads_from_before_and_after_quantization(self):
        torch.manual_seed(1)
        inputs = test.features(8, 30)
        x = networks.real_values(torch.from_numpy(inputs))
        arguments = {"channels": 8, "blocks": 2, "kernel": 3}
        network = networks.StreamingConvNet(3, **arguments)
        for make in (lambda net: net, lambda net: test.trained(net, inputs)):
            network = make(network)
            copy = networks.StreamingConvNet(3, **arguments)
            networks.load_state(copy, network.state_dict())
            torch.testing.assert_close(networks.run(copy, x), networks.run(network, x))

    def test_a_float_network_is_not_exported(self):
        with self.assertRaisesRegex(ValueError, "without quantization"):
            tflite_export.export(networks.TinyConv(2), "test")


if __name__ == "__main__":
    unittest.main()
