// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The front end against recordings of the original: stage by stage, and as a whole.

#include <gtest/gtest.h>

#include "earshot/frontend/fft.h"
#include "earshot/frontend/filterbank.h"
#include "earshot/frontend/frontend.h"
#include "earshot/frontend/log_scale.h"
#include "earshot/frontend/noise_reduction.h"
#include "earshot/frontend/pcan_gain.h"
#include "earshot/frontend/portable/stages.h"
#include "earshot/frontend/square_root.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/frontend/window.h"
#include "tests/on_device/field_reader.h"
#include "tests/on_device/workspace.h"

namespace earshot {
namespace {

using test::FieldReader;

constexpr size_t kWindow = 480;
constexpr size_t kFftSize = 512;
constexpr size_t kBins = 257;
constexpr size_t kChannels = 40;
constexpr size_t kNameBytes = 48;

struct StageBuffers {
  uint64_t accumulators[kChannels];
  uint32_t amplitudes[kChannels];
  uint32_t estimates[kChannels];  // Lives from frame to frame.
  uint16_t features[kChannels];
  uint32_t energies[kBins];
  int16_t samples[kWindow];
  int16_t windowed[kFftSize];
  EarshotComplex16 scratch[kFftSize / 2];
  EarshotComplex16 spectrum[kBins];
};

// One frame through all stages. Each takes what the one before has made, which was found equal to
// the recording. Fields: samples, windowed, magnitude, shift, spectrum, energies, accumulators,
// amplitudes, reduced, estimates, normalized, features.
void CheckFrame(FieldReader& data, StageBuffers& b) {
  data.Array<int16_t>(b.samples);
  const int shift = ApplyWindow(b.samples, kStandardTables.window, b.windowed);
  EXPECT_TRUE(data.Equals<int16_t>(Span<int16_t>(b.windowed, kWindow)));
  EXPECT_EQ(InputShift(data.Value<uint32_t>()), shift);
  EXPECT_EQ(shift, data.Value<int32_t>());
  RealFft(kStandardTables.fft, shift, b.windowed, b.scratch, b.spectrum);
  EXPECT_TRUE(data.Equals<EarshotComplex16>(b.spectrum));
  SpectrumEnergy(kStandardTables.filterbank, b.spectrum, b.energies);
  EXPECT_TRUE(data.Equals<uint32_t>(b.energies));
  ApplyFilterbank(kStandardTables.filterbank, b.energies, b.accumulators);
  EXPECT_TRUE(data.Equals<uint64_t>(b.accumulators));
  SquareRoots(b.accumulators, shift, b.amplitudes);
  EXPECT_TRUE(data.Equals<uint32_t>(b.amplitudes));
  ReduceNoise(kStandardTables.noise_reduction, b.estimates, b.amplitudes);
  EXPECT_TRUE(data.Equals<uint32_t>(b.amplitudes));
  EXPECT_TRUE(data.Equals<uint32_t>(b.estimates));
  ApplyPcan(kStandardTables.pcan, b.estimates, b.amplitudes);
  EXPECT_TRUE(data.Equals<uint32_t>(b.amplitudes));
  ApplyLog(kStandardTables.log, b.amplitudes, b.features);
  EXPECT_TRUE(data.Equals<uint16_t>(b.features));
}

// Per signal: name, number of frames, frames.
TEST(FrontendTest, EveryStageGivesTheRecordedBits) {
  FieldReader data("frontend_stages");
  uint32_t frames = 0;
  while (!data.AtEnd()) {
    char name[kNameBytes];
    data.Text(name);
    auto* buffers = test::WorkspaceAs<StageBuffers>();
    ASSERT_NE(buffers, nullptr);
    const auto count = data.Value<uint32_t>();
    for (uint32_t f = 0; f < count && !data.AtEnd(); ++f) {
      CheckFrame(data, *buffers);
      ASSERT_FALSE(testing::Test::HasFailure()) << name << ", frame " << f;
    }
    frames += count;
  }
  ASSERT_EQ(data.error(), nullptr) << data.error();
  EXPECT_GE(frames, 49u);
}

struct PortableStages {
  static constexpr auto& kWindow = portable::ApplyWindow;
  static constexpr auto& kFft = portable::RealFft;
  static constexpr auto& kEnergy = portable::SpectrumEnergy;
  static constexpr auto& kFilterbank = portable::ApplyFilterbank;
  static constexpr auto& kRoots = portable::SquareRoots;
};

struct ChosenStages {
  static constexpr auto& kWindow = ApplyWindow;
  static constexpr auto& kFft = RealFft;
  static constexpr auto& kEnergy = SpectrumEnergy;
  static constexpr auto& kFilterbank = ApplyFilterbank;
  static constexpr auto& kRoots = SquareRoots;
};

// FNV-1a, so that two runs can be compared in the memory of one.
template <typename T>
void AddTo(uint32_t& hash, Span<T> values) {
  const void* bytes = values.data();
  const auto* byte = static_cast<const uint8_t*>(bytes);
  for (size_t i = 0; i < values.size() * sizeof(T); ++i) hash = (hash ^ byte[i]) * 16777619u;
}

// Noise of all levels, and what reaches the ends of int16. Source of the generator's constants:
// Numerical Recipes, "quick and dirty" generators.
void FillSamples(uint32_t round, Span<int16_t> samples) {
  uint32_t state = round;
  for (size_t i = 0; i < samples.size(); ++i) {
    state = state * 1664525u + 1013904223u;
    const auto noise = static_cast<int16_t>(state >> 16);
    const bool odd = i / (1 + round % 29) % 2 != 0;
    switch (round % 5) {
      case 0:
        samples[i] = static_cast<int16_t>(noise >> (round / 5 % 16));
        break;
      case 1:
        samples[i] = odd ? -32768 : 32767;
        break;
      case 2:
        samples[i] = noise < 0 ? -32768 : 32767;
        break;
      case 3:
        samples[i] = -32768;
        break;
      default:
        samples[i] = i == round * 7 % kWindow ? noise : int16_t{0};
    }
  }
}

template <typename Stages>
uint32_t HashOfStages(uint32_t round, StageBuffers& b) {
  const Span<int16_t> samples(b.samples);
  const Span<int16_t> windowed(b.windowed);
  const Span<EarshotComplex16> spectrum(b.spectrum);
  const Span<uint32_t> energies(b.energies);
  const Span<uint64_t> accumulators(b.accumulators);
  const Span<uint32_t> amplitudes(b.amplitudes);
  uint32_t hash = 2166136261u;
  FillSamples(round, samples);
  int shift = Stages::kWindow(samples, kStandardTables.window, windowed);
  AddTo(hash, windowed);
  hash += static_cast<uint32_t>(shift);
  if (round % 3 == 0) {  // Without a window: sums run over int16.
    FillSamples(round, windowed);
    shift = 0;
  }
  Stages::kFft(kStandardTables.fft, shift, windowed, Span<EarshotComplex16>(b.scratch), spectrum);
  AddTo(hash, spectrum);
  Stages::kEnergy(kStandardTables.filterbank, spectrum, energies);
  AddTo(hash, energies);
  Stages::kFilterbank(kStandardTables.filterbank, energies, accumulators);
  AddTo(hash, accumulators);
  Stages::kRoots(accumulators, shift, amplitudes);
  AddTo(hash, amplitudes);
  return hash;
}

// The stages of this processor, or those that a host chose.
TEST(FrontendTest, StagesGiveTheBitsOfThePortableOnes) {
  auto* buffers = test::WorkspaceAs<StageBuffers>();
  ASSERT_NE(buffers, nullptr);
  for (uint32_t round = 0; round < 120; ++round) {
    const uint32_t wanted = HashOfStages<PortableStages>(round, *buffers);
    ASSERT_EQ(HashOfStages<ChosenStages>(round, *buffers), wanted) << round;
  }
}

// Feeds the next field's samples in pieces of several sizes. Returns how many frames came, the
// features of the last one being in `features`.
int Feed(FieldReader& data, Frontend& frontend, Span<uint16_t> features) {
  constexpr size_t kMostSamples = 160;
  constexpr size_t kPieces[] = {1, kMostSamples, 7, 33, 79};
  int frames = 0;
  size_t left = data.Begin() / sizeof(int16_t);
  for (size_t i = 0; left > 0; ++i) {
    int16_t samples[kMostSamples];
    const size_t piece = kPieces[i % 5] < left ? kPieces[i % 5] : left;
    void* bytes = samples;
    data.Some(Span<uint8_t>(static_cast<uint8_t*>(bytes), piece * sizeof(int16_t)));
    left -= piece;
    for (Span<const int16_t> rest(samples, piece); !rest.empty();) {
      const Frontend::Result result = frontend.Process(rest);
      rest = rest.subspan(result.consumed);
      if (result.features.empty()) continue;
      ++frames;
      for (size_t c = 0; c < kChannels; ++c) features[c] = result.features[c];
    }
  }
  return frames;
}

// Per signal: name, stride, number of frames; per frame the samples that complete it and its
// features; the remaining samples; noise estimates at the end, or nothing.
TEST(FrontendTest, WholeSignalsGiveTheRecordedFeatures) {
  FieldReader data("frontend_signals");
  uint32_t frames = 0;
  while (!data.AtEnd()) {
    char name[kNameBytes];
    data.Text(name);
    const auto stride = data.Value<int32_t>();
    Frontend frontend;
    ASSERT_TRUE(Frontend::Create(kStandardTables, stride, test::Workspace(), &frontend).ok());
    uint16_t features[kChannels];
    const auto count = data.Value<uint32_t>();
    for (uint32_t f = 0; f < count && !data.AtEnd(); ++f) {
      ASSERT_EQ(Feed(data, frontend, features), 1) << name << ", frame " << f;
      ASSERT_TRUE(data.Equals<uint16_t>(features)) << name << ", frame " << f;
    }
    ASSERT_EQ(Feed(data, frontend, features), 0) << name;
    const bool has_noise = data.PeekSize() != 0;
    if (!has_noise) data.Skip(1);
    if (has_noise) {
      EXPECT_TRUE(data.Equals(frontend.noise_estimate())) << name;
    }
    frames += count;
  }
  ASSERT_EQ(data.error(), nullptr) << data.error();
  EXPECT_GE(frames, 400u);
}

}  // namespace
}  // namespace earshot
