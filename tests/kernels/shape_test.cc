// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators on shapes: TRANSPOSE, PACK, UNPACK, SPLIT, SHAPE, EXPAND_DIMS and SQUEEZE, axes that
// STRIDED_SLICE drops, and the other types of operators that only move elements.

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "tests/kernels/broadcast_pairs.h"
#include "tests/kernels/exact_arithmetic.h"
#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::ModelBuilder;
using test::Random;
using test::RunResult;
using test::TensorSpec;

using Shape = std::vector<int32_t>;

constexpr uint32_t kCases = 100;
constexpr TensorType kTypes[] = {TensorType::BOOL,  TensorType::INT8,  TensorType::INT16,
                                 TensorType::INT32, TensorType::INT64, TensorType::FLOAT32};

TensorSpec Int32(const std::vector<int32_t>& values) {
  return {{static_cast<int32_t>(values.size())}, TensorType::INT32, {}, {}, BytesOf(values)};
}

// Bytes that are all different within an element and, as far as there are so many, between them.
std::vector<uint8_t> Numbered(size_t bytes) {
  std::vector<uint8_t> numbers(bytes);
  std::iota(numbers.begin(), numbers.end(), uint8_t{0});
  return numbers;
}

// Whether the model takes the output's element `to` from the input's element `from`.
bool IsMoved(const std::vector<uint8_t>& input, size_t from, const std::vector<uint8_t>& output,
             size_t to, size_t bytes) {
  return std::equal(input.begin() + static_cast<ptrdiff_t>(from * bytes),
                    input.begin() + static_cast<ptrdiff_t>((from + 1) * bytes),
                    output.begin() + static_cast<ptrdiff_t>(to * bytes));
}

RunResult RunOne(BuiltinOperator op, const TensorSpec& input,
                 const std::vector<TensorSpec>& constants, const TensorSpec& output,
                 const std::vector<uint8_t>& values, test::OperatorOptions options = {}) {
  ModelBuilder builder;
  Shape inputs = {builder.AddTensor(input)};
  for (const TensorSpec& constant : constants) inputs.push_back(builder.AddTensor(constant));
  const int result = builder.AddTensor(output);
  builder.AddOperator(op, inputs, {result}, std::move(options));
  builder.SetInputs({inputs[0]});
  builder.SetOutputs({result});
  return test::RunModel(builder, {values});
}

TEST(TransposeTest, MovesEachElementToItsPlace) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t rank = random.Between(1, 6);
    Shape shape, order;
    for (int32_t axis = 0; axis < rank; ++axis) {
      shape.push_back(random.Between(1, 4));
      order.insert(order.begin() + random.Between(0, axis), axis);
    }
    Shape output(shape.size());
    for (size_t i = 0; i < order.size(); ++i) output[i] = shape[static_cast<size_t>(order[i])];
    Shape said = order;
    if (random.Between(0, 1) == 1) said[0] -= rank;
    for (const TensorType type : kTypes) {
      const size_t bytes = ElementBytes(type);
      const std::vector<uint8_t> values = Numbered(test::Count(shape) * bytes);
      const RunResult result =
          RunOne(BuiltinOperator::TRANSPOSE, {shape, type}, {Int32(said)}, {output, type}, values);
      ASSERT_RAN(result);
      for (size_t from = 0; from < test::Count(shape); ++from) {
        std::vector<size_t> place(shape.size());
        size_t rest = from;
        for (size_t axis = shape.size(); axis-- > 0;) {
          place[axis] = rest % static_cast<size_t>(shape[axis]);
          rest /= static_cast<size_t>(shape[axis]);
        }
        size_t to = 0;
        for (size_t i = 0; i < order.size(); ++i) {
          to = to * static_cast<size_t>(output[i]) + place[static_cast<size_t>(order[i])];
        }
        ASSERT_TRUE(IsMoved(values, from, result.outputs[0], to, bytes)) << from;
      }
    }
  }
}

