// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Every arena size from nothing to enough, for real models: an error that knows the numbers, or a
// model that runs. Each arena is a block of its own, so that sanitizers see the byte behind it.

#include <gtest/gtest.h>

#include <string>

#include "earshot/base/aligned_bytes.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "tests/support/golden.h"

namespace earshot {
namespace {

constexpr size_t kStep = 16;

void ExpectCleanAtEverySize(const std::string& path) {
  SCOPED_TRACE(path);
  const AlignedBytes bytes(test::ReadBytes(path));
  Model model;
  ASSERT_TRUE(Model::Load(bytes.span(), &model).ok());
  AlignedBytes large(1 << 20);
  Interpreter reference(model, AllKernelsResolver(), large.span());
  ASSERT_TRUE(reference.AllocateTensors().ok());
  const auto needed = static_cast<int32_t>(reference.arena_used_bytes());

  int exact = 0;
  int bounds = 0;
  for (size_t size = 0; size < static_cast<size_t>(needed); size += kStep) {
    AlignedBytes arena(size);
    Interpreter interpreter(model, AllKernelsResolver(), arena.span());
    const Status status = interpreter.AllocateTensors();
    ASSERT_EQ(status.code, StatusCode::kArenaTooSmall) << size;
    ASSERT_EQ(status.found, static_cast<int32_t>(size));
    ASSERT_GT(status.wanted, status.found);
    ASSERT_LE(status.wanted, needed);
    ++(status.wanted == needed ? exact : bounds);
    ASSERT_EQ(interpreter.Invoke().code, StatusCode::kFailedPrecondition);
  }
  AlignedBytes enough(static_cast<size_t>(needed));
  Interpreter interpreter(model, AllKernelsResolver(), enough.span());
  ASSERT_TRUE(interpreter.AllocateTensors().ok());
  EXPECT_TRUE(interpreter.Invoke().ok());
  std::printf("%s: needs %d bytes; smaller sizes were told so %d times, a lower bound %d times\n",
              path.c_str(), needed, exact, bounds);
}

TEST(ArenaSizesTest, ShippedModel) {
  ExpectCleanAtEverySize(test::SourcePath("models/tiny_conv_yes_no/model.tflite"));
}

TEST(ArenaSizesTest, OtherModels) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  for (const char* name :
       {"hello_world_int8", "micro_speech_quantized", "kws_ref_model", "str_ww_ref_model",
        "ad01_int8", "pretrainedResnet_quant", "mww_v1_okay_nabu", "mww_v2_vad"}) {
    ExpectCleanAtEverySize(test::SharedPath(std::string("models/") + name + ".tflite"));
  }
}

}  // namespace
}  // namespace earshot
