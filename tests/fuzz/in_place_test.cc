// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Plans in which operators share memory (earshot/runtime/in_place.h) give the same bits as plans in
// which they do not: every case of every kernel, in all sets, and random networks.

#include "earshot/runtime/in_place.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/kernels/kernel_sets.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/shared_arena.h"
#include "earshot/runtime/tensor_allocation.h"
#include "tests/on_device/data/make_data.h"
#include "tests/support/model_builder.h"

namespace earshot {
namespace {

using test::ModelBuilder;
using Op = BuiltinOperator;
using Bytes = std::vector<uint8_t>;

// What ends in another way than it begins: the buffers of a plan in place that have none of it.
uint32_t CountSharing(const TensorAllocation& allocation, Span<PlannedBuffer> buffers) {
  const auto without = [&] {
    return std::count_if(buffers.begin(), buffers.end(),
                         [](const PlannedBuffer& buffer) { return buffer.bytes == 0; });
  };
  const auto before = without();
  const uint32_t bytes = PlanInPlace(allocation, buffers);
  *static_cast<int*>(allocation.plan().user) = static_cast<int>(without() - before);
  return bytes;
}

// A model in an arena of exactly the size that it needs.
class Runner {
 public:
  Runner(const Model& model, const OperatorResolver& resolver, AllocationOptions options,
         bool in_place) {
    options.plan.user = &sharing_;
    if (in_place) options.plan.make = CountSharing;
    size_t bytes = 0;
    for (const bool is_measured : {false, true}) {
      arena_ = AlignedBytes(is_measured ? bytes : size_t{1} << 20);
      interpreter_ = Interpreter(model, resolver, arena_.span());
      status_ = interpreter_.AllocateTensors(options);
      bytes = interpreter_.arena_used_bytes();
    }
  }

  bool is_ready() const { return status_.ok(); }
  int sharing() const { return sharing_; }
  size_t arena_bytes() const { return arena_.size(); }
  Interpreter& interpreter() { return interpreter_; }

  void Fill(const std::vector<Bytes>& inputs) {
    for (size_t i = 0; i < inputs.size(); ++i) {
      std::copy(inputs[i].begin(), inputs[i].end(), interpreter_.input(i).bytes.begin());
    }
  }

  std::vector<Bytes> Run() {
    EXPECT_TRUE(interpreter_.Invoke().ok());
    std::vector<Bytes> outputs;
    for (size_t i = 0; i < interpreter_.output_count(); ++i) {
      const Span<uint8_t> output = interpreter_.output(i).bytes;
      outputs.emplace_back(output.begin(), output.end());
    }
    return outputs;
  }

  std::vector<Bytes> Inputs() {
    std::vector<Bytes> inputs;
    for (size_t i = 0; i < interpreter_.input_count(); ++i) {
      const Span<uint8_t> input = interpreter_.input(i).bytes;
      inputs.emplace_back(input.begin(), input.end());
    }
    return inputs;
  }

