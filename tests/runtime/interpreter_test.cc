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
#include "tests/support/model_builder.h"

namespace earshot {
namespace {

using test::ModelBuilder;

// output = input + step, where step and a copy of the input travel through everything that a kernel
// can ask for: data, an array, a scratch buffer.
struct AddStepData {
  int32_t count;
  int32_t bias_given;
  uint32_t steps_offset;
};

Verdict PrepareAddStep(PrepareContext& context) {
  AddStepData data = {};
  data.count = context.input(0).count();
  data.bias_given = context.has_input(1) ? 1 : 0;
  if (context.output(0).count() != data.count) {
    return context.Invalid("output: number of elements", context.output(0).count(), data.count);
  }
  for (int8_t& step : context.AllocateArray<int8_t>(3, &data.steps_offset)) step = 1;
  const uint32_t scratch_bytes[] = {static_cast<uint32_t>(data.count)};
  context.RequestScratch(scratch_bytes);
  context.SetData(data);
  return Verdict::Ok();
}

void InvokeAddStep(const InvokeContext& context) {
  const auto& data = context.data<AddStepData>();
  const int8_t* input = context.input<int8_t>(0);
  const int8_t* bias = data.bias_given != 0 ? context.input<int8_t>(1) : nullptr;
  const int8_t* steps = context.array<int8_t>(data.steps_offset);
  auto* scratch = context.scratch<int8_t>(0);
  for (int32_t i = 0; i < data.count; ++i) scratch[i] = input[i];
  for (int32_t i = 0; i < data.count; ++i) {
    const int step = steps[0] + (bias != nullptr ? bias[0] : 0);
    context.output<int8_t>(0)[i] = static_cast<int8_t>(scratch[i] + step);
  }
}

constexpr Kernel kAddStep = {KernelKey(BuiltinOperator::ADD, TensorType::INT8), PrepareAddStep,
                             InvokeAddStep};
constexpr const Kernel* kKernels[] = {&kAddStep};
constexpr OperatorResolver kResolver(kKernels);

test::TensorSpec Activation(int32_t size) { return {{1, size}, TensorType::INT8, {1.0f}, {0}}; }

test::TensorSpec Constant(int8_t value) {
  test::TensorSpec tensor{{1}, TensorType::INT8, {1.0f}, {0}};
  tensor.data = {static_cast<uint8_t>(value)};
  return tensor;
}

// `length` operators in a row on tensors of 100 elements; each adds 1, and those with a constant 10
// more.
ModelBuilder Chain(int length) {
  ModelBuilder builder;
  int tensor = builder.AddTensor(Activation(100));
  const int constant = builder.AddTensor(Constant(10));
  builder.SetInputs({tensor});
  for (int i = 0; i < length; ++i) {
    const int next = builder.AddTensor(Activation(100));
    std::vector<int32_t> inputs = {tensor};
    if (i % 3 == 1) inputs.push_back(constant);
    if (i % 3 == 2) inputs.push_back(-1);
    builder.AddOperator(BuiltinOperator::ADD, inputs, {next});
    tensor = next;
  }
  builder.SetOutputs({tensor});
  return builder;
}

struct Loaded {
  explicit Loaded(const ModelBuilder& builder) : bytes(builder.Build()) {
    EXPECT_TRUE(Model::Load(bytes.span(), &model).ok());
  }
  AlignedBytes bytes;
  Model model;
};

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

// ---- inputs that are kept, memory that is lent -------------------------------------------------

TEST(AllocationOptionsTest, InputsAreOverwrittenUnlessTheyAreKept) {
  Loaded loaded(Chain(4));
  for (const bool keep : {false, true}) {
    AllocationOptions options;
    options.keep_inputs = keep;
    AlignedBytes arena(4096);
    Interpreter interpreter(loaded.model, kResolver, arena.span());
    ASSERT_TRUE(interpreter.AllocateTensors(options).ok());
    const Span<int8_t> input = interpreter.input(0).as<int8_t>();
    for (int8_t& element : input) element = 7;
    bool kept = true;
    for (int i = 0; i < 3; ++i) {
      ASSERT_TRUE(interpreter.Invoke().ok());
      for (const int8_t element : input) kept = kept && element == 7;
      if (!keep) continue;
      for (const int8_t element : interpreter.output(0).as<int8_t>()) ASSERT_EQ(element, 7 + 14);
    }
    EXPECT_EQ(kept, keep);
  }
}

TEST(AllocationOptionsTest, IdleMemoryIsTheCallersBetweenTwoInvokes) {
  Loaded loaded(Chain(7));
  AllocationOptions options;
  options.keep_inputs = true;
  for (const size_t idle_bytes : {1u, 100u, 336u, 1000u}) {
    options.idle_bytes = idle_bytes;
    AlignedBytes arena(4096);
    Interpreter interpreter(loaded.model, kResolver, arena.span());
    ASSERT_TRUE(interpreter.AllocateTensors(options).ok());
    const Span<uint8_t> idle = interpreter.idle_memory();
    ASSERT_EQ(idle.size(), idle_bytes);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(idle.data()) % kArenaAlignment, 0u);
    EXPECT_GE(idle.data(), arena.span().data() + interpreter.persistent_bytes());
    EXPECT_LE(idle.end(), arena.span().data() + interpreter.arena_used_bytes());
    for (int8_t& element : interpreter.input(0).as<int8_t>()) element = 7;
    for (int i = 0; i < 3; ++i) {
      for (uint8_t& byte : idle) byte = 0xA5;
      ASSERT_TRUE(interpreter.Invoke().ok());
      for (const int8_t element : interpreter.output(0).as<int8_t>()) {
        ASSERT_EQ(element, 7 + 7 + 2 * 10);
      }
    }
  }
}

// Beside the input there is an operator's input, its output and its scratch buffer.
TEST(AllocationOptionsTest, CostOnlyWhatCannotBeShared) {
  Loaded loaded(Chain(4));
  const auto used_bytes = [&](bool keep_inputs, size_t idle_bytes) {
    AlignedBytes arena(4096);
    Interpreter interpreter(loaded.model, kResolver, arena.span());
    AllocationOptions options;
    options.keep_inputs = keep_inputs;
    options.idle_bytes = idle_bytes;
    EXPECT_TRUE(interpreter.AllocateTensors(options).ok());
    EXPECT_EQ(interpreter.persistent_bytes(), 208u);
    return interpreter.arena_used_bytes() - 208;
  };
  EXPECT_EQ(used_bytes(false, 0), 3u * 112);
  EXPECT_EQ(used_bytes(true, 0), 4u * 112);
  EXPECT_EQ(used_bytes(false, 3 * 112), 3u * 112);
  EXPECT_EQ(used_bytes(true, 3 * 112), 4u * 112);
  EXPECT_EQ(used_bytes(false, 1000), 1008u);
  EXPECT_EQ(used_bytes(true, 1000), 1008u + 112);
}

TEST(AllocationOptionsTest, TheArenaIsStillKnownToTheByte) {
  Loaded loaded(Chain(7));
  AllocationOptions options;
  options.keep_inputs = true;
  options.idle_bytes = 777;
  AlignedBytes large(16384);
  Interpreter reference(loaded.model, kResolver, large.span());
  ASSERT_TRUE(reference.AllocateTensors(options).ok());
  const size_t needed = reference.arena_used_bytes();
  for (size_t size = 0; size < needed; ++size) {
    AlignedBytes arena(size);
    Interpreter interpreter(loaded.model, kResolver, arena.span());
    const Status status = interpreter.AllocateTensors(options);
    ASSERT_EQ(status.code, StatusCode::kArenaTooSmall) << size;
    ASSERT_GT(status.wanted, static_cast<int32_t>(size));
    ASSERT_LE(status.wanted, static_cast<int32_t>(needed));
    ASSERT_TRUE(interpreter.idle_memory().empty());
  }
  AlignedBytes exact(needed);
  Interpreter interpreter(loaded.model, kResolver, exact.span());
  EXPECT_TRUE(interpreter.AllocateTensors(options).ok());
}

TEST(AllocationOptionsTest, RefusesMoreThanThereCanBe) {
  Loaded loaded(Chain(1));
  AllocationOptions options;
  options.idle_bytes = size_t{0x80000001};
  AlignedBytes arena(4096);
  Interpreter interpreter(loaded.model, kResolver, arena.span());
  EXPECT_EQ(Text(interpreter.AllocateTensors(options)),
            "unsupported: arena: size in MiB (wanted: at most): found 2049, wanted 2047");
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
