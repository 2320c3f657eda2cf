// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The log mel front end against its definition in double precision.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "earshot/app/log_mel_quantization.h"
#include "earshot/base/aligned_bytes.h"
#include "earshot/frontend/design/design_frontend.h"
#include "earshot/frontend/design/design_log_mel.h"
#include "earshot/frontend/log_mel_frontend.h"
#include "earshot/frontend/log_mel_stages.h"
#include "earshot/frontend/standard_tables.h"
#include "tests/support/golden.h"
#include "tests/support/log_mel_oracle.h"

namespace earshot {
namespace {

using test::kOracleChannels;
using test::kOracleWindow;

constexpr int32_t kStride = 512;
constexpr float kReferenceScale = 0.00370104262f;  // Of the input of the benchmark's model.
constexpr double kPi = 3.14159265358979323846264338327950288;

using Sound = std::vector<int16_t>;

int16_t Clip(double value) {
  return static_cast<int16_t>(std::clamp(std::round(value), -32768.0, 32767.0));
}

Sound Sine(double hz, double amplitude, size_t samples) {
  Sound sound;
  for (size_t i = 0; i < samples; ++i) {
    sound.push_back(Clip(amplitude * std::sin(2 * kPi * hz * static_cast<double>(i) / 16000)));
  }
  return sound;
}

Sound Noise(double amplitude, size_t samples, uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(-amplitude, amplitude);
  Sound sound;
  for (size_t i = 0; i < samples; ++i) sound.push_back(Clip(uniform(random)));
  return sound;
}

Sound Louder(const Sound& sound, double decibels) {
  Sound result;
  for (const int16_t sample : sound) {
    result.push_back(Clip(sample * std::pow(10, decibels / 20)));
  }
  return result;
}

// The samples of a recording as this repository has them: 16 kHz, mono, behind 44 bytes of header.
Sound Recording(const std::string& name) {
  constexpr size_t kHeaderBytes = 44;
  const std::vector<uint8_t> bytes = test::ReadBytes(test::SourcePath("audio_samples/" + name));
  EXPECT_EQ(std::string(bytes.begin() + 36, bytes.begin() + 40), "data") << name;
  Sound sound((bytes.size() - kHeaderBytes) / sizeof(int16_t));
  std::memcpy(sound.data(), bytes.data() + kHeaderBytes, sound.size() * sizeof(int16_t));
  return sound;
}

// Features of a sound that is fed in pieces of these sizes, used in turn.
std::vector<uint16_t> Features(const Sound& sound, const std::vector<size_t>& pieces,
                               int32_t stride = kStride) {
  AlignedBytes memory(LogMelFrontend::RequiredBytes(kLogMelTables));
  LogMelFrontend frontend;
  EXPECT_TRUE(LogMelFrontend::Create(kLogMelTables, stride, memory.span(), &frontend).ok());
  std::vector<uint16_t> features;
  size_t begin = 0;
  for (size_t i = 0; begin < sound.size(); ++i) {
    const size_t count = std::min(pieces[i % pieces.size()], sound.size() - begin);
    const LogMelFrontend::Result result =
        frontend.Process(Span<const int16_t>(sound).subspan(begin, count));
    features.insert(features.end(), result.features.begin(), result.features.end());
    begin += result.consumed;
  }
  return features;
}

struct Comparison {
  int values = 0;
  int within_one = 0;
  int inside = 0;  // Neither 0 nor 1, where it would be easy.
  int exact_inside = 0;
  double largest_error = 0;  // Of a feature.