 private:
  AlignedBytes arena_;
  Interpreter interpreter_;
  Status status_;
  int sharing_ = 0;
};

// Those that docs/architecture.md promises; CAST, QUANTIZE and the comparisons only where types are
// of equal size.
const std::set<Op> kPromised = {Op::RESHAPE,
                                Op::EXPAND_DIMS,
                                Op::SQUEEZE,
                                Op::ABS,
                                Op::ADD,
                                Op::CAST,
                                Op::CEIL,
                                Op::COS,
                                Op::DIV,
                                Op::ELU,
                                Op::EXP,
                                Op::FLOOR,
                                Op::FLOOR_DIV,
                                Op::FLOOR_MOD,
                                Op::HARD_SWISH,
                                Op::LEAKY_RELU,
                                Op::LOG,
                                Op::LOGICAL_AND,
                                Op::LOGICAL_NOT,
                                Op::LOGICAL_OR,
                                Op::LOGISTIC,
                                Op::MAXIMUM,
                                Op::MINIMUM,
                                Op::MUL,
                                Op::NEG,
                                Op::PRELU,
                                Op::QUANTIZE,
                                Op::RELU,
                                Op::RELU6,
                                Op::ROUND,
                                Op::RSQRT,
                                Op::SELECT_V2,
                                Op::SIN,
                                Op::SOFTMAX,
                                Op::SQRT,
                                Op::SQUARE,
                                Op::SQUARED_DIFFERENCE,
                                Op::SUB,
                                Op::TANH};

TEST(InPlaceTest, EveryKernelGivesTheSameBits) {
  std::set<Op> seen;
  for (const auto& cases : test::AllKernelCases()) {
    for (const test::KernelCase& kernel_case : cases) {
      SCOPED_TRACE(kernel_case.name);
      const AlignedBytes file = kernel_case.model.Build();
      Model model;
      ASSERT_TRUE(Model::Load(file.span(), &model).ok());
      for (const KernelSet* set : KernelSets()) {
        if (!set->is_available()) continue;
        Runner apart(model, set->kernels, {}, false);
        Runner shared(model, set->kernels, {}, true);
        ASSERT_TRUE(apart.is_ready() && shared.is_ready());
        EXPECT_LE(shared.arena_bytes(), apart.arena_bytes());
        for (Runner* runner : {&apart, &shared}) runner->Fill(kernel_case.inputs);
        EXPECT_EQ(shared.Run(), apart.Run()) << set->name;
        if (shared.sharing() != 0 && model.operator_count(0) == 1) {
          seen.insert(model.operator_code(model.op(0, 0)));
        }
      }
    }
  }
  EXPECT_EQ(seen, kPromised);
}

// int8 networks of operators that may share and of some that may not, with tensors that are read by
// several, and several outputs.
class Network {
 public:
  explicit Network(uint32_t seed) : random_(seed) {
    for (int i = Below(2); i >= 0; --i) inputs_.push_back(Add());
    builder_.SetInputs(inputs_);
    for (int i = 2 + Below(9); i > 0; --i) AddOperator();
    std::vector<int> outputs = {tensors_.back()};
    for (const int tensor : tensors_) {
      if (Below(6) == 0 && !IsInput(tensor) && tensor != outputs[0]) outputs.push_back(tensor);
    }
    std::shuffle(outputs.begin(), outputs.end(), random_);
    builder_.SetOutputs(outputs);
  }

  AlignedBytes Build() const { return builder_.Build(); }

  std::vector<Bytes> RandomInputs() {
    std::vector<Bytes> inputs;
    for (size_t i = 0; i < inputs_.size(); ++i) {
      Bytes bytes(kBytes);
      for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random_());
      inputs.push_back(bytes);
    }
    return inputs;
  }

 private:
  static constexpr int kBytes = 24;

  int Below(int limit) { return static_cast<int>(random_() % static_cast<uint32_t>(limit)); }
  bool IsInput(int tensor) const {
    return std::find(inputs_.begin(), inputs_.end(), tensor) != inputs_.end();
  }

  int Add(std::vector<int32_t> shape = {1, kBytes}) {
    tensors_.push_back(
        builder_.AddTensor({std::move(shape), TensorType::INT8, {0.25f}, {3}, {}, 0, {}, false}));
    return tensors_.back();
  }

  int Any() { return tensors_[static_cast<size_t>(Below(static_cast<int>(tensors_.size())))]; }

  void AddOperator() {
    const int a = Any();
    const int b = Any();
    switch (Below(5)) {
      case 0:
        builder_.AddOperator(Op::ADD, {a, b}, {Add()}, test::AddOptions());
        return;
      case 1:
        builder_.AddOperator(Op::RELU, {a}, {Add()});
        return;
      case 2:
        builder_.AddOperator(Op::RESHAPE, {a}, {Add()});
        return;
      case 3:
        builder_.AddOperator(Op::MUL, {a, b}, {Add()}, test::MulOptions());
        return;
      default:
        builder_.AddOperator(Op::REVERSE_V2, {a, axis_}, {Add()});
    }
  }

