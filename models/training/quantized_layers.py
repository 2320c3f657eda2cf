# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Layers that train with floats, and then with the rounding that an int8 .tflite will do.

A tensor in here is [batch, channels, width, time], with channels innermost in memory; that is the
.tflite's [batch, time, width, channels] seen through other strides. (oneDNN, which PyTorch calls for
convolutions, is several times faster that way than on [batch, channels, time], and than PyTorch's
matrix product, which on Debian is the reference BLAS.)

Rounding, once `enable_quantization` of networks.py has been called, is TFLite's int8 scheme:

    real = scale * (int8 - zero point)
    weights      zero point 0, -127..127; one scale per output channel, of dense layers one in all
    bias         int32 at scale (input scale * weight scale)
    activations  one scale and zero point per tensor; a ReLU is the lower end of the range

Gradients pass the rounding unchanged and stop where a value saturates. Training rounds a sum once;
the kernels round it twice (gemmlowp), which now and then gives the next integer. With `exact` set a
layer does as the kernels do, bit for bit, without gradients. Source of the method:
Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
Inference", 2018.
"""
import numpy as np
import torch
from torch import nn
from torch.nn import functional

import int8_arithmetic

INPUT_SCALE = 26.0 / 255.0  # Of features: src/earshot/frontend/feature_quantization.h.
INPUT_ZERO_POINT = -128
OBSERVED_VALUES = 1 << 18   # Kept per call of an observed tensor.
FLOAT_INTEGERS = 1 << 24    # float32 holds all integers up to this.


class Round(torch.autograd.Function):
    """Rounding to the nearest integer whose gradient is 1 (straight through)."""

    @staticmethod
    def forward(_, x):
        return torch.round(x)

    @staticmethod
    def backward(_, gradient):
        return gradient


class RoundToInt8(torch.autograd.Function):
    """`x` as int8 with `scale` and `zero_point` would hold it; gradients stop at the range's ends."""

    @staticmethod
    def forward(context, x, scale, zero_point):
        low, high = -128 - zero_point, 127 - zero_point
        context.save_for_backward(x)
        context.range = low * scale, high * scale
        return torch.round(x / scale).clamp_(low, high).mul_(scale)

    @staticmethod
    def backward(context, gradient):
        x, = context.saved_tensors
        return torch.ops.aten.hardtanh_backward(gradient, x, *context.range), None, None


