// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Hybrid layers and layers with int4 weights that contradict themselves or ask for what Earshot
// does not do. What they share with others is tested with those.

#include <gtest/gtest.h>

#include <string>

#include "tests/kernels/one_operator.h"

namespace earshot {
namespace {

using test::Damage;
using test::kInvalid;
using test::kUnsupported;
using test::TensorSpec;
using test::Weights;
using Op = test::OneOperator;

TensorSpec Float32(std::vector<int32_t> shape) { return {std::move(shape), TensorType::FLOAT32}; }

// 27 numbers in 14 bytes, for 3 outputs.
TensorSpec Int4(std::vector<int32_t> shape) {
  return {std::move(shape), TensorType::INT4, {0.5f}, {0}, std::vector<uint8_t>(14, 1)};
}

Op Hybrid() {
  return {BuiltinOperator::CONV_2D,
          {Float32({1, 5, 5, 2}), Weights({3, 3, 3, 2})},
          {Float32({1, 5, 5, 3})},
          test::Conv2DOptions({})};
}

Op HybridRows() {
  return {BuiltinOperator::FULLY_CONNECTED,
          {Float32({2, 6}), Weights({3, 6})},
          {Float32({2, 3})},
          test::FullyConnectedOptions()};
}

Op Conv2D() {
  return {BuiltinOperator::CONV_2D,
          {test::Int8({1, 5, 5, 1}), Int4({3, 3, 3, 1})},
          {test::Int8({1, 5, 5, 3})},
          test::Conv2DOptions({})};
}

Op DepthwiseConv2D() {
  return {BuiltinOperator::DEPTHWISE_CONV_2D,
          {test::Int8({1, 5, 5, 3}), Int4({1, 3, 3, 3})},
          {test::Int8({1, 5, 5, 3})},
          test::DepthwiseConv2DOptions({}, 1)};
}

Op FullyConnected() {
  return {BuiltinOperator::FULLY_CONNECTED,
          {test::Int8({2, 9}), Int4({3, 9})},
          {test::Int8({2, 3})},
          test::FullyConnectedOptions()};
}

TEST(WeightTypesPrepareTest, AcceptsTheUndamagedOperators) {
  for (const auto make : {Hybrid, HybridRows, Conv2D, DepthwiseConv2D, FullyConnected}) {
    EXPECT_TRUE(test::Prepare(make()).ok()) << test::Text(test::Prepare(make()));
  }
}

const Damage kDamages[] = {
    {"HybridNotQuantized", Hybrid, [](Op& op) { op.inputs[1].scales = {}; }, kInvalid, "scales"},
    {"HybridZeroPoint", HybridRows, [](Op& op) { op.inputs[1].zero_points = {1}; }, kUnsupported,
     "zero point"},
    {"HybridBias", Hybrid,
     [](Op& op) {
       op.inputs.push_back(test::Int32({3}, {1, 2, 3}));
     },
     kUnsupported, "bias"},
    {"HybridProducts", HybridRows,
     [](Op& op) {
       op.inputs[0] = Float32({1, 65794});
       op.inputs[1] = Weights({1, 65794});
       op.outputs[0] = Float32({1, 1});
     },
     kUnsupported, "elements per output"},
    {"Int4ConvBytes", Conv2D, [](Op& op) { op.inputs[1].data.pop_back(); }, kInvalid,
     "constant bytes"},
    {"Int4DepthwiseBytes", DepthwiseConv2D, [](Op& op) { op.inputs[1].data.push_back(0); },
     kInvalid, "constant bytes"},
    {"Int4RowsComputed", FullyConnected, [](Op& op) { op.inputs[1].data = {}; }, kUnsupported,
     "constant bytes"},
    {"Int4RowsZeroPoint", FullyConnected, [](Op& op) { op.inputs[1].zero_points = {8}; }, kInvalid,
     "weights: zero point of four bits: found 8, wanted 7"},
    {"Int4ZeroPoint", Conv2D, [](Op& op) { op.inputs[1].zero_points = {1}; }, kUnsupported,
     "zero point"},
};

class DamagedWeightTypesTest : public testing::TestWithParam<Damage> {};

TEST_P(DamagedWeightTypesTest, IsRefused) { test::ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Damages, DamagedWeightTypesTest, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
