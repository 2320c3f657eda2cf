// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// IF and WHILE, against the same written as if and while.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "earshot/runtime/called_subgraph.h"
#include "tests/kernels/control_flow_model.h"
#include "tests/kernels/exact_arithmetic.h"
#include "tests/kernels/stream_model.h"
#include "tests/support/repeated_runs.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::IfOptions;
using test::Int32;
using test::ModelBuilder;
using test::Random;
using test::RepeatedRuns;
using test::RunResult;
using test::TensorSpec;
using test::Text;

RunResult RunOnce(const ModelBuilder& model, const std::vector<std::vector<uint8_t>>& inputs) {
  RunResult result = test::RunModel(model, inputs);
  EXPECT_TRUE(result.status.ok()) << Text(result.status);
  return result;
}

std::vector<uint8_t> Truth(bool truth) { return {static_cast<uint8_t>(truth ? 1 : 0)}; }

TEST(ControlFlowTest, IfRunsTheBranchOfItsCondition) {
  Random random(1);
  for (int round = 0; round < 20; ++round) {
    const int32_t size = random.Between(1, 9);
    std::vector<int32_t> a(static_cast<size_t>(size)), b(a.size());
    for (int32_t& value : a) value = random.Between(-1000, 1000);
    for (int32_t& value : b) value = random.Between(-1000, 1000);
    const bool condition = round % 2 != 0;
    const auto found =
        RunOnce(test::AddOrSubtract(size), {Truth(condition), BytesOf(a), BytesOf(b)})
            .As<int32_t>();
    for (size_t i = 0; i < a.size(); ++i) {
      EXPECT_EQ(found[i], condition ? a[i] + b[i] : a[i] - b[i]) << round;
    }
  }
}

TEST(ControlFlowTest, WhileRunsAsLongAsItsConditionHolds) {
  for (const int32_t limit : {-3, 0, 1, 2, 7, 40}) {
    RepeatedRuns runs(test::SumOfNumbersBelow(limit));
    for (const int32_t start : {5, 0, 100, -4}) {
      int32_t sum = start, i = 0;
      for (; i < limit; ++i) sum += i;
      const std::vector<int32_t> found = runs.Run(std::vector<int32_t>{start});
      EXPECT_EQ(found[0], sum) << limit;
      EXPECT_EQ(runs.interpreter().output(1).as<int32_t>()[0], i) << limit;
    }
  }
}

// In a WHILE an IF, in that one another WHILE, in which the same IF's subgraph is called as well.
TEST(ControlFlowTest, CallsLieWithinOneAnother) {
  for (const int32_t start : {0, 1, 5, 12}) {
    int32_t x = start, steps = 0;
    while (x < 40) {  // As in NestedCalls().
      if (x < 10) {
        while (x < 10) x += 3;
      } else {
        x += x;
      }
      ++steps;
    }
    const RunResult result = RunOnce(test::NestedCalls(), {BytesOf(std::vector<int32_t>{start})});
    EXPECT_EQ(result.As<int32_t>(0)[0], x) << start;
    EXPECT_EQ(result.As<int32_t>(1)[0], steps) << start;
  }
}

// What goes through unchanged, swapped, twice or as a constant.
TEST(ControlFlowTest, OutputsMayBeInputsOrConstants) {
  ModelBuilder model;
  const int condition = model.AddTensor(test::BoolScalar());
  const int a = model.AddTensor(Int32(2)), b = model.AddTensor(Int32(2));
  std::vector<int> outputs;
  for (int i = 0; i < 4; ++i) outputs.push_back(model.AddTensor(Int32(2)));
  model.AddOperator(BuiltinOperator::IF, {condition, a, b}, outputs, IfOptions(1, 2));
  model.SetInputs({condition, a, b});
  model.SetOutputs(outputs);
  for (int branch = 0; branch < 2; ++branch) {
    model.BeginSubgraph();
    const int x = model.AddTensor(Int32(2)), y = model.AddTensor(Int32(2));
    const int constant = model.AddTensor(test::ConstantInt32({7 + branch, -7}));
    model.SetInputs({x, y});
    model.SetOutputs(branch == 0 ? std::vector<int>{y, x, x, constant}
                                 : std::vector<int>{x, y, constant, constant});
  }
  const std::vector<int32_t> one = {1, 2}, other = {3, 4};
  for (const bool truth : {true, false}) {
    const RunResult result = RunOnce(model, {Truth(truth), BytesOf(one), BytesOf(other)});
    const std::vector<int32_t> constant = {truth ? 7 : 8, -7};
    EXPECT_EQ(result.As<int32_t>(0), truth ? other : one);
    EXPECT_EQ(result.As<int32_t>(1), truth ? one : other);
    EXPECT_EQ(result.As<int32_t>(2), truth ? one : constant);
    EXPECT_EQ(result.As<int32_t>(3), constant);
  }
}