class Quantizer(nn.Module):
    """Scale and zero point of one activation tensor. Scale 0: it is not rounded (yet).

    tails: the share of values at either end that the range leaves out when it is observed.
    """

    def __init__(self, scale=0.0, zero_point=0, relu=False, tails=1e-4):
        super().__init__()
        self.register_buffer("scale", torch.tensor(scale, dtype=torch.float32))
        self.register_buffer("zero_point", torch.tensor(zero_point, dtype=torch.int32))
        self.relu = relu
        self.tails = tails
        self.observed = None  # A list while ranges are being observed.

    def enabled(self):
        return self.scale.item() > 0.0

    def forward(self, x):
        """The activation function, and the rounding when it is enabled. May overwrite x."""
        if self.enabled():  # A ReLU is the lower end of the range here.
            return RoundToInt8.apply(x, self.scale.item(), self.zero_point.item())
        if self.relu:
            x = functional.relu_(x)
        if self.observed is not None:
            values = x.detach().flatten()
            self.observed.append(values[::max(1, len(values) // OBSERVED_VALUES)].numpy())
        return x

    def integers(self, x):
        """Of x that has been rounded: int8 - zero point, as floats."""
        return torch.round(x / self.scale)

    def from_integers(self, values):
        """The real values of an int8 array, in the order of memory that NumPy has it in."""
        values = torch.from_numpy(np.subtract(values, self.zero_point.item(), dtype=np.float32))
        return values * self.scale

    def set_range(self, low, high):
        """Takes the range [low, high], widened to hold 0, which int8 then holds exactly."""
        low, high = min(float(low), 0.0), max(float(high), 1e-6)
        scale = np.float32((high - low) / 255.0)
        self.scale.fill_(float(scale))
        self.zero_point.fill_(int(np.clip(np.rint(-128 - low / float(scale)), -128, 127)))

    def set_range_from_observed(self):
        values = np.concatenate(self.observed)
        low, high = np.quantile(values, (self.tails, 1.0 - self.tails))
        self.set_range(0.0 if self.relu else low, high)
        self.observed = None


class Layer(nn.Module):
    """What a network puts together.

    sources: the tensors that forward() takes: 0 is the network's input, i the output of layer i - 1
    source_quantizers: theirs; output: of what it gives
    """

    def __init__(self, relu=False):
        super().__init__()
        self.output = Quantizer(relu=relu)
        self.sources = ()
        self.source_quantizers = ()  # A tuple, so that they do not become modules of this layer.
        self.exact = False

    def connect(self, sources, quantizers):
        self.sources = tuple(sources)
        self.source_quantizers = tuple(quantizers)

    def fold(self):
        """Takes in what inference does not need on its own."""


class Convolution(Layer):
    """Convolution, batch normalization, ReLU; CONV_2D or DEPTHWISE_CONV_2D.

    kernel, stride: (frames, width). causal: the frames before the first one are 0, and the newest
    output sees nothing but the newest `stride` frames and `kernel - stride` before them, which a
    streaming model keeps as its state; otherwise padding is SAME.
    """

    per_channel = True

    def __init__(self, inputs, outputs, kernel, stride=(1, 1), causal=True, depthwise=False,
                 relu=True, normalize=True):
        super().__init__(relu)
        if causal and (kernel[0] < stride[0] or kernel[1] != 1):
            raise ValueError(f"found kernel {kernel} at stride {stride}; wanted at least as many "
                             "frames as the stride, and a width of 1")
        if depthwise and inputs != outputs:
            raise ValueError(f"depthwise: found {inputs} inputs, {outputs} outputs; wanted equals")
        self.kernel, self.stride, self.causal, self.depthwise = kernel, stride, causal, depthwise
        self.groups = inputs if depthwise else 1
        weight = torch.empty(outputs, inputs // self.groups, kernel[1], kernel[0])
        nn.init.kaiming_normal_(weight, nonlinearity="relu" if relu else "linear")
        self.weight = nn.Parameter(weight)
        self.normalization = nn.BatchNorm2d(outputs) if normalize else None
        self.bias = None if normalize else nn.Parameter(torch.zeros(outputs))

    def state_frames(self):
        """Frames of the input that a streaming model keeps from one inference to the next."""
        return self.kernel[0] - self.stride[0] if self.causal else 0

    def multiply_accumulates(self, input_width=1):
        """Per output frame, where the width is not padded away."""
        return self.weight.numel() * -(-input_width // self.stride[1])

    def fold(self):
        """Folds the normalization, with its running statistics, into weight and bias."""
        norm = self.normalization
        if norm is None:
            return
        with torch.no_grad():
            gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            self.weight.mul_(gain[:, None, None, None])
            self.bias = nn.Parameter(norm.bias - norm.running_mean * gain)
        self.normalization = None

    def _padding(self, x):
        """(before, after) of time, then of width, as torch's pad takes them."""
        if self.causal:
            return self.state_frames(), 0, 0, 0
        padding = []
        for size, kernel, stride in zip((x.shape[3], x.shape[2]), self.kernel, self.stride):
            total = max(0, (-(-size // stride) - 1) * stride + kernel - size)
            padding += [total // 2, total - total // 2]
        return tuple(padding)

    def weight_scales(self):
        """float32 [outputs], or [1] for the whole tensor."""
        weight = self.weight.detach().abs()
        largest = weight.amax(dim=(1, 2, 3)) if self.per_channel else weight.max()[None]
        return largest.clamp(min=1e-8) / 127.0

    def rounded(self):
        """(weight, bias) as the integers of the .tflite will stand for them."""
        scales = self.weight_scales()
        shaped = scales[:, None, None, None]
        weight = Round.apply(self.weight / shaped).clamp(-127, 127) * shaped
        bias_scales = self.source_quantizers[0].scale * scales
        return weight, Round.apply(self.bias / bias_scales) * bias_scales

    def integers(self):
        """(int8 weight [outputs, frames, width, inputs], int32 bias [outputs], weight scales)."""
        scales = self.weight_scales()
        with torch.no_grad():
            weight = torch.round(self.weight / scales[:, None, None, None]).clamp(-127, 127)
            bias = torch.round(self.bias / (self.source_quantizers[0].scale * scales))
        return (weight.permute(0, 3, 2, 1).contiguous().numpy().astype(np.int8),
                bias.double().numpy().astype(np.int32), scales.numpy())

    def forward(self, x):
        padding = self._padding(x)
        if any(padding):
            x = functional.pad(x, padding)
        if self.exact:
            return self._exact(x)
        weight, bias = self.rounded() if self.output.enabled() else (self.weight, self.bias)
        x = functional.conv2d(x, weight.contiguous(memory_format=torch.channels_last), bias,
                              self.stride[::-1], groups=self.groups)
        if self.normalization is not None:
            x = self.normalization(x)
        return self.output(x)


    def _exact(self, x):
        """As the kernel computes it; x is padded."""
        source = self.source_quantizers[0]
        weight, bias, scales = self.integers()
        weight = torch.from_numpy(weight).permute(0, 3, 2, 1)
        taps = weight[0].numel()
        kind = torch.float32 if taps * 255 * 127 < FLOAT_INTEGERS else torch.float64
        sums = functional.conv2d(source.integers(x).to(kind), weight.to(kind), None,
                                 self.stride[::-1], groups=self.groups)
        sums = sums.permute(0, 2, 3, 1).numpy().astype(np.int64) + bias
        output = self.output
        out = int8_arithmetic.rescale(sums, self._multipliers(scales), output.zero_point.item(),
                                      output.relu)
        return output.from_integers(out).permute(0, 3, 1, 2)

    def _multipliers(self, scales):
        """From sums to the output's integers, float64, from float32 scales."""
        return (self.source_quantizers[0].scale.item() * scales.astype(np.float64)
                / self.output.scale.item())


class Dense(Convolution):
    """A dense layer over all of size = (frames, width) and its inputs; FULLY_CONNECTED.

    With size (1, 1), training applies it to each frame.
    """

    per_channel = False

    def __init__(self, inputs, outputs, size=(1, 1), relu=False, dropout=0.0):
        super().__init__(inputs, outputs, size, (1, 1), causal=size == (1, 1), relu=relu,
                         normalize=False)
        self.dropout = dropout
        self.output.tails = 5e-4

    def _padding(self, x):
        return 0, 0, 0, 0

    def _multipliers(self, scales):
        product = self.source_quantizers[0].scale.numpy() * scales  # The kernel's is float32, too.
        return product.astype(np.float64) / self.output.scale.item()

    def forward(self, x):
        return super().forward(functional.dropout(x, self.dropout, self.training))


class Add(Layer):
    """ReLU of the sum of two tensors of one shape."""

    def forward(self, x, y):
        if not self.exact:
            return self.output(x + y)
        values = [source.integers(value).permute(0, 2, 3, 1).numpy()
                  for source, value in zip(self.source_quantizers, (x, y))]
        out = int8_arithmetic.add(values, [source.scale.item() for source in self.source_quantizers],
                                  self.output.scale.item(), self.output.zero_point.item(),
                                  self.output.relu)
        return self.output.from_integers(out).permute(0, 3, 1, 2)


class Average(Layer):
    """Mean of the last `steps` frames, those before the first one being 0; AVERAGE_POOL_2D.

    Its output has its input's scale and zero point, as AVERAGE_POOL_2D demands.
    """

    def __init__(self, steps):
        super().__init__()
        self.steps = steps

    def connect(self, sources, quantizers):
        super().connect(sources, quantizers)
        self.output = quantizers[0]

    def state_frames(self):
        return self.steps - 1

    def forward(self, x):
        x = functional.avg_pool2d(functional.pad(x, (self.steps - 1, 0)), (1, self.steps), 1)
        if not self.output.enabled():
            return x
        scale, zero_point = self.output.scale.item(), self.output.zero_point.item()
        sums = torch.round(x * (self.steps / scale)) + self.steps * zero_point
        # The operator rounds ties away from zero.
        rounded = torch.sign(sums) * ((sums.abs() + self.steps // 2) / self.steps).floor()
        return x + ((rounded - zero_point) * scale - x).detach()
