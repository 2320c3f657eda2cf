// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that contradict themselves or ask for what Earshot does not do: each is refused with
// the right code, and text that names what is wrong.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/kernels/one_operator.h"

namespace earshot {
namespace {

using schema::ActivationFunctionType;
using test::Absent;
using test::Damage;
using test::Int32;
using test::Int8;
using test::kInvalid;
using test::kUnsupported;
using test::OneOperator;
using test::Prepare;
using test::TensorSpec;
using test::Weights;

TensorSpec Probabilities(std::vector<int32_t> shape) {
  return {std::move(shape), TensorType::INT8, {1.0f / 256.0f}, {-128}};
}

OneOperator Conv2D() {
  return {BuiltinOperator::CONV_2D,
          {Int8({1, 5, 5, 2}), Weights({3, 3, 3, 2}), Int32({3}, {1, 2, 3})},
          {Int8({1, 5, 5, 3})},
          test::Conv2DOptions({})};
}

OneOperator DepthwiseConv2D() {
  return {BuiltinOperator::DEPTHWISE_CONV_2D,
          {Int8({1, 5, 5, 2}), Weights({1, 3, 3, 4}), Int32({4}, {1, 2, 3, 4})},
          {Int8({1, 5, 5, 4})},
          test::DepthwiseConv2DOptions({}, 2)};
}

OneOperator FullyConnected() {
  return {BuiltinOperator::FULLY_CONNECTED,
          {Int8({2, 6}), Weights({3, 6}), Int32({3}, {1, 2, 3})},
          {Int8({2, 3})},
          test::FullyConnectedOptions()};
}

OneOperator AveragePool2D() {
  return {BuiltinOperator::AVERAGE_POOL_2D,
          {Int8({1, 4, 4, 2})},
          {Int8({1, 4, 4, 2})},
          test::Pool2DOptions({}, 2, 2)};
}

OneOperator Softmax() {
  return {
      BuiltinOperator::SOFTMAX, {Int8({1, 4})}, {Probabilities({1, 4})}, test::SoftmaxOptions()};
}

OneOperator Logistic() {
  return {BuiltinOperator::LOGISTIC, {Int8({1, 4})}, {Probabilities({1, 4})}, {}};
}

OneOperator Add() {
  return {BuiltinOperator::ADD, {Int8({2, 4}), Int8({2, 4})}, {Int8({2, 4})}, test::AddOptions()};
}

OneOperator Mul() {
  return {BuiltinOperator::MUL, {Int8({2, 4}), Int8({4})}, {Int8({2, 4})}, test::MulOptions()};
}

OneOperator Mean() {
  return {BuiltinOperator::MEAN,
          {Int8({2, 3, 4}), Int32({1}, {1})},
          {Int8({2, 4})},
          test::ReducerOptions(false)};
}

OneOperator Pad() {
  return {BuiltinOperator::PAD, {Int8({2, 3}), Int32({2, 2}, {1, 0, 0, 2})}, {Int8({3, 5})}, {}};
}

OneOperator Reshape() { return {BuiltinOperator::RESHAPE, {Int8({2, 3})}, {Int8({6})}, {}}; }

OneOperator Quantize() { return {BuiltinOperator::QUANTIZE, {Int8({2, 3})}, {Int8({2, 3})}, {}}; }

OneOperator Dequantize() {
  return {BuiltinOperator::DEQUANTIZE, {Int8({2, 3})}, {{{2, 3}, TensorType::FLOAT32}}, {}};
}

constexpr OneOperator (*kMakers[])() = {
    Conv2D, DepthwiseConv2D, FullyConnected, AveragePool2D, Softmax, Logistic, Add, Mul, Mean,
    Pad,    Reshape,         Quantize,       Dequantize};

TEST(PrepareTest, AcceptsTheUndamagedOperators) {
  for (const auto make : kMakers) {
    const OneOperator op = make();
    EXPECT_TRUE(Prepare(op).ok()) << schema::EnumNameBuiltinOperator(op.op) << ": "
                                  << test::Text(Prepare(op));
  }
}

TEST(PrepareTest, RefusesTensorsWithoutElements) {
  for (const auto make : kMakers) {
    OneOperator op = make();
    op.inputs[0].shape[0] = 0;
    Status status = Prepare(op);
    EXPECT_EQ(status.code, kInvalid) << schema::EnumNameBuiltinOperator(op.op);
    EXPECT_THAT(test::Text(status), testing::HasSubstr("an input is absent"));
    op = make();
    op.outputs[0].shape[0] = 0;
    status = Prepare(op);
    EXPECT_EQ(status.code, kInvalid) << schema::EnumNameBuiltinOperator(op.op);
    EXPECT_THAT(test::Text(status),
                testing::HasSubstr("an output is a constant or has no elements"));
  }
}

test::WindowSpec Window(int32_t stride, int32_t dilation) {
  return {schema::Padding::SAME, stride, stride, ActivationFunctionType::NONE, dilation, dilation};
}

const Damage kDamages[] = {
    {"ConvNoOptions", Conv2D, [](OneOperator& op) { op.options = {}; }, kInvalid, "options"},
    {"ConvOtherOptions", Conv2D, [](OneOperator& op) { op.options = test::AddOptions(); }, kInvalid,
     "options"},
    {"ConvNoWeights", Conv2D, [](OneOperator& op) { op.inputs.resize(1); }, kUnsupported, "types"},
    {"ConvAbsentWeights", Conv2D, [](OneOperator& op) { op.inputs[1] = Absent(); }, kUnsupported,
     "types"},
    {"ConvTwoOutputs", Conv2D, [](OneOperator& op) { op.outputs.push_back(op.outputs[0]); },
     kInvalid, "outputs"},
    {"ConvInputRank", Conv2D,
     [](OneOperator& op) {
       op.inputs[0].shape = {5, 5, 2};
     },
     kInvalid, "rank"},
    {"ConvOutputSize", Conv2D,
     [](OneOperator& op) {
       op.outputs[0].shape = {1, 5, 6, 3};
     },
     kInvalid, "output"},
    {"ConvOutputChannels", Conv2D,
     [](OneOperator& op) {
       op.outputs[0].shape = {1, 5, 5, 4};
     },
     kInvalid, ""},
    {"ConvBatches", Conv2D,
     [](OneOperator& op) {
       op.outputs[0].shape = {2, 5, 5, 3};
     },
     kInvalid, "batches"},
    {"ConvGrouped", Conv2D,
     [](OneOperator& op) {
       op.inputs[1] = Weights({3, 3, 3, 1});
     },
     kUnsupported, "input channels"},
    {"ConvStride0", Conv2D, [](OneOperator& op) { op.options = test::Conv2DOptions(Window(0, 1)); },
     kInvalid, "stride"},
    {"ConvStrideNegative", Conv2D,
     [](OneOperator& op) { op.options = test::Conv2DOptions(Window(-1, 1)); }, kInvalid, "stride"},
    {"ConvDilation0", Conv2D,
     [](OneOperator& op) { op.options = test::Conv2DOptions(Window(1, 0)); }, kInvalid, "dilation"},
    {"ConvDilationHuge", Conv2D,
     [](OneOperator& op) { op.options = test::Conv2DOptions(Window(1, INT32_MAX)); }, kUnsupported,
     "filter"},
    {"ConvActivation", Conv2D,
     [](OneOperator& op) {
       test::WindowSpec window;
       window.activation = ActivationFunctionType::TANH;
       op.options = test::Conv2DOptions(window);
     },
     kUnsupported, "activation"},
    {"ConvPadding", Conv2D,
     [](OneOperator& op) {
       test::WindowSpec window;
       window.padding = static_cast<schema::Padding>(7);
       op.options = test::Conv2DOptions(window);
     },
     kInvalid, "padding"},
    {"ConvBiasType", Conv2D, [](OneOperator& op) { op.inputs[2] = Weights({3}); }, kUnsupported,
     "bias"},
    {"ConvBiasSize", Conv2D,
     [](OneOperator& op) {
       op.inputs[2] = Int32({2}, {1, 2});
     },
     kInvalid, "bias"},
    {"ConvWeightZeroPoint", Conv2D, [](OneOperator& op) { op.inputs[1].zero_points = {1}; },
     kUnsupported, "zero point"},
    {"ConvWeightsNotQuantized", Conv2D, [](OneOperator& op) { op.inputs[1].scales = {}; }, kInvalid,
     "scales"},
    {"ConvScalesAlongOtherAxis", Conv2D,
     [](OneOperator& op) {
       op.inputs[1].scales = {1.0f, 1.0f, 1.0f};
       op.inputs[1].zero_points = {0, 0, 0};
       op.inputs[1].quantized_dimension = 1;
     },
     kInvalid, "quantized dimension"},
    {"ConvInputNotQuantized", Conv2D, [](OneOperator& op) { op.inputs[0].scales = {}; }, kInvalid,
     "input: number of scales"},
    {"ConvScaleRatio", Conv2D,
     [](OneOperator& op) {
       op.inputs[0].scales = {1e30f};
       op.outputs[0].scales = {1e-30f};
     },
     kUnsupported, "scales"},
    {"DepthwiseMultiplier", DepthwiseConv2D,
     [](OneOperator& op) { op.options = test::DepthwiseConv2DOptions({}, 3); }, kInvalid,
     "depth multiplier"},
    {"DepthwiseMultiplier0", DepthwiseConv2D,
     [](OneOperator& op) { op.options = test::DepthwiseConv2DOptions({}, 0); }, kInvalid,
     "depth multiplier"},
    {"DepthwiseFirstExtent", DepthwiseConv2D,
     [](OneOperator& op) {
       op.inputs[1] = Weights({2, 3, 3, 4});
     },
     kInvalid, "filter"},
    {"FullyConnectedDepth", FullyConnected,
     [](OneOperator& op) {
       op.inputs[1] = Weights({3, 5});
     },
     kInvalid, "rows"},
    {"FullyConnectedOutput", FullyConnected,
     [](OneOperator& op) {
       op.outputs[0] = Int8({3, 3});
     },
     kInvalid, "output"},
    {"FullyConnectedFormat", FullyConnected,
     [](OneOperator& op) {
       op.options = test::FullyConnectedOptions(ActivationFunctionType::NONE, false, 1);
     },
     kUnsupported, "format"},
    {"FullyConnectedScaleOverflow", FullyConnected,
     [](OneOperator& op) { op.inputs[0].scales = op.inputs[1].scales = {1e30f}; }, kUnsupported,
     "scales"},
    {"PoolFilter0", AveragePool2D,
     [](OneOperator& op) { op.options = test::Pool2DOptions({}, 0, 2); }, kInvalid, "filter"},
    {"PoolFilterHuge", AveragePool2D,
     [](OneOperator& op) { op.options = test::Pool2DOptions({}, INT32_MAX, 2); }, kUnsupported,
     "filter"},
    {"PoolScale", AveragePool2D, [](OneOperator& op) { op.outputs[0].scales = {0.25f}; },
     kUnsupported, "scale"},
    {"PoolChannels", AveragePool2D,
     [](OneOperator& op) {
       op.outputs[0] = Int8({1, 4, 4, 1});
     },
     kInvalid, "channels"},
    {"SoftmaxScale", Softmax, [](OneOperator& op) { op.outputs[0].scales = {0.003906f}; }, kInvalid,
     "output: scale: found 0.003906, wanted 0.00390625"},
    {"SoftmaxZeroPoint", Softmax, [](OneOperator& op) { op.outputs[0].zero_points = {0}; },
     kInvalid, "zero point"},
    {"SoftmaxToInt16Scale", Softmax,
     [](OneOperator& op) { op.outputs[0].type = TensorType::INT16; }, kInvalid, "zero point"},
    {"SoftmaxBeta", Softmax, [](OneOperator& op) { op.options = test::SoftmaxOptions(0.0f); },
     kInvalid, "beta"},
    {"SoftmaxScalar", Softmax,
     [](OneOperator& op) { op.inputs[0].shape = op.outputs[0].shape = {}; }, kInvalid, "rank"},
    {"SoftmaxTooLong", Softmax,
     [](OneOperator& op) {
       op.inputs[0].shape = op.outputs[0].shape = {1, 4096};
     },
     kUnsupported, "last extent"},
    {"SoftmaxTinyScale", Softmax, [](OneOperator& op) { op.inputs[0].scales = {1e-9f}; },
     kUnsupported, "scale"},
    {"LogisticZeroPoint", Logistic, [](OneOperator& op) { op.outputs[0].zero_points = {0}; },
     kInvalid, "zero point"},
    {"LogisticShape", Logistic,
     [](OneOperator& op) {
       op.outputs[0].shape = {1, 5};
     },
     kInvalid, "shape"},
    {"AddShapes", Add,
     [](OneOperator& op) {
       op.inputs[1] = Int8({3, 4});
     },
     kInvalid, "extents"},
    {"AddOutput", Add,
     [](OneOperator& op) {
       op.outputs[0] = Int8({2, 5});
     },
     kInvalid, "output"},
    {"AddType", Add,
     [](OneOperator& op) {
       op.inputs[1] = {{2, 4}, TensorType::FLOAT32};
     },
     kUnsupported, "type"},
    {"AddRank", Add,
     [](OneOperator& op) {
       op.inputs[1] = Int8({1, 1, 1, 2, 4});
     },
     kUnsupported, "rank"},
    {"MulOutputRank", Mul, [](OneOperator& op) { op.outputs[0] = Int8({8}); }, kInvalid, "rank"},
    {"MeanAxis", Mean, [](OneOperator& op) { op.inputs[1] = Int32({1}, {3}); }, kInvalid, "axis"},
    {"MeanAxisNegative", Mean, [](OneOperator& op) { op.inputs[1] = Int32({1}, {-4}); }, kInvalid,
     "axis"},
    {"MeanAxesComputed", Mean, [](OneOperator& op) { op.inputs[1].data = {}; }, kUnsupported,
     "axes"},
    {"MeanOutput", Mean,
     [](OneOperator& op) {
       op.outputs[0] = Int8({2, 3});
     },
     kInvalid, "output"},
    {"PadNegative", Pad,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2, 2}, {-1, 2, 0, 2});
     },
     kInvalid, "padding"},
    {"PadOverflow", Pad,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2, 2}, {INT32_MAX, INT32_MAX, 0, 2});
     },
     kInvalid, "output"},
    {"PadAmounts", Pad,
     [](OneOperator& op) {
       op.inputs[1] = Int32({1, 2}, {1, 0});
     },
     kInvalid, "paddings"},
    {"PadZeroPoint", Pad, [](OneOperator& op) { op.outputs[0].zero_points = {1}; }, kUnsupported,
     "zero point"},
    {"ReshapeCount", Reshape, [](OneOperator& op) { op.outputs[0] = Int8({7}); }, kInvalid,
     "elements"},
    {"ReshapeType", Reshape,
     [](OneOperator& op) {
       op.outputs[0] = {{6}, TensorType::FLOAT32};
     },
     kInvalid, "type"},
    {"QuantizeToInt64", Quantize, [](OneOperator& op) { op.outputs[0].type = TensorType::INT64; },
     kUnsupported, "type"},
    {"DequantizeUnscaled", Dequantize, [](OneOperator& op) { op.inputs[0].scales = {}; }, kInvalid,
     "scales"},
};

class DamagedOperatorTest : public testing::TestWithParam<test::Damage> {};

TEST_P(DamagedOperatorTest, IsRefused) { test::ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Damages, DamagedOperatorTest, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
