// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Files whose 64-bit numbers and constants lie at a multiple of four bytes only, as older tools
// wrote them, give what they give when they are aligned. Under sanitizers: without one access that
// the C++ standard does not allow.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "tests/support/golden.h"
#include "tests/support/model_builder.h"
#include "tests/support/streaming_model.h"

namespace earshot {
namespace {

// All outputs of some invocations on random inputs; none where the model is refused.
std::vector<std::vector<uint8_t>> Answers(Span<const uint8_t> file) {
  constexpr int kInvocations = 3;
  Model model;
  std::vector<std::vector<uint8_t>> answers;
  if (!Model::Load(file, &model).ok()) return answers;
  AlignedBytes arena(size_t{1} << 20);
  Interpreter interpreter(model, AllKernelsResolver(), arena.span());
  if (!interpreter.AllocateTensors().ok()) return answers;
  std::mt19937 random(1);
  for (int run = 0; run < kInvocations; ++run) {
    for (size_t i = 0; i < interpreter.input_count(); ++i) {
      // Nothing above 0x3F: as floats, these are numbers, and small.
      for (uint8_t& byte : interpreter.input(i).bytes) {
        byte = static_cast<uint8_t>(random() % 0x40);
      }
    }
    if (!interpreter.Invoke().ok()) return {};
    for (size_t i = 0; i < interpreter.output_count(); ++i) {
      const Span<const uint8_t> bytes = interpreter.output(i).bytes;
      answers.emplace_back(bytes.begin(), bytes.end());
    }
  }
  return answers;
}

void ExpectTheSame(const AlignedBytes& file) {
  const std::vector<std::vector<uint8_t>> wanted = Answers(file.span());
  ASSERT_FALSE(wanted.empty());
  EXPECT_EQ(Answers(test::ShiftedByFour(file.span()).span()), wanted);
}

TEST(ShiftedModelsTest, ShippedModels) {
  for (const char* name : {"tiny_conv_yes_no", "yes_no_streaming", "commands_7"}) {
    SCOPED_TRACE(name);
    ExpectTheSame(AlignedBytes(
        test::ReadBytes(test::SourcePath(std::string("models/") + name + "/model.tflite"))));
  }
}

TEST(ShiftedModelsTest, ModelWithVariables) { ExpectTheSame(test::StreamingModel().Build()); }

TEST(ShiftedModelsTest, OtherModels) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  for (const char* name :
       {"hello_world_int8", "hello_world_float", "simple_add", "micro_speech_quantized",
        "kws_ref_model", "str_ww_ref_model", "ad01_int8", "pretrainedResnet_quant",
        "mww_v1_okay_nabu", "mww_v2_vad", "mww_v2_okay_nabu"}) {
    SCOPED_TRACE(name);
    ExpectTheSame(
        AlignedBytes(test::ReadBytes(test::SharedPath(std::string("models/") + name + ".tflite"))));
  }
}

}  // namespace
}  // namespace earshot
