// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Models whose subgraphs call one another.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/support/model_builder.h"

namespace earshot::test {

inline TensorSpec Int32(int32_t size) { return {{size}, TensorType::INT32}; }

inline TensorSpec ConstantInt32(const std::vector<int32_t>& values) {
  return {{static_cast<int32_t>(values.size())}, TensorType::INT32, {}, {}, BytesOf(values)};
}

inline TensorSpec BoolScalar() { return {{1}, TensorType::BOOL}; }

// A subgraph [size] x [size] -> [size] of one operator.
inline void AddBinarySubgraph(ModelBuilder& model, BuiltinOperator op, int32_t size,
                              OperatorOptions options) {
  model.BeginSubgraph();
  const int a = model.AddTensor(Int32(size)), b = model.AddTensor(Int32(size));
  const int c = model.AddTensor(Int32(size));
  model.AddOperator(op, {a, b}, {c}, std::move(options));
  model.SetInputs({a, b});
  model.SetOutputs({c});
}

// (condition, a, b) -> a + b or a - b.
inline ModelBuilder AddOrSubtract(int32_t size) {
  ModelBuilder model;
  const int condition = model.AddTensor(BoolScalar());
  const int a = model.AddTensor(Int32(size)), b = model.AddTensor(Int32(size));
  const int c = model.AddTensor(Int32(size));
  model.AddOperator(BuiltinOperator::IF, {condition, a, b}, {c}, IfOptions(1, 2));
  model.SetInputs({condition, a, b});
  model.SetOutputs({c});
  AddBinarySubgraph(model, BuiltinOperator::ADD, size, AddOptions());
  AddBinarySubgraph(model, BuiltinOperator::SUB, size, SubOptions());
  return model;
}

// A subgraph (x, i) -> whether the `tested` of both is less than the limit.
inline void AddLessSubgraph(ModelBuilder& model, int32_t limit, size_t tested) {
  model.BeginSubgraph();
  const std::vector<int> given = {model.AddTensor(Int32(1)), model.AddTensor(Int32(1))};
  const int most = model.AddTensor(ConstantInt32({limit}));
  const int is_less = model.AddTensor(BoolScalar());
  model.AddOperator(BuiltinOperator::LESS, {given[tested], most}, {is_less});
  model.SetInputs(given);
  model.SetOutputs({is_less});
}

// sum -> sum + 0 + 1 + 2 + ... as long as these are below the limit, and how many they were.
inline ModelBuilder SumOfNumbersBelow(int32_t limit) {
  ModelBuilder model;
  const int start = model.AddTensor(Int32(1)), zero = model.AddTensor(ConstantInt32({0}));
  const int sum = model.AddTensor(Int32(1)), count = model.AddTensor(Int32(1));
  model.AddOperator(BuiltinOperator::WHILE, {start, zero}, {sum, count}, WhileOptions(1, 2));
  model.SetInputs({start});
  model.SetOutputs({sum, count});
  AddLessSubgraph(model, limit, 1);
  model.BeginSubgraph();
  const int x = model.AddTensor(Int32(1)), i = model.AddTensor(Int32(1));
  const int one = model.AddTensor(ConstantInt32({1}));
  const int more = model.AddTensor(Int32(1)), next = model.AddTensor(Int32(1));
  model.AddOperator(BuiltinOperator::ADD, {x, i}, {more}, AddOptions());
  model.AddOperator(BuiltinOperator::ADD, {i, one}, {next}, AddOptions());
  model.SetInputs({x, i});
  model.SetOutputs({more, next});
  return model;
}

// A subgraph (x, i) -> (x + `x_more`, i + `i_more`); x + x where `x_more` is 0.
inline void AddStepSubgraph(ModelBuilder& model, int32_t x_more, int32_t i_more) {
  model.BeginSubgraph();
  const int x = model.AddTensor(Int32(1)), i = model.AddTensor(Int32(1));
  const int by = x_more == 0 ? x : model.AddTensor(ConstantInt32({x_more}));
  const int i_by = model.AddTensor(ConstantInt32({i_more}));
  const int x_next = model.AddTensor(Int32(1)), i_next = model.AddTensor(Int32(1));
  model.AddOperator(BuiltinOperator::ADD, {x, by}, {x_next}, AddOptions());
  model.AddOperator(BuiltinOperator::ADD, {i, i_by}, {i_next}, AddOptions());
  model.SetInputs({x, i});
  model.SetOutputs({x_next, i_next});
}

// x -> (x, steps) after: while (x < 40) { if (x < 10) { while (x < 10) x += 3; } else { x += x; }
// ++steps; }. The condition x < 10 is one subgraph with two callers.
inline ModelBuilder NestedCalls() {
  ModelBuilder model;
  const auto number = [&model] { return model.AddTensor(Int32(1)); };
  const int start = number(), zero = model.AddTensor(ConstantInt32({0}));
  const int end = number(), steps = number();
  model.AddOperator(BuiltinOperator::WHILE, {start, zero}, {end, steps}, WhileOptions(1, 2));
  model.SetInputs({start});
  model.SetOutputs({end, steps});
  AddLessSubgraph(model, 40, 0);  // 1
  model.BeginSubgraph();          // 2
  {
    const int x = number(), i = number(), ten = model.AddTensor(ConstantInt32({10}));
    const int one = model.AddTensor(ConstantInt32({1})), is_less = model.AddTensor(BoolScalar());
    const int x_next = number(), same = number(), i_next = number();
    model.AddOperator(BuiltinOperator::LESS, {x, ten}, {is_less});
    model.AddOperator(BuiltinOperator::IF, {is_less, x, i}, {x_next, same}, IfOptions(4, 5));
    model.AddOperator(BuiltinOperator::ADD, {same, one}, {i_next}, AddOptions());
    model.SetInputs({x, i});
    model.SetOutputs({x_next, i_next});
  }
  AddLessSubgraph(model, 10, 0);  // 3
  model.BeginSubgraph();          // 4
  {
    const int x = number(), i = number(), x_next = number(), same = number();
    model.AddOperator(BuiltinOperator::WHILE, {x, i}, {x_next, same}, WhileOptions(3, 6));
    model.SetInputs({x, i});
    model.SetOutputs({x_next, same});
  }
  AddStepSubgraph(model, 0, 0);  // 5
  AddStepSubgraph(model, 3, 0);  // 6
  return model;
}

// Branches that make a tensor of so many numbers of one, and one number of that.
inline ModelBuilder BranchesWithScratch(int32_t then_size, int32_t else_size) {
  ModelBuilder model;
  const int condition = model.AddTensor(BoolScalar());
  const int x = model.AddTensor(Int32(1)), y = model.AddTensor(Int32(1));
  model.AddOperator(BuiltinOperator::IF, {condition, x}, {y}, IfOptions(1, 2));
  model.SetInputs({condition, x});
  model.SetOutputs({y});
  for (const int32_t size : {then_size, else_size}) {
    model.BeginSubgraph();
    const int in = model.AddTensor(Int32(1)), out = model.AddTensor(Int32(1));
    const int shape = model.AddTensor(ConstantInt32({size}));
    const int many = model.AddTensor(Int32(size));
    const int begin = model.AddTensor(ConstantInt32({0})),
              one = model.AddTensor(ConstantInt32({1}));
    model.AddOperator(BuiltinOperator::BROADCAST_TO, {in, shape}, {many});
    model.AddOperator(BuiltinOperator::SLICE, {many, begin, one}, {out});
    model.SetInputs({in});
    model.SetOutputs({out});
  }
  return model;
}

}  // namespace earshot::test
