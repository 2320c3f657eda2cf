// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/packed_weights.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "tests/runtime/chain_model.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::Chain;
using test::Loaded;

constexpr size_t kArenaBytes = 8192;
constexpr int8_t kFromFile = 10;  // Chain()'s constant ...
constexpr int8_t kPacked = 50;    // ... and what stands for it where it is packed.

// Packs the constant of operators that have one, and asks for a workspace as large as the input.
struct PackedStep {
  int32_t step;
  uint32_t filler;  // An array, to see where such begin.
};

void PackStep(PackContext& context) {
  const auto& data = context.op().data<test::AddStepData>();
  if (data.bias_given == 0 || !context.op().is_constant(1)) return;
  EXPECT_EQ(context.op().input<int8_t>(1)[0], kFromFile);
  PackedStep packed = {kPacked, 0};
  for (int8_t& byte : context.AllocateArray<int8_t>(3, &packed.filler)) {
    EXPECT_EQ(byte, 0);
    byte = 7;
  }
  context.RequestWorkspace(static_cast<uint64_t>(data.count));
  context.SetPacked(packed);
}

void InvokePackedStep(const InvokeContext& context) {
  const auto* packed = context.packed<PackedStep>();
  if (packed == nullptr) return test::InvokeAddStep(context);
  const auto& data = context.data<test::AddStepData>();
  const auto* filler = context.packed_array<int8_t>(packed->filler);
  EXPECT_EQ(filler[2], 7);
  auto* const workspace = context.workspace<int8_t>();
  EXPECT_EQ(reinterpret_cast<uintptr_t>(workspace) % PackContext::kAlignment, 0u);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(filler) % PackContext::kAlignment, 0u);
  std::memcpy(workspace, context.input<int8_t>(0), static_cast<size_t>(data.count));
  for (int32_t i = 0; i < data.count; ++i) {
    context.output<int8_t>(0)[i] = static_cast<int8_t>(workspace[i] + 1 + packed->step);
  }
}

constexpr Kernel kPackingStep = {test::kAddStep.key, test::PrepareAddStep, InvokePackedStep,
                                 PackStep};
constexpr const Kernel* kPackingKernels[] = {&kPackingStep};
constexpr OperatorResolver kPackingResolver(kPackingKernels);

// A chain of operators of which the second, the fifth ... have a constant to pack.
class PackedWeightsTest : public testing::Test {
 protected:
  PackedWeightsTest() : loaded_(Chain(6)), arena_(kArenaBytes) {}

  Interpreter Allocated(const OperatorResolver& resolver = kPackingResolver) {
    Interpreter interpreter(loaded_.model, resolver, arena_.span());
    EXPECT_TRUE(interpreter.AllocateTensors().ok());
    return interpreter;
  }

  static int Run(Interpreter* interpreter) {
    for (uint8_t& byte : interpreter->input(0).bytes) byte = 0;
    EXPECT_TRUE(interpreter->Invoke().ok());
    return interpreter->output(0).as<int8_t>()[99];
  }

  static constexpr int kUnpacked = 6 + 2 * kFromFile;
  static constexpr int kAllPacked = 6 + 2 * kPacked;

  Loaded loaded_;
  AlignedBytes arena_;
};

TEST_F(PackedWeightsTest, WithoutMemoryNothingIsPacked) {
  Interpreter interpreter = Allocated();
  EXPECT_EQ(Run(&interpreter), kUnpacked);
}

TEST_F(PackedWeightsTest, InvokeFindsWhatPackLeft) {
  Interpreter interpreter = Allocated();
  AlignedBytes memory(PackedBytes(interpreter));
  ASSERT_RAN((test::RunResult{PackWeights(memory.span(), &interpreter), {}}));
  EXPECT_EQ(Run(&interpreter), kAllPacked);
  EXPECT_EQ(Run(&interpreter), kAllPacked);
}

TEST_F(PackedWeightsTest, TheArenaIsTheSame) {
  EXPECT_EQ(Allocated().arena_used_bytes(), Allocated(test::kResolver).arena_used_bytes());
}

TEST_F(PackedWeightsTest, KernelsThatPackNothingTakeNoMemory) {
  Interpreter interpreter = Allocated(test::kResolver);
  EXPECT_EQ(PackedBytes(interpreter), 0u);
  EXPECT_TRUE(PackWeights({}, &interpreter).ok());
  EXPECT_EQ(Run(&interpreter), kUnpacked);
  AlignedBytes memory(64);
  EXPECT_TRUE(PackWeights(memory.span(), &interpreter).ok());
  EXPECT_EQ(Run(&interpreter), kUnpacked);
}

TEST_F(PackedWeightsTest, OneByteLessIsRefusedAndChangesNothing) {
  Interpreter interpreter = Allocated();
  const size_t wanted = PackedBytes(interpreter);
  AlignedBytes memory(wanted - 1);
  const Status status = PackWeights(memory.span(), &interpreter);
  EXPECT_EQ(status.code, StatusCode::kArenaTooSmall);
  EXPECT_EQ(status.found, static_cast<int32_t>(wanted) - 1);
  EXPECT_EQ(status.wanted, static_cast<int32_t>(wanted));
  EXPECT_EQ(Run(&interpreter), kUnpacked);
}

// Wherever in a cache line the memory begins, the said size is enough.
TEST_F(PackedWeightsTest, AnyAlignedBeginningWillDo) {
  Interpreter interpreter = Allocated();
  const size_t wanted = PackedBytes(interpreter);
  AlignedBytes memory(wanted + PackContext::kAlignment);
  for (size_t begin = 0; begin < PackContext::kAlignment; begin += kArenaAlignment) {
    ASSERT_TRUE(PackWeights(memory.span().subspan(begin, wanted), &interpreter).ok()) << begin;
    EXPECT_EQ(Run(&interpreter), kAllPacked);
  }
  const Status status = PackWeights(memory.span().subspan(8), &interpreter);
  EXPECT_EQ(status.code, StatusCode::kInvalidArgument);
  EXPECT_EQ(status.found, 8);
}

TEST_F(PackedWeightsTest, NoMemoryForgetsWhatWasPacked) {
  Interpreter interpreter = Allocated();
  AlignedBytes memory(PackedBytes(interpreter));
  ASSERT_TRUE(PackWeights(memory.span(), &interpreter).ok());
  ASSERT_TRUE(PackWeights({}, &interpreter).ok());
  EXPECT_EQ(Run(&interpreter), kUnpacked);
}

TEST_F(PackedWeightsTest, AnInterpreterThatIsNotReadyIsRefused) {
  Interpreter interpreter(loaded_.model, kPackingResolver, arena_.span());
  AlignedBytes memory(kArenaBytes);
  EXPECT_EQ(PackWeights(memory.span(), &interpreter).code, StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace earshot
