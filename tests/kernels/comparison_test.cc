// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that compare or that combine truths: EQUAL and its kin, LOGICAL_AND, LOGICAL_OR,
// LOGICAL_NOT, REDUCE_ALL; ARG_MAX and ARG_MIN; BROADCAST_ARGS.

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "tests/kernels/moved_elements.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::ModelBuilder;
using test::Random;
using test::RunResult;
using test::Shape;
using test::TensorSpec;

constexpr uint32_t kCases = 60;

constexpr BuiltinOperator kComparisons[] = {
    BuiltinOperator::EQUAL,      BuiltinOperator::NOT_EQUAL, BuiltinOperator::LESS,
    BuiltinOperator::LESS_EQUAL, BuiltinOperator::GREATER,   BuiltinOperator::GREATER_EQUAL};

template <typename T>
bool IsTrue(BuiltinOperator op, T a, T b) {
  switch (op) {
    case BuiltinOperator::EQUAL:
      return a == b;
    case BuiltinOperator::NOT_EQUAL:
      return a != b;
    case BuiltinOperator::LESS:
      return a < b;
    case BuiltinOperator::LESS_EQUAL:
      return a <= b;
    case BuiltinOperator::GREATER:
      return a > b;
    case BuiltinOperator::GREATER_EQUAL:
      return a >= b;
    case BuiltinOperator::LOGICAL_AND:
      return a != T{} && b != T{};
    default:
      return a != T{} || b != T{};
  }
}

// means(number, of b): what a stored number is compared as.
template <typename T, typename Means>
void ExpectPairs(Random& random, BuiltinOperator op, const TensorSpec& a, const TensorSpec& b,
                 const std::vector<T>& choices, const Means& means) {
  SCOPED_TRACE(schema::EnumNameBuiltinOperator(op));
  const test::Pair pair = test::MakePair(random);
  TensorSpec first = a, second = b;
  first.shape = pair.a;
  second.shape = pair.b;
  ModelBuilder builder;
  const int left = builder.AddTensor(first);
  const int right = builder.AddTensor(second);
  const int output = builder.AddTensor({pair.output, TensorType::BOOL});
  builder.AddOperator(op, {left, right}, {output});
  builder.SetInputs({left, right});
  builder.SetOutputs({output});
  const auto any = [&](const Shape& shape) {
    std::vector<T> values(test::Count(shape));
    for (T& value : values) {
      value =
          choices[static_cast<size_t>(random.Between(0, static_cast<int32_t>(choices.size()) - 1))];
    }
    return values;
  };
  const std::vector<T> lefts = any(pair.a), rights = any(pair.b);
  const RunResult result = test::RunModel(builder, {BytesOf(lefts), BytesOf(rights)});
  ASSERT_RAN(result);
  for (size_t i = 0; i < test::Count(pair.output); ++i) {
    const auto x = means(test::Broadcasted(lefts, pair.a, pair.output, i), false);
    const auto y = means(test::Broadcasted(rights, pair.b, pair.output, i), true);
    EXPECT_EQ(result.outputs[0][i], IsTrue(op, x, y) ? 1 : 0) << i;
  }
}

template <typename T>
void ExpectPlainComparisons(TensorType type, const std::vector<T>& choices) {
  SCOPED_TRACE(schema::EnumNameTensorType(type));
  for (uint32_t seed = 0; seed < kCases && !testing::Test::HasFailure(); ++seed) {
    Random random(seed);
    for (const BuiltinOperator op : kComparisons) {
      ExpectPairs(random, op, {{}, type}, {{}, type}, choices, [](T value, bool) { return value; });
    }
  }
}

TEST(ComparisonTest, ComparesPlainNumbers) {
  using Float = std::numeric_limits<float>;
  ExpectPlainComparisons<float>(TensorType::FLOAT32,
                                {0.0f, -0.0f, 1.5f, -2.0f, Float::infinity(), Float::quiet_NaN()});
  ExpectPlainComparisons<int32_t>(TensorType::INT32, {0, 1, -1, INT32_MIN, INT32_MAX});
  ExpectPlainComparisons<int64_t>(
      TensorType::INT64, {0, 1, -1, int64_t{1} << 32, -(int64_t{1} << 32), INT64_MIN, INT64_MAX});
}

TEST(ComparisonTest, ComparesTruths) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    Random random(seed);
    for (const BuiltinOperator op : {BuiltinOperator::EQUAL, BuiltinOperator::NOT_EQUAL,
                                     BuiltinOperator::LOGICAL_AND, BuiltinOperator::LOGICAL_OR}) {
      ExpectPairs<uint8_t>(random, op, {{}, TensorType::BOOL}, {{}, TensorType::BOOL}, {0, 1},
                           [](uint8_t truth, bool) { return truth; });
    }
  }
}

template <typename T>
void ExpectQuantizedComparisons(TensorType type) {
  SCOPED_TRACE(schema::EnumNameTensorType(type));
  for (uint32_t seed = 0; seed < kCases && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    for (const BuiltinOperator op : kComparisons) {
      // Scales from such that neighbours are rounded to one to such that none are.
      const float factors[] = {1.0f, 0.01f, 7.0f};
      const float scale_a = factors[random.Between(0, 2)] * random.Scale();
      const float scale_b = random.Between(0, 1) == 0 ? scale_a : random.Scale();
      const int32_t zero_a = random.Between(-128, 127), zero_b = random.Between(-128, 127);
      std::vector<T> choices = {std::numeric_limits<T>::min(), std::numeric_limits<T>::max()};
      for (int32_t i = -30; i < 30; ++i) choices.push_back(static_cast<T>(i));
      ExpectPairs<T>(random, op, {{}, type, {scale_a}, {zero_a}}, {{}, type, {scale_b}, {zero_b}},
                     choices, [&](T value, bool second) {
                       return test::ScaledExactly(
                           (int64_t{value} - (second ? zero_b : zero_a)) * 256,
                           double{second ? scale_b : scale_a});
                     });
    }
  }
}

