// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Layers on int16 and TRANSPOSE_CONV that contradict themselves or ask for what Earshot does not
// do.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/kernels/one_operator.h"

namespace earshot {
namespace {

using test::Damage;
using test::Int8;
using test::kInvalid;
using test::kUnsupported;
using test::TensorSpec;
using test::Weights;
using Op = test::OneOperator;

TensorSpec Int16(std::vector<int32_t> shape) {
  return {std::move(shape), TensorType::INT16, {0.5f}, {0}};
}

Op Conv2D() {
  return {BuiltinOperator::CONV_2D,
          {Int16({1, 5, 5, 2}), Weights({3, 3, 3, 2}), test::Int32({3}, {1, 2, 3})},
          {Int16({1, 5, 5, 3})},
          test::Conv2DOptions({})};
}

Op DepthwiseConv2D() {
  return {BuiltinOperator::DEPTHWISE_CONV_2D,
          {Int16({1, 5, 5, 2}), Weights({1, 3, 3, 2})},
          {Int16({1, 5, 5, 2})},
          test::DepthwiseConv2DOptions({}, 1)};
}

Op FullyConnected() {
  return {BuiltinOperator::FULLY_CONNECTED,
          {Int16({2, 6}), Weights({3, 6}), test::Int32({3}, {1, 2, 3})},
          {Int16({2, 3})},
          test::FullyConnectedOptions()};
}

Op TransposeConv() {
  return {BuiltinOperator::TRANSPOSE_CONV,
          {test::Int32({4}, {1, 6, 6, 3}), Weights({3, 3, 3, 2}), Int8({1, 3, 3, 2}),
           test::Int32({3}, {1, 2, 3})},
          {Int8({1, 6, 6, 3})},
          test::TransposeConvOptions({schema::Padding::SAME, 2, 2})};
}

Op Pool() {
  return {BuiltinOperator::AVERAGE_POOL_2D,
          {Int16({1, 4, 4, 2})},
          {Int16({1, 4, 4, 2})},
          test::Pool2DOptions({}, 2, 2)};
}

TEST(WideLayerPrepareTest, AcceptsTheUndamagedOperators) {
  for (const auto make : {Conv2D, DepthwiseConv2D, FullyConnected, TransposeConv, Pool}) {
    EXPECT_TRUE(test::Prepare(make()).ok()) << test::Text(test::Prepare(make()));
  }
}

const Damage kDamages[] = {
    {"ConvZeroPoint", Conv2D, [](Op& op) { op.inputs[0].zero_points = {1}; }, kUnsupported,
     "zero point"},
    {"ConvOutputZeroPoint", Conv2D, [](Op& op) { op.outputs[0].zero_points = {1}; }, kUnsupported,
     "zero point"},
    {"ConvWeights", Conv2D, [](Op& op) { op.inputs[1].type = TensorType::UINT8; }, kUnsupported,
     "type"},
    {"ConvBias", Conv2D, [](Op& op) { op.inputs[2] = Weights({3}); }, kUnsupported, "bias"},
    {"ConvRatio", Conv2D, [](Op& op) { op.outputs[0].scales = {0.001f}; }, kUnsupported,
     "power of two"},
    {"DepthwiseNarrowBias", DepthwiseConv2D,
     [](Op& op) {
       op.inputs.push_back(test::Int32({2}, {1, 2}));
     },
     kUnsupported, "bias"},
    {"FullyConnectedZeroPoint", FullyConnected, [](Op& op) { op.inputs[0].zero_points = {1}; },
     kUnsupported, "zero point"},
    {"FullyConnectedBias", FullyConnected,
     [](Op& op) {
       op.inputs[2] = test::Int32({2}, {1, 2});
     },
     kInvalid, "bias"},
    {"PoolWindow", Pool,
     [](Op& op) {
       op.inputs[0] = op.outputs[0] = Int16({1, 200, 200, 2});
       op.options = test::Pool2DOptions({}, 200, 200);
     },
     kUnsupported, "window"},
    {"TransposeConvOptions", TransposeConv, [](Op& op) { op.options = {}; }, kInvalid, "options"},
    {"TransposeConvStride", TransposeConv,
     [](Op& op) {
       op.options = test::TransposeConvOptions({schema::Padding::SAME, 0, 2});
     },
     kInvalid, "stride"},
    {"TransposeConvSizes", TransposeConv,
     [](Op& op) {
       op.outputs[0] = Int8({1, 7, 6, 3});
     },
     kInvalid, "height or width"},
    {"TransposeConvChannels", TransposeConv,
     [](Op& op) {
       op.inputs[2] = Int8({1, 3, 3, 4});
     },
     kInvalid, "input channels"},
    {"TransposeConvOutputChannels", TransposeConv,
     [](Op& op) {
       op.outputs[0] = Int8({1, 6, 6, 4});
     },
     kInvalid, "output channels"},
    {"TransposeConvBias", TransposeConv,
     [](Op& op) {
       op.inputs[3] = test::Int32({2}, {1, 2});
     },
     kInvalid, "bias"},
    {"TransposeConvWeightsZeroPoint", TransposeConv, [](Op& op) { op.inputs[1].zero_points = {1}; },
     kUnsupported, "zero point"},
};

class DamagedWideLayerTest : public testing::TestWithParam<Damage> {};

TEST_P(DamagedWideLayerTest, IsRefused) { test::ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Damages, DamagedWideLayerTest, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
