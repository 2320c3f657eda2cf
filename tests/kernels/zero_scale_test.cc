// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A scale of 0: no matter to operators that only move elements or that do not use it, an error to
// those that would divide by it.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::ModelBuilder;
using test::RunResult;
using test::TensorSpec;

TensorSpec Int8(std::vector<int32_t> shape, float scale) {
  return {std::move(shape), TensorType::INT8, {scale}, {1}};
}

RunResult RunOne(BuiltinOperator op, const std::vector<TensorSpec>& inputs,
                 const TensorSpec& output, const test::OperatorOptions& options,
                 const std::vector<uint8_t>& values) {
  ModelBuilder builder;
  std::vector<int32_t> all;
  for (const TensorSpec& input : inputs) all.push_back(builder.AddTensor(input));
  const int to = builder.AddTensor(output);
  builder.AddOperator(op, all, {to}, options);
  builder.SetInputs({all[0]});
  builder.SetOutputs({to});
  return test::RunModel(builder, {values});
}

TEST(ZeroScaleTest, IsNoMatterToWhatOnlyMovesElements) {
  const RunResult run =
      RunOne(BuiltinOperator::RESHAPE, {Int8({2, 2}, 0)}, Int8({4}, 0), {}, {1, 2, 3, 4});
  ASSERT_TRUE(run.status.ok()) << test::Text(run.status);
  EXPECT_EQ(run.As<int8_t>(), (std::vector<int8_t>{1, 2, 3, 4}));
}

TEST(ZeroScaleTest, IsNoMatterToABias) {
  TensorSpec weights = {{1, 2}, TensorType::INT8, {1.0f}, {0}, {2, 3}};
  const TensorSpec bias = {{1}, TensorType::INT32, {0.0f}, {0}, {5, 0, 0, 0}};
  const RunResult run = RunOne(BuiltinOperator::FULLY_CONNECTED, {Int8({1, 2}, 1), weights, bias},
                               Int8({1, 1}, 1), test::FullyConnectedOptions(), {11, 21});
  ASSERT_TRUE(run.status.ok()) << test::Text(run.status);
  EXPECT_EQ(run.As<int8_t>()[0], 2 * 10 + 3 * 20 + 5 + 1);
}

TEST(ZeroScaleTest, OfAChannelsWeightsGivesTheZeroPoint) {
  const TensorSpec filter = {{2, 1, 1, 1}, TensorType::INT8, {0.0f, 1.0f}, {0, 0}, {7, 7}};
  const RunResult run = RunOne(BuiltinOperator::CONV_2D, {Int8({1, 1, 1, 1}, 1), filter},
                               Int8({1, 1, 1, 2}, 1), test::Conv2DOptions({}), {5});
  ASSERT_TRUE(run.status.ok()) << test::Text(run.status);
  EXPECT_EQ(run.As<int8_t>(), (std::vector<int8_t>{1, 7 * 4 + 1}));
}

TEST(ZeroScaleTest, IsRefusedWhereItIsComputedWith) {
  for (const auto& [in, out] : {std::pair<float, float>{0, 1}, {1, 0}}) {
    const Status status =
        RunOne(BuiltinOperator::LOGISTIC, {Int8({4}, in)}, Int8({4}, out), {}, {1, 2, 3, 4}).status;
    EXPECT_EQ(status.code, StatusCode::kInvalidModel);
    EXPECT_NE(test::Text(status).find("number of scales: found 0, wanted 1"), std::string::npos)
        << test::Text(status);
  }
}

}  // namespace
}  // namespace earshot