TEST(PackTest, PutsTensorsSideBySide) {
  for (const TensorType type : kTypes) {
    const size_t bytes = ElementBytes(type);
    for (const int32_t axis : {0, 1, 2, -1, -3}) {
      SCOPED_TRACE("axis " + std::to_string(axis));
      const size_t at = static_cast<size_t>(axis < 0 ? axis + 3 : axis);
      Shape output = {2, 3};
      output.insert(output.begin() + static_cast<ptrdiff_t>(at), 4);
      ModelBuilder builder;
      Shape inputs;
      std::vector<std::vector<uint8_t>> values;
      for (size_t i = 0; i < 4; ++i) {
        inputs.push_back(builder.AddTensor({{2, 3}, type}));
        values.push_back(Numbered(6 * bytes));
        for (uint8_t& value : values.back()) value = static_cast<uint8_t>(value + 40 * i);
      }
      const int packed = builder.AddTensor({output, type});
      builder.AddOperator(BuiltinOperator::PACK, inputs, {packed}, test::PackOptions(4, axis));
      builder.SetInputs(inputs);
      builder.SetOutputs({packed});
      const RunResult result = test::RunModel(builder, values);
      ASSERT_RAN(result);
      for (size_t to = 0; to < 24; ++to) {
        const size_t inner = at == 0 ? 6 : at == 1 ? 3 : 1;  // Elements behind the new axis.
        const size_t which = to / inner % 4;
        const size_t from = to / (inner * 4) * inner + to % inner;
        ASSERT_TRUE(IsMoved(values[which], from, result.outputs[0], to, bytes)) << to;
      }
    }
  }
}

TEST(PackTest, UnpackTakesThemApart) {
  for (const TensorType type : kTypes) {
    const size_t bytes = ElementBytes(type);
    for (const int32_t axis : {0, 1, 2, -1, -3}) {
      SCOPED_TRACE("axis " + std::to_string(axis));
      const size_t at = static_cast<size_t>(axis < 0 ? axis + 3 : axis);
      Shape input = {2, 3};
      input.insert(input.begin() + static_cast<ptrdiff_t>(at), 4);
      ModelBuilder builder;
      const int whole = builder.AddTensor({input, type});
      Shape outputs;
      for (size_t i = 0; i < 4; ++i) outputs.push_back(builder.AddTensor({{2, 3}, type}));
      builder.AddOperator(BuiltinOperator::UNPACK, {whole}, outputs, test::UnpackOptions(4, axis));
      builder.SetInputs({whole});
      builder.SetOutputs(outputs);
      const std::vector<uint8_t> values = Numbered(24 * bytes);
      const RunResult result = test::RunModel(builder, {values});
      ASSERT_RAN(result);
      for (size_t from = 0; from < 24; ++from) {
        const size_t inner = at == 0 ? 6 : at == 1 ? 3 : 1;  // Elements behind the axis.
        const size_t to = from / (inner * 4) * inner + from % inner;
        ASSERT_TRUE(IsMoved(values, from, result.outputs[from / inner % 4], to, bytes)) << from;
      }
    }
  }
}

TEST(SplitTest, CutsIntoEqualParts) {
  for (const TensorType type : kTypes) {
    const size_t bytes = ElementBytes(type);
    for (const int32_t axis : {0, 1, -1}) {
      SCOPED_TRACE("axis " + std::to_string(axis));
      ModelBuilder builder;
      const int along = builder.AddTensor({{}, TensorType::INT32, {}, {}, BytesOf(Shape{axis})});
      const int whole = builder.AddTensor({axis == 0 ? Shape{6, 2} : Shape{2, 6}, type});
      Shape outputs;
      for (size_t i = 0; i < 3; ++i) outputs.push_back(builder.AddTensor({{2, 2}, type}));
      builder.AddOperator(BuiltinOperator::SPLIT, {along, whole}, outputs);
      builder.SetInputs({whole});
      builder.SetOutputs(outputs);
      const std::vector<uint8_t> values = Numbered(12 * bytes);
      const RunResult result = test::RunModel(builder, {values});
      ASSERT_RAN(result);
      for (size_t from = 0; from < 12; ++from) {
        const size_t which = axis == 0 ? from / 4 : from % 6 / 2;
        const size_t to = axis == 0 ? from % 4 : from / 6 * 2 + from % 2;
        ASSERT_TRUE(IsMoved(values, from, result.outputs[which], to, bytes)) << from;
      }
    }
  }
}

TEST(ShapeTest, GivesTheExtents) {
  for (const Shape& shape : {Shape{7}, Shape{2, 3, 1}, Shape{1, 1, 4, 1, 2}}) {
    const RunResult result = RunOne(BuiltinOperator::SHAPE, {shape, TensorType::FLOAT32}, {},
                                    {{static_cast<int32_t>(shape.size())}, TensorType::INT32},
                                    Numbered(4 * test::Count(shape)));
    ASSERT_RAN(result);
    EXPECT_EQ(result.As<int32_t>(), shape);
  }
}

TEST(ShapeTest, ExpandDimsAndSqueezeKeepAllElements) {
  for (const TensorType type : kTypes) {
    const std::vector<uint8_t> values = Numbered(6 * ElementBytes(type));
    const RunResult expanded = RunOne(BuiltinOperator::EXPAND_DIMS, {{2, 3}, type}, {Int32({1})},
                                      {{2, 1, 3}, type}, values);
    const RunResult squeezed =
        RunOne(BuiltinOperator::SQUEEZE, {{1, 2, 1, 3}, type}, {}, {{2, 3}, type}, values);
    ASSERT_RAN(expanded);
    ASSERT_RAN(squeezed);
    EXPECT_EQ(expanded.outputs[0], values);
    EXPECT_EQ(squeezed.outputs[0], values);
  }
}