  std::mt19937 random_;
  ModelBuilder builder_;
  std::vector<int> inputs_;
  std::vector<int> tensors_;
  const int axis_ = builder_.AddTensor(
      {{1}, TensorType::INT32, {}, {}, test::BytesOf<int32_t>({1}), 0, {}, false});
};

struct Loaded {
  explicit Loaded(Network& network) : file(network.Build()) {
    EXPECT_TRUE(Model::Load(file.span(), &model).ok());
  }
  AlignedBytes file;
  Model model;
};

TEST(InPlaceTest, RandomNetworksGiveTheSameBits) {
  int sharing = 0;
  int smaller = 0;
  for (uint32_t seed = 0; seed < 1000; ++seed) {
    SCOPED_TRACE(seed);
    Network network(seed);
    const Loaded loaded(network);
    const Model& model = loaded.model;
    AllocationOptions options;
    options.keep_inputs = seed % 2 == 0;
    options.idle_bytes = seed % 3 == 0 ? 50 : 0;
    Runner apart(model, AllKernelsResolver(), options, false);
    Runner shared(model, AllKernelsResolver(), options, true);
    ASSERT_TRUE(apart.is_ready() && shared.is_ready());
    sharing += shared.sharing();
    smaller += shared.arena_bytes() < apart.arena_bytes() ? 1 : 0;
    for (int row = 0; row < 3; ++row) {
      const std::vector<Bytes> inputs = network.RandomInputs();
      for (Runner* runner : {&apart, &shared}) runner->Fill(inputs);
      const std::vector<Bytes> outputs = shared.Run();
      ASSERT_EQ(outputs, apart.Run());
      if (!options.keep_inputs) continue;
      // Who fills in the next inputs finds what was there, and means no output.
      ASSERT_EQ(shared.Inputs(), inputs);
      shared.Fill(network.RandomInputs());
      for (size_t i = 0; i < outputs.size(); ++i) {
        const Span<uint8_t> output = shared.interpreter().output(i).bytes;
        ASSERT_TRUE(std::equal(output.begin(), output.end(), outputs[i].begin()));
      }
    }
  }
  EXPECT_GT(sharing, 1000);
  EXPECT_GT(smaller, 100);
}

// In a SharedArena what is kept lies elsewhere.
TEST(InPlaceTest, SharesInASharedArena) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    Network network(seed);
    const Loaded loaded(network);
    const Model& model = loaded.model;
    AllocationOptions options;
    options.keep_inputs = seed % 2 == 0;
    Runner apart(model, AllKernelsResolver(), options, false);
    AlignedBytes memory(size_t{1} << 16);
    SharedArena arena(memory.span());
    options.plan.make = PlanInPlace;
    Interpreter interpreter;
    ASSERT_TRUE(arena.Allocate(model, AllKernelsResolver(), options, &interpreter).ok());
    const std::vector<Bytes> inputs = network.RandomInputs();
    apart.Fill(inputs);
    for (size_t i = 0; i < inputs.size(); ++i) {
      std::copy(inputs[i].begin(), inputs[i].end(), interpreter.input(i).bytes.begin());
    }
    const std::vector<Bytes> wanted = apart.Run();
    ASSERT_TRUE(interpreter.Invoke().ok());
    for (size_t i = 0; i < wanted.size(); ++i) {
      const Span<uint8_t> output = interpreter.output(i).bytes;
      ASSERT_TRUE(std::equal(output.begin(), output.end(), wanted[i].begin()));
    }
  }
}

// Two inputs and an output of equal size take two of them, three where the inputs are kept.
TEST(InPlaceTest, ASumTakesNoMemoryOfItsOwn) {
  ModelBuilder builder;
  std::vector<int> tensors;
  for (int i = 0; i < 3; ++i) {
    tensors.push_back(
        builder.AddTensor({{1, 1600}, TensorType::INT8, {0.5f}, {0}, {}, 0, {}, false}));
  }
  builder.AddOperator(Op::ADD, {tensors[0], tensors[1]}, {tensors[2]}, test::AddOptions());
  builder.SetInputs({tensors[0], tensors[1]});
  builder.SetOutputs({tensors[2]});
  const AlignedBytes file = builder.Build();
  Model model;
  ASSERT_TRUE(Model::Load(file.span(), &model).ok());
  const auto activations = [&](bool keep_inputs, bool in_place) {
    AllocationOptions options;
    options.keep_inputs = keep_inputs;
    Runner runner(model, AllKernelsResolver(), options, in_place);
    return runner.arena_bytes() - runner.interpreter().persistent_bytes();
  };
  EXPECT_EQ(activations(false, false), 4800u);
  EXPECT_EQ(activations(false, true), 3200u);
  EXPECT_EQ(activations(true, true), 4800u);
}

}  // namespace
}  // namespace earshot