TEST(ComparisonTest, ComparesWhatQuantizedNumbersStandFor) {
  ExpectQuantizedComparisons<int8_t>(TensorType::INT8);
  ExpectQuantizedComparisons<int16_t>(TensorType::INT16);
}

TEST(LogicalTest, Not) {
  const RunResult result = test::RunMovement({BuiltinOperator::LOGICAL_NOT, {2, 2}, {}, {2, 2}},
                                             TensorType::BOOL, {0, 1, 1, 0});
  ASSERT_RAN(result);
  EXPECT_EQ(result.outputs[0], (std::vector<uint8_t>{1, 0, 0, 1}));
}

TEST(LogicalTest, ReduceAllIsTrueWhereAllAre) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Shape input = test::AnyShape(random, 1, 4, 3);
    Shape axes, output;
    for (size_t axis = 0; axis < input.size(); ++axis) {
      const bool reduced = axis == 0 || random.Between(0, 1) == 0;
      if (reduced) axes.push_back(static_cast<int32_t>(axis));
      output.push_back(reduced ? 1 : input[axis]);
    }
    std::vector<uint8_t> truths(test::Count(input));
    for (uint8_t& truth : truths) truth = static_cast<uint8_t>(random.Between(0, 4) == 0 ? 0 : 1);
    const RunResult result = test::RunMovement({BuiltinOperator::REDUCE_ALL,
                                                input,
                                                {test::ConstantInt32(axes)},
                                                output,
                                                test::ReducerOptions(true)},
                                               TensorType::BOOL, truths);
    ASSERT_RAN(result);
    std::vector<uint8_t> wanted(test::Count(output), 1);
    test::ForEachPlace(input, [&](Shape place) {
      const uint8_t truth = truths[test::IndexOf(input, place)];
      for (size_t i = 0; i < place.size(); ++i) place[i] %= output[i];
      if (truth == 0) wanted[test::IndexOf(output, place)] = 0;
    });
    EXPECT_EQ(result.outputs[0], wanted);
  }
}

template <typename T>
void ExpectBest(Random& random, TensorType type, const std::vector<T>& choices) {
  SCOPED_TRACE(schema::EnumNameTensorType(type));
  const Shape input = test::AnyShape(random, 1, 4, 4);
  const auto rank = static_cast<int32_t>(input.size());
  const int32_t axis = random.Between(0, rank - 1);
  const auto along = static_cast<size_t>(axis);
  Shape output = input;
  output.erase(output.begin() + axis);
  std::vector<T> values(test::Count(input));
  for (T& value : values) {
    value =
        choices[static_cast<size_t>(random.Between(0, static_cast<int32_t>(choices.size()) - 1))];
  }
  for (const BuiltinOperator op : {BuiltinOperator::ARG_MAX, BuiltinOperator::ARG_MIN}) {
    ModelBuilder builder;
    const int tensor = builder.AddTensor(test::Moved(type, input));
    const int axes =
        builder.AddTensor(test::ConstantInt32({random.Between(0, 1) == 0 ? axis : axis - rank}));
    const int places = builder.AddTensor({output, TensorType::INT32});
    builder.AddOperator(op, {tensor, axes}, {places});
    builder.SetInputs({tensor});
    builder.SetOutputs({places});
    const RunResult result = test::RunModel(builder, {BytesOf(values)});
    ASSERT_RAN(result);
    test::ForEachPlace(output, [&](const Shape& place) {
      std::vector<T> row;
      Shape from = place;
      from.insert(from.begin() + axis, 0);
      for (; from[along] < input[along]; ++from[along]) {
        row.push_back(values[test::IndexOf(input, from)]);
      }
      const auto best = op == BuiltinOperator::ARG_MAX ? std::max_element(row.begin(), row.end())
                                                       : std::min_element(row.begin(), row.end());
      EXPECT_EQ(result.As<int32_t>()[test::IndexOf(output, place)], best - row.begin());
    });
  }
}

TEST(ArgMaxTest, FindsTheFirstOfTheBest) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    ExpectBest<int8_t>(random, TensorType::INT8, {-128, -1, 0, 3, 127});
    ExpectBest<float>(random, TensorType::FLOAT32, {-1e9f, -0.5f, 0.0f, 2.5f});
  }
}

template <typename T>
void ExpectArgsBroadcast(TensorType type) {
  ModelBuilder builder;
  const int a = builder.AddTensor({{2}, type});
  const int b = builder.AddTensor({{4}, type});
  const int output = builder.AddTensor({{4}, type});
  builder.AddOperator(BuiltinOperator::BROADCAST_ARGS, {a, b}, {output});
  builder.SetInputs({a, b});
  builder.SetOutputs({output});
  const RunResult result =
      test::RunModel(builder, {BytesOf(std::vector<T>{1, 5}), BytesOf(std::vector<T>{7, 1, 3, 1})});
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<T>(), (std::vector<T>{7, 1, 3, 5}));
}

TEST(BroadcastArgsTest, GivesTheShapeOfBoth) {
  ExpectArgsBroadcast<int32_t>(TensorType::INT32);
  ExpectArgsBroadcast<int64_t>(TensorType::INT64);
}

}  // namespace
}  // namespace earshot
