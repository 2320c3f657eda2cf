// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MEAN, SUM, REDUCE_MAX and REDUCE_MIN against a walk over the input, element by element.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "tests/kernels/broadcast_pairs.h"
#include "tests/kernels/real_arithmetic.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::Random;
using test::RunResult;

constexpr uint32_t kCases = 200;

struct Axes {
  std::vector<int32_t> input;
  std::vector<bool> reduced;
  std::vector<int32_t> listed;  // As the model says it: some count from the back.
  bool keep_dims = false;
  std::vector<int32_t> output;
};

Axes AnyAxes(Random& random) {
  Axes axes;
  const int32_t rank = random.Between(1, 8);
  axes.keep_dims = random.Between(0, 1) == 1;
  for (int32_t axis = 0; axis < rank; ++axis) {
    const int32_t extent = random.Between(1, rank > 5 ? 2 : 4);
    const bool reduced = random.Between(0, 1) == 1;
    axes.input.push_back(extent);
    axes.reduced.push_back(reduced);
    if (reduced) axes.listed.push_back(random.Between(0, 1) == 1 ? axis : axis - rank);
    if (!reduced) axes.output.push_back(extent);
    if (reduced && axes.keep_dims) axes.output.push_back(1);
  }
  return axes;
}

// Which output the input's `index`-th element belongs to.
size_t OutputOf(const Axes& axes, size_t index) {
  size_t output = 0;
  size_t step = 1;
  for (size_t axis = axes.input.size(); axis-- > 0;) {
    const auto extent = static_cast<size_t>(axes.input[axis]);
    if (!axes.reduced[axis]) {
      output += index % extent * step;
      step *= extent;
    }
    index /= extent;
  }
  return output;
}

// The elements of each output.
template <typename T>
std::vector<std::vector<T>> Groups(const Axes& axes, const std::vector<T>& input) {
  std::vector<std::vector<T>> groups(test::Count(axes.output));
  for (size_t i = 0; i < input.size(); ++i) groups[OutputOf(axes, i)].push_back(input[i]);
  return groups;
}

RunResult RunReduction(BuiltinOperator op, const Axes& axes, test::TensorSpec tensor,
                       const std::vector<uint8_t>& values) {
  test::ModelBuilder builder;
  tensor.shape = axes.input;
  const int input = builder.AddTensor(tensor);
  const int listed = builder.AddTensor({{static_cast<int32_t>(axes.listed.size())},
                                        TensorType::INT32,
                                        {},
                                        {},
                                        BytesOf(axes.listed)});
  tensor.shape = axes.output;
  const int output = builder.AddTensor(tensor);
  builder.AddOperator(op, {input, listed}, {output}, test::ReducerOptions(axes.keep_dims));
  builder.SetInputs({input});
  builder.SetOutputs({output});
  return test::RunModel(builder, {values});
}

test::RealSum SumOf(const std::vector<float>& values) {
  test::RealSum sum;
  for (const float value : values) sum.Add(static_cast<double>(value));
  return sum;
}

TEST(ReductionTest, Float32IsCloseToPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Axes axes = AnyAxes(random);
    if (axes.listed.empty()) continue;
    const std::vector<float> input = test::Reals(random, test::Count(axes.input), 10.0f);
    std::vector<test::RealSum> sums, means;
    std::vector<float> largest, smallest;
    for (const std::vector<float>& group : Groups(axes, input)) {
      const test::RealSum sum = SumOf(group);
      const auto count = static_cast<double>(group.size());
      sums.push_back(sum);
      means.push_back({sum.value / count, sum.magnitude / count});
      largest.push_back(*std::max_element(group.begin(), group.end()));
      smallest.push_back(*std::min_element(group.begin(), group.end()));
    }
    const auto run = [&](BuiltinOperator op) {
      return RunReduction(op, axes, test::Float32({}), BytesOf(input));
    };
    test::ExpectClose(run(BuiltinOperator::SUM), sums);
    test::ExpectClose(run(BuiltinOperator::MEAN), means);
    EXPECT_EQ(run(BuiltinOperator::REDUCE_MAX).As<float>(), largest);
    EXPECT_EQ(run(BuiltinOperator::REDUCE_MIN).As<float>(), smallest);
  }
}

TEST(ReductionTest, Int8TakesTheLargestAndTheSmallest) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Axes axes = AnyAxes(random);
    if (axes.listed.empty()) continue;
    const std::vector<int8_t> input = random.Int8(test::Count(axes.input));
    std::vector<int8_t> largest, smallest;
    for (const std::vector<int8_t>& group : Groups(axes, input)) {
      largest.push_back(*std::max_element(group.begin(), group.end()));
      smallest.push_back(*std::min_element(group.begin(), group.end()));
    }
    const auto run = [&](BuiltinOperator op) {
      return RunReduction(op, axes, {{}, TensorType::INT8, {0.1f}, {5}}, BytesOf(input))
          .As<int8_t>();
    };
    EXPECT_EQ(run(BuiltinOperator::REDUCE_MAX), largest);
    EXPECT_EQ(run(BuiltinOperator::REDUCE_MIN), smallest);
  }
}

// With the same scale in and out, an exact mean is what comes out.
TEST(ReductionTest, Int8MeansOfEqualElementsAreThese) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Axes axes = AnyAxes(random);
    if (axes.listed.empty()) continue;
    std::vector<int8_t> means = random.Int8(test::Count(axes.output));
    std::vector<int8_t> input(test::Count(axes.input));
    for (size_t i = 0; i < input.size(); ++i) input[i] = means[OutputOf(axes, i)];
    const RunResult result = RunReduction(BuiltinOperator::MEAN, axes,
                                          {{}, TensorType::INT8, {0.1f}, {5}}, BytesOf(input));
    ASSERT_TRUE(result.status.ok()) << test::Text(result.status);
    EXPECT_EQ(result.As<int8_t>(), means);
  }
}

}  // namespace
}  // namespace earshot
