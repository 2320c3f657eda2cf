// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/compat/sine_model.h"

#include <cmath>

namespace earshot::test {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr int kKnots = 16;
constexpr double kDistance = 2 * kPi / kKnots;
// Of the hidden layer as of the input: from 0 to 2 pi, 0 at -128.
constexpr auto kInputScale = static_cast<float>(2 * kPi / 255);
constexpr float kWeightScale = 1.0f / 127;
constexpr float kOutputScale = 2.2f / 255;

int32_t Rounded(double value) { return static_cast<int32_t>(std::lround(value)); }

// The slope of the line behind a knot, in units of the weights' scale. Its changes are the weights:
// so what was rounded in front does not add up.
int32_t Slope(int knot) {
  const double rise = std::sin((knot + 1) * kDistance) - std::sin(knot * kDistance);
  return Rounded(rise / kDistance / double{kWeightScale});
}

}  // namespace

ModelBuilder SineModel() {
  std::vector<int8_t> ones(kKnots, 127);
  std::vector<int8_t> bends;
  std::vector<int32_t> begins;
  for (int knot = 0; knot < kKnots; ++knot) {
    bends.push_back(static_cast<int8_t>(Slope(knot) - (knot == 0 ? 0 : Slope(knot - 1))));
    begins.push_back(Rounded(-knot * kDistance / (double{kInputScale} * double{kWeightScale})));
  }
  ModelBuilder builder;
  const int x = builder.AddTensor({{1, 1}, TensorType::INT8, {kInputScale}, {-128}});
  const int ones_tensor =
      builder.AddTensor({{kKnots, 1}, TensorType::INT8, {kWeightScale}, {0}, BytesOf(ones)});
  const int begins_tensor = builder.AddTensor(
      {{kKnots}, TensorType::INT32, {kInputScale * kWeightScale}, {0}, BytesOf(begins)});
  const int bent = builder.AddTensor({{1, kKnots}, TensorType::INT8, {kInputScale}, {-128}});
  const int bends_tensor =
      builder.AddTensor({{1, kKnots}, TensorType::INT8, {kWeightScale}, {0}, BytesOf(bends)});
  const int y = builder.AddTensor({{1, 1}, TensorType::INT8, {kOutputScale}, {0}});
  builder.AddOperator(BuiltinOperator::FULLY_CONNECTED, {x, ones_tensor, begins_tensor}, {bent},
                      FullyConnectedOptions(ActivationFunctionType::RELU));
  builder.AddOperator(BuiltinOperator::FULLY_CONNECTED, {bent, bends_tensor, -1}, {y},
                      FullyConnectedOptions());
  builder.SetInputs({x});
  builder.SetOutputs({y});
  return builder;
}

}  // namespace earshot::test