  void Add(const Sound& sound, double scale) {
    const std::vector<uint16_t> found = Features(sound, {sound.size()});
    const LogMelQuantizer quantize(static_cast<float>(scale));
    for (size_t f = 0; f < found.size() / kOracleChannels; ++f) {
      const size_t begin = f * kStride;
      const int16_t before = begin == 0 ? int16_t{0} : sound[begin - 1];
      const std::vector<double> wanted =
          test::LogMelOracle(Span<const int16_t>(sound).subspan(begin, kOracleWindow), before);
      for (size_t c = 0; c < kOracleChannels; ++c) {
        const uint16_t feature = found[f * kOracleChannels + c];
        const int step = quantize(feature) - test::LogMelInt8(wanted[c], scale);
        const bool is_inside = wanted[c] > 0 && wanted[c] < 1;
        ++values;
        within_one += std::abs(step) <= 1 ? 1 : 0;
        inside += is_inside ? 1 : 0;
        exact_inside += is_inside && step == 0 ? 1 : 0;
        largest_error = std::max(largest_error, std::abs(feature / 32768.0 - wanted[c]));
      }
    }
  }
};

// Wanted are 99.9 % within one step; all of them are.
void ExpectClose(const std::string& name, const Comparison& found) {
  ASSERT_GT(found.inside, 0) << name;
  EXPECT_EQ(found.within_one, found.values) << name;
  EXPECT_GE(found.exact_inside, found.inside * 0.99) << name;
  EXPECT_LT(found.largest_error, 0.0005) << name;
  testing::Test::RecordProperty(
      name, std::to_string(found.values) + " values, " + std::to_string(found.within_one) +
                " within one, " + std::to_string(found.inside) + " inside, " +
                std::to_string(found.exact_inside) + " of them exact, largest error " +
                std::to_string(found.largest_error));
}

// The oracle's own transform, which is a fast one, is the sum that defines it.
TEST(LogMelTest, TransformOfTheOracleIsTheDefinition) {
  std::vector<std::complex<double>> x;
  for (const int16_t sample : Noise(100, 64, 5)) x.emplace_back(sample);
  const std::vector<std::complex<double>> found = test::Dft(x);
  for (size_t k = 0; k < x.size(); ++k) {
    std::complex<double> sum = 0;
    for (size_t n = 0; n < x.size(); ++n) {
      sum += x[n] * std::polar(1.0, -2 * kPi * static_cast<double>(k * n) / 64);
    }
    EXPECT_LT(std::abs(found[k] - sum), 1e-9) << k;
  }
}

TEST(LogMelTest, SinesOfAllLevelsAreWithinAStep) {
  Comparison comparison;
  for (const double hz : {50.0, 440.0, 1000.0, 2718.0, 7900.0}) {
    for (double amplitude = 1; amplitude < 40000; amplitude *= 1.5) {
      comparison.Add(Sine(hz, amplitude, 3 * kOracleWindow), kReferenceScale);
    }
  }
  ExpectClose("sines", comparison);
  EXPECT_GT(comparison.inside, 1000);
}

TEST(LogMelTest, NoiseOfAllLevelsIsWithinAStep) {
  Comparison comparison;
  for (double amplitude = 0.6; amplitude < 40000; amplitude *= 2) {
    comparison.Add(Noise(amplitude, 4 * kOracleWindow, 1), kReferenceScale);
  }
  ExpectClose("noise", comparison);
}

TEST(LogMelTest, SpeechOfAllLevelsIsWithinAStep) {
  Comparison comparison;
  for (const char* name :
       {"yes/flite_slt.wav", "yes/flite_awb_quiet.wav", "streams/white_10db.wav"}) {
    Sound sound = Recording(name);
    sound.resize(std::min<size_t>(sound.size(), 24000));
    for (const double decibels : {-60.0, -40.0, -20.0, 0.0, 20.0, 40.0}) {
      comparison.Add(Louder(sound, decibels), kReferenceScale);
    }
  }
  ExpectClose("speech", comparison);
  EXPECT_GT(comparison.inside, 8000);
}

// With a scale at each end of what is taken.
TEST(LogMelTest, OtherScalesAreWithinAStep) {
  for (const double scale : {0.5 / 255, 1.0 / 255, 1.01 / 255}) {
    Comparison comparison;
    for (double amplitude = 1; amplitude < 40000; amplitude *= 8) {
      comparison.Add(Noise(amplitude, 2 * kOracleWindow, 2), scale);
    }
    ExpectClose("scale " + std::to_string(scale), comparison);
  }
}

// Squares at full scale are the loudest there is after emphasis; what overflows shows here.
TEST(LogMelTest, ExtremesAreWithinAStep) {
  Comparison comparison;
  for (const size_t half_period : {1u, 2u, 8u, 160u}) {
    Sound square;
    for (size_t i = 0; i < 3 * kOracleWindow; ++i) {
      square.push_back(i / half_period % 2 == 0 ? int16_t{-32768} : int16_t{32767});
    }
    comparison.Add(square, kReferenceScale);
  }
  for (const int16_t constant : {int16_t{0}, int16_t{1}, int16_t{32767}, int16_t{-32768}}) {
    comparison.Add(Sound(3 * kOracleWindow, constant), kReferenceScale);
  }
  Sound impulse(3 * kOracleWindow, 0);
  impulse[700] = -32768;
  impulse[2000] = 1;
  comparison.Add(impulse, kReferenceScale);
  ExpectClose("extremes", comparison);
}

TEST(LogMelTest, SilenceIsTheLowestFeature) {
  for (const uint16_t feature : Features(Sound(4000, 0), {4000})) EXPECT_EQ(feature, 0);
  EXPECT_EQ(LogMelQuantizer(kReferenceScale)(0), -128);
}

TEST(LogMelTest, PiecesDoNotMatter) {
  const Sound sound = Noise(9000, 9000, 3);
  for (const int32_t stride : {1, 160, 512, 1024}) {
    Sound some = sound;
    some.resize(stride == 1 ? 1100 : some.size());
    const std::vector<uint16_t> whole = Features(some, {some.size()}, stride);
    EXPECT_EQ(whole.size(),
              ((some.size() - kOracleWindow) / static_cast<size_t>(stride) + 1) * kOracleChannels);
    EXPECT_EQ(Features(some, {1}, stride), whole);
    EXPECT_EQ(Features(some, {7, 512, 1, 1023, 1024, 1025}, stride), whole);
  }
  EXPECT_TRUE(Features(Noise(9000, 1023, 3), {1023}).empty());
}

TEST(LogMelTest, ResetForgetsTheSampleInFront) {
  AlignedBytes memory(LogMelFrontend::RequiredBytes(kLogMelTables));
  LogMelFrontend frontend;
  ASSERT_TRUE(LogMelFrontend::Create(kLogMelTables, kStride, memory.span(), &frontend).ok());
  const Sound sound = Noise(9000, 1024, 4);
  const auto hear = [&] {
    const Span<const uint16_t> features = frontend.Process(sound).features;
    return std::vector<uint16_t>(features.begin(), features.end());
  };
  const std::vector<uint16_t> first = hear();
  const Sound more(512, -30000);
  frontend.Process(more);
  frontend.Reset();
  EXPECT_EQ(hear(), first);
}

// As TFLM's truncation does not: towards zero, so 0 is the only feature that is -128.
TEST(LogMelTest, QuantizationIsCutOffTowardsZero) {
  for (const double scale : {0.5 / 255, 0.0037, 1.0 / 255, 1.01 / 255}) {
    const auto as_float = static_cast<float>(scale);
    const LogMelQuantizer quantize(as_float);
    for (int feature = 0; feature <= 32768; ++feature) {
      const double steps = feature / 32768.0 / as_float;
      const int8_t wanted = test::LogMelInt8(feature / 32768.0, as_float);
      const int8_t found = quantize(static_cast<uint16_t>(feature));
      // At a whole number of steps the multiplier's rounding decides.
      if (std::abs(steps - std::round(steps)) > 0.005) {
        EXPECT_EQ(found, wanted) << feature;
      }
      EXPECT_LE(std::abs(found - wanted), 1) << feature;
    }
  }
  EXPECT_EQ(LogMelQuantizer(1.0f / 255)(1), -127);
}

// All powers from what is far below a feature of 0 to what is far above 1.
TEST(LogMelTest, LogarithmIsWithinAThousandthOfAStep) {
  for (double energy = 1; energy < 1.8e19; energy *= 1.0137) {
    const auto value = static_cast<uint64_t>(energy);
    const double wanted = std::clamp(
        (10 * std::log10(std::ldexp(static_cast<double>(value), -47)) + 52) / 64, 0.0, 1.0);
    EXPECT_NEAR(LogMelFeature(value) / 32768.0, wanted, 2e-5) << value;
  }
  EXPECT_EQ(LogMelFeature(0), 0);
  EXPECT_EQ(LogMelFeature(UINT64_MAX), 32768);
}

template <typename T>
std::vector<T> Copy(Span<const T> values) {
  return {values.begin(), values.end()};
}

// The checked-in constants are what the formulas give.
TEST(LogMelTest, TablesAreWhatTheFormulasGive) {
  const LogMelDesign design = DesignLogMel();
  EXPECT_EQ(Copy(kLogMelTables.window), design.window);
  EXPECT_EQ(Copy(kLogMelTables.filterbank.widths), design.widths);
  EXPECT_EQ(Copy(kLogMelTables.filterbank.falling), design.falling);
  EXPECT_EQ(kLogMelTables.filterbank.first_bin, design.first_bin);
  EXPECT_EQ(kLogMelTables.filterbank.end_bin, design.end_bin);
  EXPECT_EQ(kLogMelTables.filterbank.channels, static_cast<int32_t>(kLogMelChannels));
  EXPECT_EQ(kLogMelTables.fft.size, static_cast<int32_t>(kLogMelWindow));
  EXPECT_EQ(std::memcmp(&kLogMelFftState, design.fft_state.data(),
                        design.fft_state.size() * sizeof(int32_t)),
            0);
  EXPECT_EQ(
      std::memcmp(kLogMelSuperTwiddles, design.super_twiddles.data(), sizeof(kLogMelSuperTwiddles)),
      0);
}

TEST(LogMelTest, IsNothingToDesign) {
  DesignedTables designed;
  const Status status = DesignFrontend(LogMelConfig(), &designed);
  EXPECT_EQ(status.code, StatusCode::kInvalidArgument);
  EXPECT_STREQ(status.what, "front end: its tables are constants");
}

TEST(LogMelTest, RefusesWhatItCannotWorkWith) {
  AlignedBytes memory(LogMelFrontend::RequiredBytes(kLogMelTables));
  LogMelFrontend frontend;
  const auto create = [&](const FrontendTables& tables, int32_t stride, Span<uint8_t> bytes) {
    return LogMelFrontend::Create(tables, stride, bytes, &frontend);
  };
  const Status other = create(kStandardTables, kStride, memory.span());
  EXPECT_EQ(other.code, StatusCode::kInvalidArgument);
  EXPECT_STREQ(other.what, "tables: not those of the log mel front end");
  for (const int32_t stride : {0, -1, 1025}) {
    const Status status = create(kLogMelTables, stride, memory.span());
    EXPECT_EQ(status.code, StatusCode::kInvalidArgument);
    EXPECT_EQ(status.found, stride);
    EXPECT_EQ(status.wanted, stride < 1 ? 1 : 1024);
  }
  const Status small = create(kLogMelTables, kStride, memory.span().subspan(8));
  EXPECT_EQ(small.code, StatusCode::kArenaTooSmall);
  EXPECT_EQ(small.wanted, static_cast<int32_t>(memory.size()));
  EXPECT_EQ(create(kLogMelTables, kStride, memory.span().subspan(4)).code,
            StatusCode::kInvalidArgument);
}

TEST(LogMelTest, RefusesEitherMemoryThatIsTooSmall) {
  AlignedBytes state(LogMelFrontend::StateBytes(kLogMelTables));
  AlignedBytes working(LogMelFrontend::WorkingBytes(kLogMelTables));
  LogMelFrontend frontend;
  const auto create = [&](size_t state_bytes, size_t working_bytes) {
    return LogMelFrontend::Create(kLogMelTables, kStride, state.span().subspan(0, state_bytes),
                                  working.span().subspan(0, working_bytes), &frontend);
  };
  EXPECT_TRUE(create(state.size(), working.size()).ok());
  const Status no_state = create(state.size() - 1, working.size());
  EXPECT_EQ(no_state.code, StatusCode::kArenaTooSmall);
  EXPECT_EQ(no_state.wanted, static_cast<int32_t>(state.size()));
  const Status no_room = create(state.size(), working.size() - 1);
  EXPECT_EQ(no_room.code, StatusCode::kArenaTooSmall);
  EXPECT_EQ(no_room.wanted, static_cast<int32_t>(working.size()));
}

}  // namespace
}  // namespace earshot
