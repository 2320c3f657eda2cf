// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Subgraphs that IF and WHILE cannot call.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>

#include "earshot/runtime/called_subgraph.h"
#include "tests/kernels/control_flow_model.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::BoolScalar;
using test::IfOptions;
using test::Int32;
using test::ModelBuilder;
using test::TensorSpec;
using test::WhileOptions;

constexpr StatusCode kInvalid = StatusCode::kInvalidModel;
constexpr StatusCode kUnsupported = StatusCode::kUnsupported;

void ExpectRefused(const ModelBuilder& model, StatusCode code, const std::string& text) {
  const Status status = test::RunModel(model, {}).status;
  EXPECT_EQ(status.code, code) << test::Text(status);
  EXPECT_NE(test::Text(status).find(text), std::string::npos) << test::Text(status);
}

// An IF on one number, open to damage, whose branches are what is added behind it.
struct Caller {
  test::OperatorOptions options = IfOptions(1, 1);
  TensorSpec condition = BoolScalar();
  TensorSpec input = Int32(1);
  TensorSpec output = Int32(1);

  ModelBuilder Build() const {
    ModelBuilder model;
    const int truth = model.AddTensor(condition);
    const int x = model.AddTensor(input), y = model.AddTensor(output);
    model.AddOperator(BuiltinOperator::IF, {truth, x}, {y}, options);
    model.SetInputs({truth, x});
    model.SetOutputs({y});
    return model;
  }
};

// A branch that calls others.
void AddCallingBranch(ModelBuilder& model, int then_branch, int else_branch) {
  model.BeginSubgraph();
  const int x = model.AddTensor(Int32(1)), y = model.AddTensor(Int32(1));
  const int truth = model.AddTensor({{1}, TensorType::BOOL, {}, {}, {1}});
  model.AddOperator(BuiltinOperator::IF, {truth, x}, {y}, IfOptions(then_branch, else_branch));
  model.SetInputs({x});
  model.SetOutputs({y});
}

// One that gives what it takes.
void AddBranch(ModelBuilder& model, TensorSpec tensor = Int32(1)) {
  model.BeginSubgraph();
  model.SetInputs({model.AddTensor(std::move(tensor))});
  model.SetOutputs({0});
}

ModelBuilder Damaged(const Caller& caller) {
  ModelBuilder model = caller.Build();
  AddBranch(model);
  return model;
}

TEST(ControlFlowPrepareTest, RefusesAnOperatorThatContradictsItself) {
  Caller caller;
  EXPECT_TRUE(test::RunModel(Damaged(caller), {}).status.ok());
  caller.options = {};
  ExpectRefused(Damaged(caller), kInvalid, "options");
  caller = Caller();
  caller.condition = Int32(1);
  ExpectRefused(Damaged(caller), kUnsupported, "input: type");
  caller = Caller();
  caller.condition = {{2}, TensorType::BOOL};
  ExpectRefused(Damaged(caller), kInvalid, "a truth");
  caller = Caller();
  caller.input = Int32(2);
  ExpectRefused(Damaged(caller), kInvalid, "subgraph: bytes");
  caller = Caller();
  caller.output = {{1}, TensorType::FLOAT32};
  ExpectRefused(Damaged(caller), kInvalid, "subgraph: type");
}

TEST(ControlFlowPrepareTest, RefusesSubgraphsThatThereAreNot) {
  Caller caller;
  for (const int wrong : {-1, 2, INT32_MIN, INT32_MAX}) {
    caller.options = IfOptions(wrong, 1);
    ExpectRefused(Damaged(caller), kInvalid, "subgraph (wanted: less than)");
    caller.options = IfOptions(1, wrong);
    ExpectRefused(Damaged(caller), kInvalid, "subgraph (wanted: less than)");
  }
}

TEST(ControlFlowPrepareTest, RefusesSubgraphsThatCallThemselves) {
  ModelBuilder model = Caller().Build();
  AddCallingBranch(model, 1, 1);
  ExpectRefused(model, kUnsupported, "one that calls itself");

  model = Caller().Build();
  AddCallingBranch(model, 3, 2);
  AddCallingBranch(model, 3, 1);
  AddBranch(model);
  ExpectRefused(model, kUnsupported, "one that calls itself");

  ModelBuilder main;
  const int truth = main.AddTensor(BoolScalar()), y = main.AddTensor(BoolScalar());
  main.AddOperator(BuiltinOperator::IF, {truth, truth}, {y}, IfOptions(0, 0));
  main.SetInputs({truth});
  main.SetOutputs({y});
  ExpectRefused(main, kUnsupported, "the main one");
}