// A delay in a branch remembers from one of its runs to the next, and forgets at a reset, also
// where it does not run in the first Invoke() after it.
TEST(ControlFlowTest, BranchesKeepWhatTheyRemember) {
  ModelBuilder model;
  const TensorSpec samples = {{2}, TensorType::INT16};
  const int x = model.AddTensor(samples), condition = model.AddTensor(test::BoolScalar());
  const int y = model.AddTensor(samples), z = model.AddTensor(samples);
  model.AddOperator(BuiltinOperator::IF, {condition, x}, {y}, IfOptions(1, 2));
  model.AddOperator(BuiltinOperator::IF, {condition, y}, {z}, IfOptions(1, 2));
  model.SetInputs({x, condition});
  model.SetOutputs({y, z});
  model.BeginSubgraph();
  const int in = model.AddTensor(samples), out = model.AddTensor(samples);
  model.AddCustomOperator("SignalDelay", {in}, {out}, test::Flexbuffer({{"delay_length", 2}}));
  model.SetInputs({in});
  model.SetOutputs({out});
  model.BeginSubgraph();
  model.SetInputs({model.AddTensor(samples)});
  model.SetOutputs({0});
  RepeatedRuns runs(model);
  std::vector<int16_t> late = {0, 0};
  for (int16_t i = 1; i < 20; ++i) {
    const bool truth = i % 3 != 0;
    const bool is_reset = i == 9;  // Where the branch does not run.
    if (is_reset) {
      runs.interpreter().ResetVariables();
      late = {0, 0};
    }
    std::vector<int16_t> wanted = {i, static_cast<int16_t>(-i)};
    runs.interpreter().input(1).bytes[0] = truth ? 1 : 0;
    const std::vector<int16_t> found = runs.Run(wanted);
    if (truth) std::swap(wanted, late);
    EXPECT_EQ(found, wanted) << i;
    if (truth) std::swap(wanted, late);  // The same delay again.
    const Span<int16_t> second = runs.interpreter().output(1).as<int16_t>();
    EXPECT_EQ((std::vector<int16_t>{second.begin(), second.end()}), wanted) << i;
  }
}

// A ring in a branch that waits for more inputs ends all of Invoke().
TEST(ControlFlowTest, BranchesMayEndInvoke) {
  ModelBuilder model;
  const test::SignalOperator ring = test::Ring(2, 1, 1, 3, false);
  const int condition = model.AddTensor(test::BoolScalar());
  const int x = model.AddTensor(ring.inputs[0]), y = model.AddTensor(ring.inputs[0]);
  model.AddOperator(BuiltinOperator::IF, {condition, x}, {y}, IfOptions(1, 2));
  model.SetInputs({condition, x});
  model.SetOutputs({y});
  model.BeginSubgraph();
  const int in = model.AddTensor(ring.inputs[0]), out = model.AddTensor(ring.outputs[0]);
  model.AddCustomOperator("CIRCULAR_BUFFER", {in}, {out}, test::Flexbuffer(ring.options));
  model.SetInputs({in});
  model.SetOutputs({in});
  model.BeginSubgraph();
  model.SetInputs({model.AddTensor(ring.inputs[0])});
  model.SetOutputs({0});
  RepeatedRuns runs(model);
  for (int i = 1; i < 8; ++i) {
    runs.Run(Truth(true));
    EXPECT_EQ(runs.interpreter().has_new_outputs(), i % 3 == 0) << i;
    runs.Run(Truth(false));
    EXPECT_TRUE(runs.interpreter().has_new_outputs()) << i;
  }
  // After a reset the ring in the branch starts anew, too.
  runs.interpreter().ResetVariables();
  for (int i = 1; i < 4; ++i) {
    runs.Run(Truth(true));
    EXPECT_EQ(runs.interpreter().has_new_outputs(), i == 3) << i;
  }
}

