// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Inputs that are kept, memory that is lent, plans that are told.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/status_text.h"
#include "earshot/runtime/tensor_allocation.h"
#include "tests/runtime/chain_model.h"

namespace earshot {
namespace {

using test::Chain;
using test::kResolver;
using test::Loaded;

std::string Text(const Status& status) {
  char text[kStatusTextBytes];
  return StatusText(status, text);
}

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

TEST(AllocationOptionsTest, ThePlanIsToldAlsoWhereTheArenaIsTooSmallForIt) {
  Loaded loaded(Chain(4));
  std::vector<PlannedBuffer> buffers;
  AllocationOptions options;
  options.plan.user = &buffers;
  options.plan.make = [](const TensorAllocation& allocation, Span<PlannedBuffer> planned) {
    const uint32_t bytes = PlanMemory(planned);
    static_cast<std::vector<PlannedBuffer>*>(allocation.plan().user)
        ->assign(planned.begin(), planned.end());
    return bytes;
  };
  for (const size_t missing : {1, 0}) {
    AlignedBytes large(65536);
    Interpreter reference(loaded.model, kResolver, large.span());
    ASSERT_TRUE(reference.AllocateTensors().ok());
    AlignedBytes arena(reference.arena_used_bytes() - missing);
    Interpreter interpreter(loaded.model, kResolver, arena.span());
    buffers.clear();
    EXPECT_EQ(interpreter.AllocateTensors(options).ok(), missing == 0);
    ASSERT_GE(buffers.size(), 5u);
    EXPECT_EQ(buffers[0].bytes, 112u);
    EXPECT_EQ(buffers[0].first_use, 0);
    EXPECT_EQ(buffers[4].last_use, 3);
  }
}

// Whatever is placed first, the model computes the same.
TEST(AllocationOptionsTest, AnyOrderOfPlacementWorks) {
  Loaded loaded(Chain(7));
  for (uint16_t first = 0; first < 12; ++first) {
    const std::vector<uint16_t> order = {first, 900, 3, first};
    AllocationOptions options;
    options.plan.placed_first = order;
    AlignedBytes arena(16384);
    Interpreter interpreter(loaded.model, kResolver, arena.span());
    ASSERT_TRUE(interpreter.AllocateTensors(options).ok());
    for (int8_t& element : interpreter.input(0).as<int8_t>()) element = 7;
    ASSERT_TRUE(interpreter.Invoke().ok());
    for (const int8_t element : interpreter.output(0).as<int8_t>()) ASSERT_EQ(element, 34);
  }
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

}  // namespace
}  // namespace earshot