// Each branch calls the next one: as deep as it may be, and deeper by one. A second way to the same
// branches makes them deeper, too.
TEST(ControlFlowPrepareTest, RefusesTooManyCallsWithinOneAnother) {
  const auto chain = [](int calls) {
    ModelBuilder model = Caller().Build();
    for (int i = 1; i < calls; ++i) AddCallingBranch(model, i + 1, i + 1);
    AddBranch(model);
    return model;
  };
  constexpr int kMost = kMostNestedCalls;
  EXPECT_TRUE(test::RunModel(chain(kMost), {}).status.ok());
  ExpectRefused(chain(kMost + 1), kUnsupported, "calls of subgraphs within one another");
  ExpectRefused(chain(3000), kUnsupported, "calls of subgraphs within one another");

  Caller caller;
  caller.options = IfOptions(1, kMost + 1);
  ModelBuilder model = caller.Build();
  for (int i = 1; i < kMost; ++i) AddCallingBranch(model, i + 1, i + 1);
  AddBranch(model);
  AddCallingBranch(model, 1, 1);
  ExpectRefused(model, kUnsupported, "calls of subgraphs within one another");
}

TEST(ControlFlowPrepareTest, RefusesWhatASubgraphCannotRun) {
  ModelBuilder model = Caller().Build();
  AddBranch(model, test::ConstantInt32({1}));
  ExpectRefused(model, kUnsupported, "a model input is a constant");

  model = Caller().Build();
  model.BeginSubgraph();
  model.SetInputs({model.AddTensor(Int32(1))});
  model.SetOutputs({model.AddTensor(Int32(1))});
  ExpectRefused(model, kInvalid, "that no operator writes");

  TensorSpec never = Int32(1);
  for (const bool is_variable : {false, true}) {
    never.is_variable = is_variable;
    model = Caller().Build();
    model.BeginSubgraph();
    const int x = model.AddTensor(Int32(1)), y = model.AddTensor(Int32(1));
    model.AddOperator(BuiltinOperator::ADD, {x, model.AddTensor(never)}, {y}, test::AddOptions());
    model.SetInputs({x});
    model.SetOutputs({y});
    if (is_variable) {
      ExpectRefused(model, kUnsupported, "a variable tensor in a subgraph");
    } else {
      ExpectRefused(model, kInvalid, "read before an operator has written it");
    }
  }

  model = Caller().Build();
  test::AddBinarySubgraph(model, BuiltinOperator::ADD, 1, test::AddOptions());
  ExpectRefused(model, kInvalid, "subgraph: number of inputs");

  model = Caller().Build();
  model.BeginSubgraph();
  const int a = model.AddTensor(Int32(1)), b = model.AddTensor(Int32(1));
  model.AddCustomOperator("Unheard", {a}, {b});
  model.SetInputs({a});
  model.SetOutputs({b});
  ExpectRefused(model, kUnsupported, "no kernel is registered for");
}

TEST(ControlFlowPrepareTest, RefusesAConditionThatIsNoTruth) {
  ModelBuilder model;
  const int x = model.AddTensor(Int32(1)), y = model.AddTensor(Int32(1));
  model.AddOperator(BuiltinOperator::WHILE, {x}, {y}, WhileOptions(1, 1));
  model.SetInputs({x});
  model.SetOutputs({y});
  AddBranch(model);
  ExpectRefused(model, kUnsupported, "condition: type");
}

TEST(ControlFlowPrepareTest, RefusesALoopThatGivesSomethingElse) {
  ModelBuilder model;
  const int x = model.AddTensor(Int32(1)), y = model.AddTensor(Int32(2));
  model.AddOperator(BuiltinOperator::WHILE, {x}, {y}, WhileOptions(1, 1));
  model.SetInputs({x});
  model.SetOutputs({y});
  AddBranch(model);
  ExpectRefused(model, kInvalid, "bytes of what it takes");
}

}  // namespace
}  // namespace earshot
