// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/shared_arena.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/kernels/all_kernels.h"
#include "tests/kernels/control_flow_model.h"
#include "tests/support/run_model.h"
#include "tests/support/sigmoid_model.h"
#include "tests/support/streaming_model.h"

namespace earshot {
namespace {

// Four models of different kinds: one window, two with variables, one that calls subgraphs.
struct Loaded {
  explicit Loaded(const test::ModelBuilder& builder) : file(builder.Build()) {
    EXPECT_TRUE(Model::Load(file.span(), &model).ok());
  }
  AlignedBytes file;
  Model model;
};

std::vector<Loaded> FourModels() {
  std::vector<Loaded> models;
  models.emplace_back(test::SigmoidModel(3));
  models.emplace_back(test::StreamingModel());
  models.emplace_back(test::NestedCalls());
  models.emplace_back(test::StreamingWakeWord());
  return models;
}

AllocationOptions Options() {
  AllocationOptions options;
  options.keep_inputs = true;
  options.idle_bytes = 700;
  return options;
}

Status AllocateAll(const std::vector<Loaded>& models, SharedArena* arena,
                   std::vector<Interpreter>* interpreters) {
  interpreters->resize(models.size());
  for (size_t i = 0; i < models.size(); ++i) {
    EARSHOT_RETURN_IF_ERROR(
        arena->Allocate(models[i].model, AllKernelsResolver(), Options(), &(*interpreters)[i]));
  }
  return OkStatus();
}

size_t NeededBytes(const std::vector<Loaded>& models) {
  AlignedBytes memory(size_t{1} << 18);
  SharedArena arena(memory.span());
  std::vector<Interpreter> interpreters;
  const Status status = AllocateAll(models, &arena, &interpreters);
  EXPECT_TRUE(status.ok()) << test::Text(status);
  return arena.used_bytes();
}

// Only part of the input is new at each run, as in a feature buffer; the rest is to be kept.
std::vector<uint8_t> RunOn(Interpreter& interpreter, std::mt19937& random) {
  const Span<uint8_t> input = interpreter.input(0).bytes;
  std::uniform_int_distribution<int> byte(0, 30);
  for (size_t i = 0; i < (input.size() + 2) / 3; ++i) {
    input[random() % input.size() & ~size_t{3}] = static_cast<uint8_t>(byte(random));
  }
  EXPECT_TRUE(interpreter.Invoke().ok());
  const Span<uint8_t> output = interpreter.output(0).bytes;
  std::vector<uint8_t> result(output.begin(), output.end());
  const Span<uint8_t> idle = interpreter.idle_memory();
  std::fill(idle.begin(), idle.end(), uint8_t{0xAA});
  return result;
}

// Each gives what it gives on an arena of its own, though they take turns and everybody writes into
// his idle memory.
TEST(SharedArenaTest, NobodyDisturbsTheOthers) {
  const std::vector<Loaded> models = FourModels();
  AlignedBytes memory(NeededBytes(models));  // Exactly that is enough.
  SharedArena arena(memory.span());
  std::vector<Interpreter> together;
  const Status status = AllocateAll(models, &arena, &together);
  ASSERT_TRUE(status.ok()) << test::Text(status);
  std::vector<Interpreter> alone;
  std::vector<AlignedBytes> memories;
  for (const Loaded& loaded : models) {
    memories.emplace_back(size_t{1} << 18);
    alone.emplace_back(loaded.model, AllKernelsResolver(), memories.back().span());
    ASSERT_TRUE(alone.back().AllocateTensors(Options()).ok());
  }
  std::mt19937 turns(1);
  std::mt19937 random(2);
  std::mt19937 same(2);
  for (int i = 0; i < 400; ++i) {
    const size_t model = turns() % models.size();
    ASSERT_EQ(RunOn(together[model], random), RunOn(alone[model], same)) << i << ": " << model;
    if (i % 97 == 0) together[model].ResetVariables();
    if (i % 97 == 0) alone[model].ResetVariables();
  }
}

TEST(SharedArenaTest, TakesWhatPersistsAndTheLargestActivations) {
  const std::vector<Loaded> models = FourModels();
  AlignedBytes memory(size_t{1} << 18);
  SharedArena arena(memory.span());
  std::vector<Interpreter> interpreters;
  ASSERT_TRUE(AllocateAll(models, &arena, &interpreters).ok());
  size_t persistent = 0;
  size_t largest = 0;
  for (const Interpreter& interpreter : interpreters) {
    persistent += interpreter.persistent_bytes();
    largest = std::max(largest, interpreter.arena_used_bytes() - interpreter.persistent_bytes());
  }
  EXPECT_EQ(arena.used_bytes(), persistent + largest);
}

TEST(SharedArenaTest, SaysWhatIsTooSmall) {
  const std::vector<Loaded> models = FourModels();
  const size_t needed = NeededBytes(models);
  for (size_t size = 0; size < needed; size += 4) {
    AlignedBytes memory(size);
    SharedArena arena(memory.span());
    std::vector<Interpreter> interpreters;
    const Status status = AllocateAll(models, &arena, &interpreters);
    ASSERT_EQ(status.code, StatusCode::kArenaTooSmall) << size;
    ASSERT_EQ(status.found, static_cast<int32_t>(size));
    ASSERT_GT(status.wanted, static_cast<int32_t>(size));
    ASSERT_LE(status.wanted, static_cast<int32_t>(needed));
  }
}

// What does not fit leaves those before it as they are.
TEST(SharedArenaTest, TheOthersGoOn) {
  const Loaded small(test::StreamingModel());
  const Loaded large(test::SigmoidModel(3));
  AlignedBytes memory(3000);
  SharedArena arena(memory.span());
  Interpreter interpreter;
  ASSERT_TRUE(arena.Allocate(small.model, AllKernelsResolver(), Options(), &interpreter).ok());
  const size_t used = arena.used_bytes();
  Interpreter failed;
  const Status status = arena.Allocate(large.model, AllKernelsResolver(), Options(), &failed);
  EXPECT_EQ(status.code, StatusCode::kArenaTooSmall) << test::Text(status);
  EXPECT_EQ(failed.Invoke().code, StatusCode::kFailedPrecondition);
  EXPECT_EQ(arena.used_bytes(), used);
  AlignedBytes own(size_t{1} << 16);
  Interpreter alone(small.model, AllKernelsResolver(), own.span());
  ASSERT_TRUE(alone.AllocateTensors(Options()).ok());
  std::mt19937 random(3);
  std::mt19937 same(3);
  for (int i = 0; i < 20; ++i) ASSERT_EQ(RunOn(interpreter, random), RunOn(alone, same)) << i;
}

TEST(SharedArenaTest, GivesMemoryThatPersists) {
  const Loaded model(test::StreamingModel());
  AlignedBytes memory(8000);
  SharedArena arena(memory.span());
  Span<uint8_t> taken;
  ASSERT_TRUE(arena.Take(100, &taken).ok());
  ASSERT_EQ(taken.size(), 100u);
  std::fill(taken.begin(), taken.end(), uint8_t{0x5A});
  Interpreter interpreter;
  ASSERT_TRUE(arena.Allocate(model.model, AllKernelsResolver(), Options(), &interpreter).ok());
  std::mt19937 random(4);
  for (int i = 0; i < 20; ++i) RunOn(interpreter, random);
  EXPECT_EQ(std::count(taken.begin(), taken.end(), 0x5A), 100);
  EXPECT_GE(arena.used_bytes(), 112u + interpreter.arena_used_bytes());
  const Status status = arena.Take(8000, &taken);
  EXPECT_EQ(status.code, StatusCode::kArenaTooSmall);
  EXPECT_EQ(status.wanted, static_cast<int32_t>(arena.used_bytes() + 8000));
  EXPECT_TRUE(taken.empty());
}

TEST(SharedArenaTest, RefusesMemoryThatIsNotAligned) {
  const Loaded model(test::StreamingModel());
  AlignedBytes memory(8000);
  SharedArena arena(memory.span().subspan(4));
  Interpreter interpreter;
  EXPECT_EQ(arena.Allocate(model.model, AllKernelsResolver(), {}, &interpreter).code,
            StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace earshot