// A variable that a branch counts up, and what it holds outside of it.
TEST(ControlFlowTest, BranchesKnowTheModelsVariables) {
  const TensorSpec resource = {{}, TensorType::RESOURCE};
  const test::OperatorOptions name = test::VarHandleOptions("count");
  ModelBuilder model;
  const int condition = model.AddTensor(test::BoolScalar()), handle = model.AddTensor(resource);
  const int before = model.AddTensor(Int32(1)), after = model.AddTensor(Int32(1));
  model.AddOperator(BuiltinOperator::CALL_ONCE, {}, {}, test::CallOnceOptions(1));
  model.AddOperator(BuiltinOperator::VAR_HANDLE, {}, {handle}, name);
  model.AddOperator(BuiltinOperator::READ_VARIABLE, {handle}, {before});
  model.AddOperator(BuiltinOperator::IF, {condition, before}, {after}, IfOptions(2, 3));
  model.SetInputs({condition});
  model.SetOutputs({after});
  model.BeginSubgraph();  // 1
  model.AddOperator(BuiltinOperator::VAR_HANDLE, {}, {model.AddTensor(resource)}, name);
  model.AddOperator(BuiltinOperator::ASSIGN_VARIABLE,
                    {0, model.AddTensor(test::ConstantInt32({10}))}, {});
  model.BeginSubgraph();  // 2
  const int count = model.AddTensor(Int32(1)), one = model.AddTensor(test::ConstantInt32({1}));
  const int more = model.AddTensor(Int32(1)), own = model.AddTensor(resource);
  model.AddOperator(BuiltinOperator::ADD, {count, one}, {more}, test::AddOptions());
  model.AddOperator(BuiltinOperator::VAR_HANDLE, {}, {own}, name);
  model.AddOperator(BuiltinOperator::ASSIGN_VARIABLE, {own, more}, {});
  model.SetInputs({count});
  model.SetOutputs({more});
  model.BeginSubgraph();  // 3
  model.SetInputs({model.AddTensor(Int32(1))});
  model.SetOutputs({0});
  RepeatedRuns runs(model);
  int32_t wanted = 10;
  for (const bool truth : {false, true, true, false, true}) {
    if (truth) ++wanted;
    runs.Run(Truth(truth));
    EXPECT_EQ(runs.interpreter().output(0).as<int32_t>()[0], wanted);
  }
  runs.interpreter().ResetVariables();
  runs.Run(Truth(false));
  EXPECT_EQ(runs.interpreter().output(0).as<int32_t>()[0], 10);
}

TEST(ControlFlowTest, NeedsTheArenaThatIsSaid) { test::ExpectArenaIsKnown(test::NestedCalls()); }

// Two branches of which one runs take the memory of the larger one.
TEST(ControlFlowTest, BranchesShareMemory) {
  const auto arena_bytes = [](int32_t then_size, int32_t else_size) {
    const AlignedBytes bytes = test::BranchesWithScratch(then_size, else_size).Build();
    Model model;
    EXPECT_TRUE(Model::Load(bytes.span(), &model).ok());
    AlignedBytes arena(size_t{1} << 16);
    Interpreter interpreter(model, AllKernelsResolver(), arena.span());
    EXPECT_TRUE(interpreter.AllocateTensors().ok());
    return interpreter.arena_used_bytes();
  };
  EXPECT_LT(arena_bytes(1000, 1000), arena_bytes(1000, 1) + 100);
  EXPECT_GE(arena_bytes(1000, 1000), arena_bytes(1, 1) + 3900);
}

}  // namespace
}  // namespace earshot
