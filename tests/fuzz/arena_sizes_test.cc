// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Arenas of every size from nothing to enough, for real models: an error that knows the numbers, or
// a model that runs. Each arena is a block of its own, so that sanitizers see the byte behind it.
// The shipped models and their spotters in steps of a byte, where nothing makes that slow.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "earshot/app/any_spotter.h"
#include "earshot/base/aligned_bytes.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/shipped_models.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "tests/support/golden.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EARSHOT_IS_SLOW 1
#endif
#endif

namespace earshot {
namespace {

// Where sanitizers watch, each size takes ten times as long. All in an arena lies at multiples of a
// power of two, so steps of 13 bytes come to every remainder.
#ifdef EARSHOT_IS_SLOW
constexpr size_t kShippedStep = 13;
#else
constexpr size_t kShippedStep = 1;
#endif

// `step`: from one size to the next.
void ExpectCleanAtEverySize(const std::string& name, Span<const uint8_t> bytes,
                            const OperatorResolver& resolver, size_t step) {
  SCOPED_TRACE(name);
  Model model;
  ASSERT_TRUE(Model::Load(bytes, &model).ok());
  AlignedBytes large(1 << 20);
  Interpreter reference(model, resolver, large.span());
  ASSERT_TRUE(reference.AllocateTensors().ok());
  const auto needed = static_cast<int32_t>(reference.arena_used_bytes());

  int exact = 0;
  int bounds = 0;
  for (size_t size = 0; size < static_cast<size_t>(needed); size += step) {
    AlignedBytes arena(size);
    Interpreter interpreter(model, resolver, arena.span());
    const Status status = interpreter.AllocateTensors();
    ASSERT_EQ(status.code, StatusCode::kArenaTooSmall) << size;
    ASSERT_EQ(status.found, static_cast<int32_t>(size));
    ASSERT_GT(status.wanted, status.found);
    ASSERT_LE(status.wanted, needed);
    ++(status.wanted == needed ? exact : bounds);
    ASSERT_EQ(interpreter.Invoke().code, StatusCode::kFailedPrecondition);
  }
  AlignedBytes enough(static_cast<size_t>(needed));
  Interpreter interpreter(model, resolver, enough.span());
  ASSERT_TRUE(interpreter.AllocateTensors().ok());
  EXPECT_TRUE(interpreter.Invoke().ok());
  std::printf("%s: needs %d bytes; smaller sizes were told so %d times, a lower bound %d times\n",
              name.c_str(), needed, exact, bounds);
}

void ExpectSpotterCleanAtEverySize(const EmbeddedModel& shipped) {
  SCOPED_TRACE(shipped.name);
  Model model;
  ASSERT_TRUE(Model::Load(shipped.bytes, &model).ok());
  const auto needed = static_cast<int32_t>(shipped.spotter_bytes);
  AnySpotter spotter;
  for (size_t size = 0; size < shipped.spotter_bytes; size += kShippedStep) {
    AlignedBytes memory(size);
    const Status status =
        AnySpotter::Create(model, shipped.resolver, shipped.config, memory.span(), &spotter);
    ASSERT_EQ(status.code, StatusCode::kArenaTooSmall) << size;
    ASSERT_EQ(status.found, static_cast<int32_t>(size));
    ASSERT_GT(status.wanted, status.found);
    ASSERT_LE(status.wanted, needed);
  }
  AlignedBytes too_small(shipped.spotter_bytes - 1);
  ASSERT_FALSE(
      AnySpotter::Create(model, shipped.resolver, shipped.config, too_small.span(), &spotter).ok());
  AlignedBytes enough(shipped.spotter_bytes);
  ASSERT_TRUE(
      AnySpotter::Create(model, shipped.resolver, shipped.config, enough.span(), &spotter).ok());
  const std::vector<int16_t> second(16000, 1);
  Span<const int16_t> rest = second;
  AnySpotter::Result result;
  while (!rest.empty()) {
    ASSERT_TRUE(spotter.Feed(rest, &result).ok());
    rest = rest.subspan(result.consumed);
  }
}

// With their own kernels only, so that finding them takes no time.
class ShippedArenaSizesTest : public testing::TestWithParam<size_t> {
 protected:
  const EmbeddedModel& shipped_ = *ShippedModels()[GetParam()];
};

TEST_P(ShippedArenaSizesTest, Model) {
  ExpectCleanAtEverySize(shipped_.name, shipped_.bytes, shipped_.resolver, kShippedStep);
}

TEST_P(ShippedArenaSizesTest, Spotter) { ExpectSpotterCleanAtEverySize(shipped_); }

INSTANTIATE_TEST_SUITE_P(All, ShippedArenaSizesTest,
                         testing::Range(size_t{0}, ShippedModels().size()),
                         [](const auto& test_info) {
                           return ShippedModels()[test_info.param]->name;
                         });

TEST(ArenaSizesTest, OtherModels) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  constexpr size_t kStep = 16;
  for (const char* name :
       {"hello_world_int8", "micro_speech_quantized", "kws_ref_model", "str_ww_ref_model",
        "ad01_int8", "pretrainedResnet_quant", "mww_v1_okay_nabu", "mww_v2_vad"}) {
    const AlignedBytes bytes(
        test::ReadBytes(test::SharedPath(std::string("models/") + name + ".tflite")));
    ExpectCleanAtEverySize(name, bytes.span(), AllKernelsResolver(), kStep);
  }
}

}  // namespace
}  // namespace earshot
