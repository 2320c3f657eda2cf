// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CONV_2D and DEPTHWISE_CONV_2D, int8 and float32.

#include <string>
#include <vector>

#include "tests/kernels/real_arithmetic.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

constexpr uint32_t kCases = 6;

struct Shape {
  WindowSpec window;
  int32_t batches, height, width, channels, filter_h, filter_w, depth_multiplier, output_channels;
  Walk down, right;
  bool depthwise;

  std::vector<int32_t> input() const { return {batches, height, width, channels}; }
  std::vector<int32_t> output() const {
    return {batches, down.outputs, right.outputs, output_channels};
  }
  std::vector<int32_t> filter() const {
    if (depthwise) return {1, filter_h, filter_w, output_channels};
    return {output_channels, filter_h, filter_w, channels};
  }
};

size_t Elements(const std::vector<int32_t>& shape) {
  size_t count = 1;
  for (const int32_t extent : shape) count *= static_cast<size_t>(extent);
  return count;
}

Shape AnyShape(Random& random, bool depthwise) {
  Shape shape = {};
  shape.depthwise = depthwise;
  shape.window.padding = random.Between(0, 1) == 0 ? Padding::SAME : Padding::VALID;
  shape.window.stride_h = random.Between(1, 3);
  shape.window.stride_w = random.Between(1, 3);
  shape.window.activation = AnyActivation(random);
  shape.window.dilation_h = random.Between(1, 2);
  shape.window.dilation_w = random.Between(1, 2);
  shape.batches = random.Between(1, 2);
  shape.filter_h = random.Between(1, 4);
  shape.filter_w = random.Between(1, 4);
  shape.height = AnyExtent(random, shape.window.padding, shape.filter_h, shape.window.dilation_h);
  shape.width = AnyExtent(random, shape.window.padding, shape.filter_w, shape.window.dilation_w);
  shape.channels = random.Between(1, 4);
  shape.depth_multiplier = random.Between(1, 3);
  shape.output_channels =
      depthwise ? shape.channels * shape.depth_multiplier : random.Between(1, 5);
  shape.down = WalkAlong(shape.window.padding, shape.height, shape.filter_h, shape.window.stride_h,
                         shape.window.dilation_h);
  shape.right = WalkAlong(shape.window.padding, shape.width, shape.filter_w, shape.window.stride_w,
                          shape.window.dilation_w);
  return shape;
}

// With a bias in all cases but each third.
KernelCase Finish(const Shape& shape, uint32_t seed, const TensorSpec& input,
                  const TensorSpec& filter, const TensorSpec& bias, const TensorSpec& output,
                  std::vector<uint8_t> image) {
  KernelCase made;
  made.name = std::string(shape.depthwise ? "DEPTHWISE_CONV_2D" : "CONV_2D") +
              (input.type == TensorType::INT8 ? " int8 " : " float32 ") + std::to_string(seed);
  const int32_t image_tensor = made.model.AddTensor(input);
  const int32_t filter_tensor = made.model.AddTensor(filter);
  const int32_t bias_tensor = seed % 3 == 2 ? -1 : made.model.AddTensor(bias);
  const int32_t output_tensor = made.model.AddTensor(output);
  made.model.AddOperator(
      shape.depthwise ? BuiltinOperator::DEPTHWISE_CONV_2D : BuiltinOperator::CONV_2D,
      {image_tensor, filter_tensor, bias_tensor}, {output_tensor},
      shape.depthwise ? DepthwiseConv2DOptions(shape.window, shape.depth_multiplier)
                      : Conv2DOptions(shape.window));
  made.model.SetInputs({image_tensor});
  made.model.SetOutputs({output_tensor});
  made.inputs = {std::move(image)};
  return made;
}

KernelCase Int8Case(uint32_t seed, bool depthwise) {
  Random random(seed);
  const Shape shape = AnyShape(random, depthwise);
  const TensorSpec input = {
      shape.input(), TensorType::INT8, {random.Scale()}, {random.Between(-128, 127)}};
  const TensorSpec output = {
      shape.output(), TensorType::INT8, {20.0f * random.Scale()}, {random.Between(-128, 127)}};
  std::vector<float> scales;
  for (int32_t i = 0; i < (seed % 2 == 0 ? 1 : shape.output_channels); ++i) {
    scales.push_back(random.Scale());
  }
  const TensorSpec filter = {shape.filter(),
                             TensorType::INT8,
                             scales,
                             std::vector<int64_t>(scales.size(), 0),
                             BytesOf(random.Int8(Elements(shape.filter()))),
                             depthwise ? 3 : 0};
  std::vector<int32_t> bias;
  for (int32_t i = 0; i < shape.output_channels; ++i) bias.push_back(random.Between(-9999, 9999));
  return Finish(shape, seed, input, filter,
                {{shape.output_channels}, TensorType::INT32, {}, {}, BytesOf(bias)}, output,
                BytesOf(random.Int8(Elements(shape.input()))));
}

KernelCase Float32Case(uint32_t seed, bool depthwise) {
  Random random(seed + 100);
  const Shape shape = AnyShape(random, depthwise);
  const TensorSpec filter = Float32(shape.filter(), Reals(random, Elements(shape.filter()), 1.0f));
  const TensorSpec bias = Float32({shape.output_channels},
                                  Reals(random, static_cast<size_t>(shape.output_channels), 5.0f));
  return Finish(shape, seed, Float32(shape.input()), filter, bias, Float32(shape.output()),
                BytesOf(Reals(random, Elements(shape.input()), 3.0f)));
}

}  // namespace

std::vector<KernelCase> ConvolutionCases() {
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    for (const bool depthwise : {false, true}) {
      cases.push_back(Int8Case(seed, depthwise));
      cases.push_back(Float32Case(seed, depthwise));
    }
  }
  return cases;
}

}  // namespace earshot::test
