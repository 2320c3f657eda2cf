// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that only move elements, against index arithmetic written in another way:
// CONCATENATION, SPLIT_V and STRIDED_SLICE, on tensors whose elements are all different.

#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <vector>

#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::ModelBuilder;
using test::RunResult;
using test::TensorSpec;

using Shape = std::vector<int32_t>;
using Values = std::vector<int8_t>;

TensorSpec Int8(Shape shape) { return {std::move(shape), TensorType::INT8, {0.5f}, {3}}; }

TensorSpec Int32(const std::vector<int32_t>& values) {
  return {{static_cast<int32_t>(values.size())}, TensorType::INT32, {}, {}, BytesOf(values)};
}

// first, first + 1, ...
Values Numbers(const Shape& shape, int first) {
  int count = 1;
  for (const int32_t extent : shape) count *= extent;
  Values values(static_cast<size_t>(count));
  std::iota(values.begin(), values.end(), static_cast<int8_t>(first));
  return values;
}

// The element at `place`, one index for each axis.
int8_t At(const Values& values, const Shape& shape, const Shape& place) {
  size_t index = 0;
  for (size_t i = 0; i < shape.size(); ++i) {
    index = index * static_cast<size_t>(shape[i]) + static_cast<size_t>(place[i]);
  }
  return values[index];
}

// Calls `use` with each place of a shape, the last axis fastest.
template <typename Use>
void ForEachPlace(const Shape& shape, const Use& use) {
  Shape place(shape.size(), 0);
  for (;;) {
    use(place);
    size_t axis = shape.size();
    while (axis > 0 && ++place[axis - 1] == shape[axis - 1]) place[--axis] = 0;
    if (axis == 0) return;
  }
}

// Tensors of these extents along `axis`, all others being those of `shape`: each its own model
// input of CONCATENATION. The whole is then cut by SPLIT_V, and every element must be where it was.
void ExpectJoinedAndCut(Shape shape, int32_t axis, const std::vector<int32_t>& extents) {
  SCOPED_TRACE("axis " + std::to_string(axis));
  const size_t along = static_cast<size_t>(axis < 0 ? axis + static_cast<int>(shape.size()) : axis);
  ModelBuilder builder;
  std::vector<int32_t> inputs, outputs;
  std::vector<Values> values;
  std::vector<std::vector<uint8_t>> bytes;
  std::vector<Shape> shapes;
  int32_t sum = 0;
  for (const int32_t extent : extents) {
    shape[along] = extent;
    shapes.push_back(shape);
    values.push_back(Numbers(shape, static_cast<int>(values.size()) * 40 - 100));
    bytes.push_back(BytesOf(values.back()));
    inputs.push_back(builder.AddTensor(Int8(shape)));
    outputs.push_back(builder.AddTensor(Int8(shape)));
    sum += extent;
  }
  shape[along] = sum;
  const int whole = builder.AddTensor(Int8(shape));
  std::vector<int32_t> sizes = extents;
  sizes.back() = -1;
  const int size_tensor = builder.AddTensor(Int32(sizes));
  const int axis_tensor = builder.AddTensor({{}, TensorType::INT32, {}, {}, BytesOf(Shape{axis})});
  builder.AddOperator(BuiltinOperator::CONCATENATION, inputs, {whole},
                      test::ConcatenationOptions(axis));
  builder.AddOperator(BuiltinOperator::SPLIT_V, {whole, size_tensor, axis_tensor}, outputs);
  builder.SetInputs(inputs);
  std::vector<int32_t> all = outputs;
  all.push_back(whole);
  builder.SetOutputs(all);
  const RunResult result = test::RunModel(builder, bytes);
  ASSERT_RAN(result);
  for (size_t i = 0; i < values.size(); ++i) EXPECT_EQ(result.As<int8_t>(i), values[i]) << i;

  Values wanted;
  ForEachPlace(shape, [&](Shape place) {
    size_t piece = 0;
    while (place[along] >= extents[piece]) place[along] -= extents[piece++];
    wanted.push_back(At(values[piece], shapes[piece], place));
  });
  EXPECT_EQ(result.As<int8_t>(values.size()), wanted);
}

TEST(ConcatenationAndSplitVTest, MoveEachElementToItsPlace) {
  for (const int32_t axis : {0, 1, 2, 3, -1, -4}) ExpectJoinedAndCut({2, 1, 3, 2}, axis, {1, 2, 3});
  ExpectJoinedAndCut({1}, 0, {5, 1});
  ExpectJoinedAndCut({3, 3}, -1, {4});
}

struct Slice {
  Shape shape;
  Shape begin;
  Shape end;
  Shape strides;
  test::SliceSpec masks;
  Shape first;  // What they mean: the first place that is taken ...
  Shape taken;  // ... and how many along each axis.
};

const Slice kSlices[] = {
    // As streaming models keep their newest frames.
    {{1, 5, 1, 4}, {0, -2, 0, 0}, {0, 0, 0, 4}, {1, 1, 1, 1}, {13, 15}, {0, 3, 0, 0}, {1, 2, 1, 4}},
    {{1, 5, 1, 4}, {0, 1, 0, 0}, {0, 3, 0, 0}, {1, 1, 1, 1}, {13, 13}, {0, 1, 0, 0}, {1, 2, 1, 4}},
    // Strides, ends that count from the back, several axes.
    {{3, 4, 5}, {0, 1, 0}, {3, 4, 5}, {2, 2, 3}, {}, {0, 1, 0}, {2, 2, 2}},
    {{3, 4, 5}, {-2, -3, 1}, {-1, -1, -2}, {1, 1, 1}, {}, {1, 1, 1}, {1, 2, 2}},
    // Beyond the ends, as far as there is anything.
    {{7}, {-100}, {100}, {3}, {}, {0}, {3}},
    {{7}, {5}, {INT32_MAX}, {1}, {}, {5}, {2}},
    {{7}, {INT32_MIN}, {4}, {INT32_MAX}, {}, {0}, {1}},
    {{2, 7}, {1, 6}, {0, 0}, {1, 1}, {0, 3}, {1, 6}, {1, 1}},
};

TEST(StridedSliceTest, TakesEachElementThatIsMeant) {
  for (const Slice& slice : kSlices) {
    SCOPED_TRACE(&slice - kSlices);
    const Values values = Numbers(slice.shape, -30);
    ModelBuilder builder;
    const int input = builder.AddTensor(Int8(slice.shape));
    const int begin = builder.AddTensor(Int32(slice.begin));
    const int end = builder.AddTensor(Int32(slice.end));
    const int strides = builder.AddTensor(Int32(slice.strides));
    const int output = builder.AddTensor(Int8(slice.taken));
    builder.AddOperator(BuiltinOperator::STRIDED_SLICE, {input, begin, end, strides}, {output},
                        test::StridedSliceOptions(slice.masks));
    builder.SetInputs({input});
    builder.SetOutputs({output});
    const RunResult result = test::RunModel(builder, {BytesOf(values)});
    ASSERT_RAN(result);
    Values wanted;
    ForEachPlace(slice.taken, [&](Shape place) {
      for (size_t i = 0; i < place.size(); ++i) {
        place[i] = slice.first[i] + place[i] * slice.strides[i];
      }
      wanted.push_back(At(values, slice.shape, place));
    });
    EXPECT_EQ(result.As<int8_t>(), wanted);
  }
}

}  // namespace
}  // namespace earshot
