// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The log mel front end and a spotter on it: every bit is the host's, which tests/frontend compares
// with the definition.

#include <gtest/gtest.h>

#include "earshot/app/log_mel_spotter.h"
#include "earshot/kernels/all_kernels.h"
#include "tests/on_device/field_reader.h"
#include "tests/on_device/workspace.h"

namespace earshot {
namespace {

using test::FieldReader;

constexpr size_t kNameBytes = 48;

// Gives the next field's samples, a few at a time, to `use`, which takes some and says how many.
template <typename Use>
void Feed(FieldReader& data, const Use& use) {
  constexpr size_t kPieces[] = {96, 1, 7, 33};
  size_t left = data.Begin() / sizeof(int16_t);
  for (size_t i = 0; left > 0; ++i) {
    int16_t samples[96];
    const size_t piece = kPieces[i % 4] < left ? kPieces[i % 4] : left;
    void* bytes = samples;
    data.Some(Span<uint8_t>(static_cast<uint8_t*>(bytes), piece * sizeof(int16_t)));
    left -= piece;
    for (Span<const int16_t> rest(samples, piece); !rest.empty();) rest = rest.subspan(use(rest));
  }
}

// Per signal: name, stride, number of frames; per frame the samples that complete it and its
// features.
TEST(LogMelTest, SignalsGiveTheHostsFeatures) {
  if (test::Workspace().size() < LogMelFrontend::RequiredBytes(kLogMelTables)) {
    GTEST_SKIP() << "no RAM for this front end";
  }
  FieldReader data("log_mel_signals");
  uint32_t frames = 0;
  while (!data.AtEnd()) {
    char name[kNameBytes];
    data.Text(name);
    const auto stride = data.Value<int32_t>();
    LogMelFrontend frontend;
    ASSERT_TRUE(LogMelFrontend::Create(kLogMelTables, stride, test::Workspace(), &frontend).ok());
    const auto count = data.Value<uint32_t>();
    for (uint32_t f = 0; f < count && !data.AtEnd(); ++f) {
      uint16_t features[kLogMelChannels] = {};
      int came = 0;
      Feed(data, [&](Span<const int16_t> samples) {
        const LogMelFrontend::Result result = frontend.Process(samples);
        if (!result.features.empty()) ++came;
        for (size_t c = 0; c < result.features.size(); ++c) features[c] = result.features[c];
        return result.consumed;
      });
      ASSERT_EQ(came, 1) << name << ", frame " << f;
      ASSERT_TRUE(data.Equals<uint16_t>(features)) << name << ", frame " << f;
    }
    frames += count;
  }
  ASSERT_EQ(data.error(), nullptr) << data.error();
  EXPECT_GE(frames, 100u);
}

// A model, its labels, the bytes that its spotter needs and the number of inferences; per inference
// the samples that complete it and its scores.
TEST(LogMelTest, SpotterGivesTheHostsScores) {
  FieldReader data("log_mel_spotter");
  const size_t model_bytes = static_cast<size_t>(AlignUp(data.PeekSize(), kArenaAlignment));
  const Span<uint8_t> workspace = test::Workspace();
  if (workspace.size() < model_bytes) GTEST_SKIP() << "no RAM for this model";
  const Span<const uint8_t> file = data.Bytes(workspace.subspan(0, model_bytes));
  SpotterConfig config;
  config.tables = &kLogMelTables;
  config.stride_ms = 32;
  config.label_count = data.Value<int32_t>();
  config.recognizer.background_labels = 0;
  const auto needed = data.Value<uint32_t>();
  // Not on the stack, which has no room for it below what prepares operators.
  constexpr auto kSpotterBytes =
      static_cast<size_t>(AlignUp(sizeof(LogMelSpotter), kArenaAlignment));
  const Span<uint8_t> rest = workspace.subspan(model_bytes);
  if (rest.size() < kSpotterBytes + needed) GTEST_SKIP() << "no RAM for this model and its spotter";
  Model model;
  ASSERT_TRUE(Model::Load(file, &model).ok());
  auto& spotter = *new (rest.data()) LogMelSpotter();
  const Span<uint8_t> memory = rest.subspan(kSpotterBytes);
  const Status status = LogMelSpotter::Create(model, AllKernelsResolver(), config,
                                              memory.subspan(0, needed), &spotter);
  ASSERT_TRUE(status.ok()) << test::TextNumber(status.what);
  EXPECT_EQ(spotter.used_bytes(), needed);
  const auto inferences = data.Value<uint32_t>();
  for (uint32_t i = 0; i < inferences && !data.AtEnd(); ++i) {
    int came = 0;
    uint8_t scores[8] = {};
    Feed(data, [&](Span<const int16_t> samples) {
      LogMelSpotter::Result result;
      EXPECT_TRUE(spotter.Feed(samples, &result).ok());
      if (!result.scores.empty()) ++came;
      for (size_t s = 0; s < result.scores.size(); ++s) scores[s] = result.scores[s];
      return result.consumed;
    });
    ASSERT_EQ(came, 1) << "inference " << i;
    ASSERT_TRUE(data.Equals(Span<uint8_t>(scores, static_cast<size_t>(config.label_count))))
        << "inference " << i;
  }
  ASSERT_EQ(data.error(), nullptr) << data.error();
  EXPECT_GE(inferences, 40u);
}

}  // namespace
}  // namespace earshot
