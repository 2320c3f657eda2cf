// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Several interpreters in one arena.

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "earshot/kernels/all_kernels.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tests/compat/all_operators.h"
#include "tests/compat/log.h"
#include "tests/compat/micro_model.h"
#include "tests/compat/sine_model.h"
#include "tests/support/golden.h"
#include "tests/support/streaming_model.h"

namespace earshot::test {
namespace {

constexpr size_t kGenerous = size_t{1} << 18;

// An SVDF of a variable tensor: its state has to outlive what other models do.
ModelBuilder RememberingLayer() {
  constexpr int kMemory = 4;
  constexpr int kFeatures = 3;
  ModelBuilder builder;
  const std::vector<int8_t> feature_weights = {3, -2, 1, 4, 5, -6};
  const std::vector<int8_t> time_weights = {1, 2, 3, 4, -1, 5, -2, 6, 7, -3, 2, 8};
  const std::vector<int32_t> biases = {0, 10, -10};
  const int input = builder.AddTensor({{1, 2}, TensorType::INT8, {0.5f}, {0}});
  const int features =
      builder.AddTensor({{kFeatures, 2}, TensorType::INT8, {0.25f}, {0}, BytesOf(feature_weights)});
  const int times = builder.AddTensor(
      {{kFeatures, kMemory}, TensorType::INT8, {0.125f}, {0}, BytesOf(time_weights)});
  const int bias =
      builder.AddTensor({{kFeatures}, TensorType::INT32, {0.015625f}, {0}, BytesOf(biases)});
  TensorSpec state{{1, kMemory * kFeatures}, TensorType::INT8, {0.125f}, {0}};
  state.is_variable = true;
  const int state_tensor = builder.AddTensor(state);
  const int output = builder.AddTensor({{1, kFeatures}, TensorType::INT8, {1.0f}, {0}});
  builder.AddOperator(BuiltinOperator::SVDF, {input, features, times, bias, state_tensor}, {output},
                      SvdfOptions(1, ActivationFunctionType::RELU));
  builder.SetInputs({input});
  builder.SetOutputs({output});
  return builder;
}

class SharedArenaTest : public testing::Test {
 protected:
  SharedArenaTest() {
    AddAllOperators(resolver_);
    files_.push_back(SineModel().Build());
    files_.push_back(StreamingModel().Build());
    files_.push_back(RememberingLayer().Build());
    files_.push_back(AlignedBytes(ReadBytes(SourcePath("models/tiny_conv_yes_no/model.tflite"))));
    TakeLog();
  }

  // All models as interpreters of one arena; false: one did not fit.
  bool Allocate(tflite::MicroAllocator* allocator) {
    interpreters_.clear();
    for (const AlignedBytes& file : files_) {
      interpreters_.push_back(
          std::make_unique<tflite::MicroInterpreter>(ModelIn(file), resolver_, allocator));
    }
    for (const auto& interpreter : interpreters_) {
      if (interpreter->AllocateTensors() != kTfLiteOk) return false;
    }
    return true;
  }

  // They take turns, and each gives what it gives alone.
  void ExpectTurns() {
    constexpr uint32_t kRounds = 6;
    std::vector<std::vector<std::vector<uint8_t>>> inputs(files_.size());
    std::vector<std::vector<std::vector<uint8_t>>> expected;
    for (size_t i = 0; i < files_.size(); ++i) {
      for (uint32_t round = 0; round < kRounds; ++round) {
        inputs[i].push_back(RandomBytes(interpreters_[i]->input(0)->bytes, round));
      }
      expected.push_back(RunByEarshot(files_[i].span(), inputs[i], AllKernelsResolver()));
    }
    for (size_t round = 0; round < kRounds; ++round) {
      for (size_t i = 0; i < files_.size(); ++i) {
        EXPECT_EQ(RunOn(*interpreters_[i], inputs[i][round]), expected[i][round]) << i;
      }
    }
  }

  // They take what they say they do, not more, and less than apart.
  void ExpectExact() {
    AlignedBytes arena(kGenerous);
    ASSERT_TRUE(Allocate(tflite::MicroAllocator::Create(arena.span().data(), arena.size())));
    const size_t used = interpreters_[0]->arena_used_bytes();
    size_t apart = 0;
    for (const AlignedBytes& file : files_) {
      AlignedBytes own(kGenerous);
      tflite::MicroInterpreter alone(ModelIn(file), resolver_, own.span().data(), own.size());
      ASSERT_EQ(alone.AllocateTensors(), kTfLiteOk);
      apart += alone.arena_used_bytes();
    }
    EXPECT_LT(used, apart);
    interpreters_.clear();
    AlignedBytes exact(used);
    ASSERT_TRUE(Allocate(tflite::MicroAllocator::Create(exact.span().data(), exact.size())))
        << TakeLog();
    ExpectTurns();
    interpreters_.clear();
    AlignedBytes less(used - 16);
    EXPECT_FALSE(Allocate(tflite::MicroAllocator::Create(less.span().data(), less.size())));
    EXPECT_NE(TakeLog().find("arena too small"), std::string::npos);
    interpreters_.clear();
  }

  AllOperators resolver_;
  std::vector<AlignedBytes> files_;
  std::vector<std::unique_ptr<tflite::MicroInterpreter>> interpreters_;
};

TEST_F(SharedArenaTest, InterpretersTakeTurns) {
  AlignedBytes arena(kGenerous);
  tflite::MicroAllocator* const allocator =
      tflite::MicroAllocator::Create(arena.span().data(), arena.size());
  ASSERT_NE(allocator, nullptr);
  ASSERT_TRUE(Allocate(allocator)) << TakeLog();
  ExpectTurns();
}

TEST_F(SharedArenaTest, TakesNoMoreThanItSaysAndLessThanApart) { ExpectExact(); }

TEST_F(SharedArenaTest, DoesSoInTheOtherOrder) {
  std::reverse(files_.begin(), files_.end());
  ExpectExact();
}

TEST_F(SharedArenaTest, PersistentBuffersOfTheApplicationLast) {
  AlignedBytes arena(kGenerous);
  tflite::MicroAllocator* const allocator =
      tflite::MicroAllocator::Create(arena.span().data(), arena.size());
  auto* const before = static_cast<uint8_t*>(allocator->AllocatePersistentBuffer(5));
  ASSERT_NE(before, nullptr);
  std::fill_n(before, 5, uint8_t{77});
  ASSERT_TRUE(Allocate(allocator));
  auto* const after = static_cast<uint8_t*>(allocator->AllocatePersistentBuffer(100));
  ASSERT_NE(after, nullptr);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(after) % 16, 0u);
  std::fill_n(after, 100, uint8_t{88});
  ExpectTurns();
  EXPECT_EQ(std::count(before, before + 5, 77), 5);
  EXPECT_EQ(std::count(after, after + 100, 88), 100);
  EXPECT_EQ(allocator->AllocatePersistentBuffer(kGenerous), nullptr);
  EXPECT_EQ(allocator->AllocatePersistentBuffer(SIZE_MAX), nullptr);
}

TEST(MicroAllocatorTest, NeedsRoomForItself) {
  AlignedBytes arena(128);
  EXPECT_EQ(tflite::MicroAllocator::Create(nullptr, 128), nullptr);
  EXPECT_EQ(tflite::MicroAllocator::Create(arena.span().data(), 16), nullptr);
  EXPECT_EQ(tflite::MicroAllocator::Create(arena.span().data() + 1, 32), nullptr);
  EXPECT_NE(tflite::MicroAllocator::Create(arena.span().data() + 1, 127), nullptr);
}

}  // namespace
}  // namespace earshot::test
