// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that move elements of any type: each element of the output against the place of the
// input that it has to come from.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/kernels/broadcast_pairs.h"
#include "tests/kernels/exact_arithmetic.h"
#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"

namespace earshot::test {

using Shape = std::vector<int32_t>;

// One of each size, and bool.
inline constexpr TensorType kMovedTypes[] = {TensorType::BOOL,  TensorType::INT8,
                                             TensorType::INT16, TensorType::INT32,
                                             TensorType::INT64, TensorType::FLOAT32};

inline constexpr int32_t kMovedZero = -7;  // The zero point of int8 here.

inline TensorSpec Moved(TensorType type, Shape shape) {
  if (type == TensorType::INT8) return {std::move(shape), type, {0.5f}, {kMovedZero}};
  return {std::move(shape), type};
}

inline TensorSpec ConstantInt32(const std::vector<int32_t>& values) {
  return {{static_cast<int32_t>(values.size())}, TensorType::INT32, {}, {}, BytesOf(values)};
}

// Contents for a tensor of any type: floats may be anything, too, as nobody calculates.
inline std::vector<uint8_t> AnyBytes(Random& random, size_t count) {
  return BytesOf(random.Int8(count));
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

// How many elements lie in front of the one at `place`.
inline size_t IndexOf(const Shape& shape, const Shape& place) {
  size_t index = 0;
  for (size_t i = 0; i < shape.size(); ++i) {
    index = index * static_cast<size_t>(shape[i]) + static_cast<size_t>(place[i]);
  }
  return index;
}

inline std::vector<uint8_t> ElementAt(const std::vector<uint8_t>& bytes, size_t index,
                                      size_t element_bytes) {
  const auto begin = bytes.begin() + static_cast<ptrdiff_t>(index * element_bytes);
  return {begin, begin + static_cast<ptrdiff_t>(element_bytes)};
}

// An operator whose input number `data` is moved; its others stand in the file.
struct Movement {
  BuiltinOperator op;
  Shape input;
  std::vector<TensorSpec> constants;
  Shape output;
  OperatorOptions options = {};
  size_t data = 0;
};

inline RunResult RunMovement(const Movement& movement, TensorType type,
                             const std::vector<uint8_t>& values) {
  ModelBuilder builder;
  std::vector<int32_t> inputs;
  const int input = builder.AddTensor(Moved(type, movement.input));
  for (const TensorSpec& constant : movement.constants) {
    inputs.push_back(builder.AddTensor(constant));
  }
  inputs.insert(inputs.begin() + static_cast<ptrdiff_t>(movement.data), input);
  const int output = builder.AddTensor(Moved(type, movement.output));
  builder.AddOperator(movement.op, inputs, {output}, movement.options);
  builder.SetInputs({input});
  builder.SetOutputs({output});
  return RunModel(builder, {values});
}

// Where an output's element comes from; an empty answer stands for `filling`.
using Source = std::function<Shape(const Shape& place)>;
inline const Shape kFilled = {-1};

// `filling`: the bytes of one element. Empty: the type's zero, or its zero point.
inline void ExpectMovedAs(TensorType type, Random& random, const Movement& movement,
                          const Source& source, std::vector<uint8_t> filling = {}) {
  SCOPED_TRACE(schema::EnumNameTensorType(type));
  const size_t bytes = ElementBytes(type);
  const std::vector<uint8_t> values = AnyBytes(random, Count(movement.input) * bytes);
  if (filling.empty()) {
    const int32_t zero = type == TensorType::INT8 ? kMovedZero : 0;
    filling.assign(bytes, static_cast<uint8_t>(zero));
  }
  const RunResult result = RunMovement(movement, type, values);
  ASSERT_RAN(result);
  ForEachPlace(movement.output, [&](const Shape& place) {
    const Shape from = source(place);
    const std::vector<uint8_t> wanted =
        from == kFilled ? filling : ElementAt(values, IndexOf(movement.input, from), bytes);
    const size_t to = IndexOf(movement.output, place);
    EXPECT_EQ(ElementAt(result.outputs[0], to, bytes), wanted) << "element " << to;
  });
}

inline void ExpectMoved(Random& random, const Movement& movement, const Source& source) {
  for (const TensorType type : kMovedTypes) ExpectMovedAs(type, random, movement, source);
}

inline Shape AnyShape(Random& random, int32_t lowest_rank, int32_t highest_rank,
                      int32_t largest = 4) {
  Shape shape(static_cast<size_t>(random.Between(lowest_rank, highest_rank)));
  for (int32_t& extent : shape) extent = random.Between(1, largest);
  return shape;
}

}  // namespace earshot::test
