// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The interpreter with kernels made for the test, so that nothing but the interpreter is tested.

#include "earshot/runtime/interpreter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/runtime/status_text.h"
#include "tests/runtime/chain_model.h"
#include "tests/support/model_builder.h"

namespace earshot {
namespace {

using test::Activation;
using test::Chain;
using test::kResolver;
using test::Loaded;
using test::ModelBuilder;

std::string Text(const Status& status) {
  char text[kStatusTextBytes];
  return StatusText(status, text);
}

std::string AllocateError(const ModelBuilder& builder) {
  Loaded loaded(builder);
  AlignedBytes arena(4096);
  return Text(Interpreter(loaded.model, kResolver, arena.span()).AllocateTensors());
}

TEST(InterpreterTest, RunsAChain) {
  Loaded loaded(Chain(4));
  AlignedBytes arena(4096);
  Interpreter interpreter(loaded.model, kResolver, arena.span());
  ASSERT_EQ(Text(interpreter.AllocateTensors()), "ok");
  ASSERT_EQ(interpreter.input_count(), 1u);
  ASSERT_EQ(interpreter.output_count(), 1u);
  for (int8_t value = -5; value < 5; ++value) {
    for (int8_t& element : interpreter.input(0).as<int8_t>()) element = value;
    ASSERT_TRUE(interpreter.Invoke().ok());
    EXPECT_EQ(interpreter.output(0).as<int8_t>().size(), 100u);
    for (const int8_t element : interpreter.output(0).as<int8_t>()) {
      ASSERT_EQ(element, value + 1 + 11 + 1 + 1);
    }
  }
}

TEST(InterpreterTest, TellsTheProfilerOfEachOperator) {
  Loaded loaded(Chain(3));
  AlignedBytes arena(4096);
  Interpreter interpreter(loaded.model, kResolver, arena.span());
  ASSERT_TRUE(interpreter.AllocateTensors().ok());
  std::string calls;
  const Profiler profiler = {
      [](void* user, size_t op) { *static_cast<std::string*>(user) += "<" + std::to_string(op); },
      [](void* user, size_t op) { *static_cast<std::string*>(user) += std::to_string(op) + ">"; },
      &calls};
  interpreter.set_profiler(&profiler);
  ASSERT_TRUE(interpreter.Invoke().ok());
  EXPECT_EQ(calls, "<00><11><22>");
  interpreter.set_profiler(nullptr);
  ASSERT_TRUE(interpreter.Invoke().ok());
  EXPECT_EQ(calls, "<00><11><22>");
}

// The promise about arenas: the size that is reported is enough, one byte less is not, and whatever
// the size, the error's numbers are right.
TEST(InterpreterTest, KnowsTheArenaItNeeds) {
  for (const int length : {1, 2, 7, 30}) {
    Loaded loaded(Chain(length));
    AlignedBytes large(16384);
    Interpreter reference(loaded.model, kResolver, large.span());
    ASSERT_TRUE(reference.AllocateTensors().ok());
    const size_t needed = reference.arena_used_bytes();
    for (size_t size = 0; size < needed; ++size) {
      AlignedBytes arena(size);
      Interpreter interpreter(loaded.model, kResolver, arena.span());
      const Status status = interpreter.AllocateTensors();
      ASSERT_EQ(status.code, StatusCode::kArenaTooSmall) << size;
      ASSERT_EQ(status.found, static_cast<int32_t>(size));
      ASSERT_GT(status.wanted, status.found);
      ASSERT_LE(status.wanted, static_cast<int32_t>(needed));
      ASSERT_EQ(interpreter.Invoke().code, StatusCode::kFailedPrecondition);
    }
    AlignedBytes exact(needed);
    Interpreter interpreter(loaded.model, kResolver, exact.span());
    ASSERT_TRUE(interpreter.AllocateTensors().ok());
    EXPECT_EQ(interpreter.arena_used_bytes(), needed);
    EXPECT_TRUE(interpreter.Invoke().ok());
  }
}

// 4 operators of 16 bytes, 12 of data, 3 of array (and 1 of padding), 8 for the count and the ref
// of a scratch buffer; refs of 2 + 3 + 3 + 2 words, one word each for input and output, up to a
// multiple of 16; then two activations and a scratch buffer of 112 bytes.
TEST(InterpreterTest, ArenaLayoutDoesNotDependOnTheTarget) {
  Loaded loaded(Chain(4));
  AlignedBytes arena(4096);
  Interpreter interpreter(loaded.model, kResolver, arena.span());
  ASSERT_TRUE(interpreter.AllocateTensors().ok());
  EXPECT_EQ(interpreter.persistent_bytes(), 208u);
  EXPECT_EQ(interpreter.arena_used_bytes(), 208u + 3 * 112);
}

// ---- scratch buffers ---------------------------------------------------------------------------

constexpr size_t kManyBuffers = 40;

size_t BufferBytes(size_t i) { return 1 + 7 * i; }

Verdict PrepareManyBuffers(PrepareContext& context) {
  uint32_t bytes[kManyBuffers];
  for (size_t i = 0; i < kManyBuffers; ++i) bytes[i] = static_cast<uint32_t>(BufferBytes(i));
  context.SetData(context.input(0).count());
  context.RequestScratch(bytes);
  return Verdict::Ok();
}

// output = input + the number of buffers whose bytes are not overwritten by another's.
void InvokeManyBuffers(const InvokeContext& context) {
  const int32_t count = context.data<int32_t>();
  for (size_t i = 0; i < kManyBuffers; ++i) {
    std::memset(context.scratch<uint8_t>(i), static_cast<int>(i), BufferBytes(i));
  }
  int8_t whole = 0;
  for (size_t i = 0; i < kManyBuffers; ++i) {
    const auto* begin = context.scratch<uint8_t>(i);
    const auto is_own = [i](uint8_t byte) { return byte == i; };
    if (std::all_of(begin, begin + BufferBytes(i), is_own)) ++whole;
  }
  for (int32_t i = 0; i < count; ++i) {
    context.output<int8_t>(0)[i] = static_cast<int8_t>(context.input<int8_t>(0)[i] + whole);
  }
}

TEST(InterpreterTest, GivesAKernelAsManyScratchBuffersAsItWants) {
  constexpr Kernel kKernel = {KernelKey(BuiltinOperator::ADD, TensorType::INT8), PrepareManyBuffers,
                              InvokeManyBuffers};
  const Kernel* const kernels[] = {&kKernel};
  Loaded loaded(Chain(2));
  AlignedBytes arena(16384);
  Interpreter interpreter(loaded.model, OperatorResolver(kernels), arena.span());
  ASSERT_TRUE(interpreter.AllocateTensors().ok());
  for (int8_t& element : interpreter.input(0).as<int8_t>()) element = 3;
  ASSERT_TRUE(interpreter.Invoke().ok());
  for (const int8_t element : interpreter.output(0).as<int8_t>()) {
    ASSERT_EQ(element, 3 + 2 * kManyBuffers);
  }
}

TEST(InterpreterTest, RefusesMisuse) {
  Interpreter empty;
  EXPECT_EQ(Text(empty.AllocateTensors()), "invalid argument: model: not loaded");
  Loaded loaded(Chain(1));
  AlignedBytes arena(4096);
  Interpreter unaligned(loaded.model, kResolver, arena.span().subspan(8));
  EXPECT_EQ(Text(unaligned.AllocateTensors()),
            "invalid argument: arena: address: remainder to the wanted alignment: found 8, wanted "
            "16 bytes");
  Interpreter interpreter(loaded.model, kResolver, arena.span());
  EXPECT_EQ(interpreter.Invoke().code, StatusCode::kFailedPrecondition);
  EXPECT_TRUE(interpreter.AllocateTensors().ok());
  EXPECT_EQ(interpreter.AllocateTensors().code, StatusCode::kFailedPrecondition);
}

TEST(InterpreterTest, NamesTheOperatorThatIsMissing) {
  ModelBuilder builder = Chain(2);
  builder.AddOperator(BuiltinOperator::SVDF, {0}, {builder.AddTensor(Activation(1))});
  EXPECT_EQ(AllocateError(builder),
            "unsupported: operator 2: no kernel is registered for SVDF of INT8");
}

TEST(InterpreterTest, PassesOnWhatAKernelRefuses) {
  ModelBuilder builder;
  const int input = builder.AddTensor(Activation(4));
  const int output = builder.AddTensor(Activation(5));
  builder.AddOperator(BuiltinOperator::ADD, {input}, {output});
  builder.SetInputs({input});
  builder.SetOutputs({output});
  EXPECT_EQ(AllocateError(builder),
            "invalid model: operator 0: output: number of elements: found 5, wanted 4");
}

TEST(InterpreterTest, RefusesGraphsThatDoNotFlow) {
  const auto graph = [](std::vector<std::vector<int32_t>> inputs_outputs,
                        std::vector<int32_t> model_inputs, std::vector<int32_t> model_outputs) {
    ModelBuilder builder;
    for (int i = 0; i < 4; ++i) builder.AddTensor(Activation(8));
    builder.AddTensor({{8}, TensorType::INT8, {1.0f}, {0}, std::vector<uint8_t>(8, 1)});
    for (const auto& pair : inputs_outputs) {
      builder.AddOperator(BuiltinOperator::ADD, {pair[0]}, {pair[1]});
    }
    builder.SetInputs(std::move(model_inputs));
    builder.SetOutputs(std::move(model_outputs));
    return builder;
  };
  EXPECT_EQ(AllocateError(graph({{0, 1}, {1, 2}}, {0}, {2})), "ok");
  EXPECT_EQ(AllocateError(graph({{1, 2}, {0, 1}}, {0}, {2})),
            "invalid model: tensor 1: read before an operator has written it");
  EXPECT_EQ(AllocateError(graph({{0, 1}, {0, 1}}, {0}, {1})),
            "invalid model: tensor 1: written by more than one operator, or a model input");
  EXPECT_EQ(AllocateError(graph({{0, 0}}, {0}, {0})),
            "invalid model: tensor 0: written by more than one operator, or a model input");
  EXPECT_EQ(AllocateError(graph({{0, 1}}, {0}, {3})),
            "invalid model: tensor 3: a model output that no operator writes");
  EXPECT_EQ(AllocateError(graph({{0, 4}}, {0}, {4})),
            "invalid model: operator 0: an output is a constant or has no elements");
  EXPECT_EQ(AllocateError(graph({{0, 1}}, {0, 4}, {1})),
            "unsupported: tensor 4: a model input is a constant");
  EXPECT_EQ(AllocateError(graph({{0, 1}}, {0}, {1, 4})),
            "unsupported: tensor 4: a model output is a constant");
  EXPECT_EQ(AllocateError(graph({}, {0}, {0})), "ok");
}

}  // namespace
}  // namespace earshot