TEST(StridedSliceTest, DropsAxesThatShrink) {
  struct Slice {
    Shape begin, end;
    int32_t begin_mask, shrink_mask;
    Shape output;
    size_t first;
  };
  // Of {3, 2, 2}; where an axis shrinks, its end does not count, but the mask of begins does.
  const Slice slices[] = {{{1, 0, 0}, {2, 2, 2}, 0, 1, {2, 2}, 4},
                          {{-1, 1, 0}, {0, 0, 2}, 0, 3, {2}, 10},
                          {{-1, 1, 0}, {0, 0, 2}, 1, 3, {2}, 2},
                          {{2, 1, 1}, {9, 9, 9}, 0, 7, {}, 11}};
  for (const TensorType type : kTypes) {
    const size_t bytes = ElementBytes(type);
    const std::vector<uint8_t> values = Numbered(12 * bytes);
    for (const Slice& slice : slices) {
      SCOPED_TRACE(slice.first);
      const RunResult result =
          RunOne(BuiltinOperator::STRIDED_SLICE, {{3, 2, 2}, type},
                 {Int32(slice.begin), Int32(slice.end), Int32({1, 1, 1})}, {slice.output, type},
                 values, test::StridedSliceOptions({slice.begin_mask, 0, 0, 0, slice.shrink_mask}));
      ASSERT_RAN(result);
      for (size_t i = 0; i < test::Count(slice.output); ++i) {
        EXPECT_TRUE(IsMoved(values, slice.first + i, result.outputs[0], i, bytes)) << i;
      }
    }
  }
}

TEST(ConcatenationTest, JoinsOtherTypesAndTensorsWithoutQuantization) {
  for (const TensorType type : kTypes) {
    const size_t bytes = ElementBytes(type);
    const std::vector<uint8_t> values = Numbered(4 * bytes);
    const std::vector<uint8_t> constant(2 * bytes, 0xA5);
    TensorSpec second = {{2, 1}, type};
    second.data = constant;
    const RunResult result = RunOne(BuiltinOperator::CONCATENATION, {{2, 2}, type}, {second},
                                    {{2, 3}, type}, values, test::ConcatenationOptions(1));
    ASSERT_RAN(result);
    for (const size_t i : {0u, 1u}) {
      EXPECT_TRUE(IsMoved(values, 2 * i, result.outputs[0], 3 * i, bytes));
      EXPECT_TRUE(IsMoved(values, 2 * i + 1, result.outputs[0], 3 * i + 1, bytes));
      EXPECT_TRUE(IsMoved(constant, i, result.outputs[0], 3 * i + 2, bytes));
    }
  }
}

// How converters write a reshape that keeps the number of batches, which they do not know.
TEST(ShapeTest, ChainsOfShapesRun) {
  ModelBuilder builder;
  const TensorSpec values{{2, 3, 4}, TensorType::INT8, {0.5f}, {1}};
  const int input = builder.AddTensor(values);
  const int shape = builder.AddTensor({{3}, TensorType::INT32});
  const int batches = builder.AddTensor({{}, TensorType::INT32});
  const int wanted = builder.AddTensor({{2}, TensorType::INT32});
  const int rest = builder.AddTensor({{}, TensorType::INT32, {}, {}, BytesOf(Shape{12})});
  const int output = builder.AddTensor({{2, 12}, TensorType::INT8, {0.5f}, {1}});
  const int begin = builder.AddTensor(Int32({0}));
  const int end = builder.AddTensor(Int32({1}));
  builder.AddOperator(BuiltinOperator::SHAPE, {input}, {shape});
  builder.AddOperator(BuiltinOperator::STRIDED_SLICE, {shape, begin, end, end}, {batches},
                      test::StridedSliceOptions({0, 0, 0, 0, 1}));
  builder.AddOperator(BuiltinOperator::PACK, {batches, rest}, {wanted}, test::PackOptions(2, 0));
  builder.AddOperator(BuiltinOperator::RESHAPE, {input, wanted}, {output});
  builder.SetInputs({input});
  builder.SetOutputs({output, wanted});
  const RunResult result = test::RunModel(builder, {Numbered(24)});
  ASSERT_RAN(result);
  EXPECT_EQ(result.outputs[0], Numbered(24));
  EXPECT_EQ(result.As<int32_t>(1), (Shape{2, 12}));
}

}  // namespace
}  // namespace earshot
