// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Every implementation of the stages gives the bits of the definition: of kissfft itself for the
// FFT, of the reference for the others. Over random input of all levels and over extremes, and
// as a whole front end.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "earshot/frontend/design/design_frontend.h"
#include "earshot/frontend/design/fft_state.h"
#include "earshot/frontend/frontend.h"
#include "earshot/frontend/log_scale.h"
#include "earshot/frontend/noise_reduction.h"
#include "earshot/frontend/pcan_gain.h"
#include "earshot/frontend/stage_sets.h"
#include "earshot/frontend/standard_tables.h"

namespace earshot {
namespace {

using Random = std::mt19937;

class StageSetTest : public testing::TestWithParam<const StageSet*> {
 protected:
  void SetUp() override {
    if (!set().is_available()) GTEST_SKIP() << "this processor cannot run " << set().name;
  }
  const StageSet& set() const { return *GetParam(); }
  const StageSet& reference() const { return *StageSets()[0]; }
};

int16_t RandomSample(Random& random) { return static_cast<int16_t>(random()); }

// Signals that reach the ends of what numbers hold, or a level at random.
std::vector<int16_t> Signal(Random& random, int kind, size_t count) {
  std::vector<int16_t> samples(count);
  const int quieter = static_cast<int>(random() % 16);
  const size_t period = 1 + random() % 40;
  for (size_t i = 0; i < count; ++i) {
    const bool odd = i / period % 2 != 0;
    switch (kind % 9) {
      case 0:
        samples[i] = static_cast<int16_t>(RandomSample(random) >> quieter);
        break;
      case 1:
        samples[i] = -32768;
        break;
      case 2:
        samples[i] = 32767;
        break;
      case 3:
        samples[i] = static_cast<int16_t>(i % 2 != 0 ? -32768 : 32767);
        break;
      case 4:
        samples[i] = static_cast<int16_t>(odd ? -32768 : 32767);
        break;
      case 5:
        samples[i] = static_cast<int16_t>(RandomSample(random) < 0 ? -32768 : 32767);
        break;
      case 6:
        samples[i] = static_cast<int16_t>(i == period ? -32768 : 0);
        break;
      case 7:
        samples[i] = 0;
        break;
      default:
        samples[i] = static_cast<int16_t>(
            32767 * std::sin(static_cast<double>(i * period) * M_PI / static_cast<double>(count)));
    }
  }
  return samples;
}

DesignedTables Designed(const FrontendConfig& config) {
  DesignedTables designed;
  EXPECT_TRUE(DesignFrontend(config, &designed).ok());
  return designed;
}

// Tables whose FFT has `size` points.
DesignedTables TablesOfSize(int32_t size) {
  FrontendConfig config;
  config.sample_rate_hz = 4000;
  config.window_ms = size / 4;  // 4 samples each.
  config.upper_hz = 1900;
  config.channels = 1;
  DesignedTables designed = Designed(config);
  EXPECT_EQ(designed.tables().fft.size, size);
  return designed;
}

std::vector<int16_t> Flat(const std::vector<EarshotComplex16>& numbers) {
  std::vector<int16_t> parts;
  for (const EarshotComplex16& number : numbers) parts.insert(parts.end(), {number.re, number.im});
  return parts;
}

// What kissfft gives, with constants that are computed in double precision as its own set-up does.
std::vector<EarshotComplex16> Kissfft(std::vector<int16_t> samples, int shift) {
  const auto points = static_cast<int32_t>(samples.size() / 2);
  std::vector<int32_t> state(FftStateWords<EarshotComplex16>(points));
  std::vector<EarshotComplex16> super_twiddles(samples.size() / 4);
  MakeFftState<EarshotComplex16>(points, false, state, super_twiddles);
  std::vector<EarshotComplex16> scratch(samples.size() / 2);
  std::vector<EarshotComplex16> spectrum(samples.size() / 2 + 1);
  for (int16_t& sample : samples) sample = static_cast<int16_t>(sample * (1 << shift));
  EarshotRealFft(state.data(), super_twiddles.data(), samples.data(), scratch.data(),
                 spectrum.data());
  return spectrum;
}

TEST_P(StageSetTest, FftGivesTheBitsOfKissfftForEverySize) {
  Random random(1);
  for (int32_t size = 16; size <= 2048; size *= 2) {
    const DesignedTables designed = TablesOfSize(size);
    const auto count = static_cast<size_t>(size);
    for (int round = 0; round < 180; ++round) {
      const int shift = static_cast<int>(round < 90 ? 0 : random() % 16);
      std::vector<int16_t> samples = Signal(random, round, count);
      const auto wanted = Flat(Kissfft(samples, shift));
      std::vector<EarshotComplex16> scratch(count / 2);
      std::vector<EarshotComplex16> spectrum(count / 2 + 1);
      // In the same place, as the front end has them; or apart.
      Span<int16_t> input(&spectrum[0].re, count);
      if (round % 2 != 0) input = samples;
      std::copy(samples.begin(), samples.end(), input.begin());
      set().real_fft(designed.tables().fft, shift, input, scratch, spectrum);
      ASSERT_EQ(Flat(spectrum), wanted) << "size " << size << ", round " << round;
    }
  }
}

// Numbers that add up in one bin at full scale: sums run over and wrap, as they do in kissfft.
TEST_P(StageSetTest, FftWrapsWhereKissfftDoes) {
  Random random(2);
  const FftTables& tables = kStandardTables.fft;
  const auto count = static_cast<size_t>(tables.size);
  for (int round = 0; round < 500; ++round) {
    const double turns = std::uniform_real_distribution<double>(0, 256)(random);
    const double phase = std::uniform_real_distribution<double>(0, 7)(random);
    std::vector<int16_t> samples(count);
    for (size_t i = 0; i < count; ++i) {
      // Clipped hard, and each pair turned as a complex number.
      const size_t pair = i / 2;
      const double at = 2 * M_PI * turns * static_cast<double>(pair) / 256 + phase;
      const double value = 3e5 * (i % 2 == 0 ? std::cos(at) : std::sin(at));
      samples[i] = static_cast<int16_t>(std::clamp(value, -32768.0, 32767.0));
    }
    const auto wanted = Flat(Kissfft(samples, 0));
    std::vector<EarshotComplex16> scratch(count / 2);
    std::vector<EarshotComplex16> spectrum(count / 2 + 1);
    set().real_fft(tables, 0, samples, scratch, spectrum);
    ASSERT_EQ(Flat(spectrum), wanted) << "round " << round;
  }
}

TEST_P(StageSetTest, WindowIsTheReference) {
  Random random(3);
  for (int round = 0; round < 600; ++round) {
    const size_t count = round % 3 == 0 ? 480 : 1 + random() % 700;
    const std::vector<int16_t> samples = Signal(random, round, count);
    std::vector<int16_t> coefficients(count);
    for (int16_t& coefficient : coefficients) {
      coefficient = static_cast<int16_t>(round % 5 == 0 ? 4096 : random() % 4097);
    }
    const size_t padded = count + random() % 40;
    std::vector<int16_t> found(padded, 7);
    std::vector<int16_t> wanted(padded, 9);
    const int shift = set().apply_window(samples, coefficients, found);
    ASSERT_EQ(shift, reference().apply_window(samples, coefficients, wanted)) << round;
    ASSERT_EQ(found, wanted) << round;
  }
}

FrontendConfig Channels(int32_t channels, int32_t window_ms) {
  FrontendConfig config;
  config.channels = channels;
  config.window_ms = window_ms;
  return config;
}

TEST_P(StageSetTest, EnergyAndFilterbankAreTheReference) {
  Random random(4);
  for (const FrontendConfig& config :
       {Channels(40, 30), Channels(1, 128), Channels(128, 10), Channels(80, 60), Channels(7, 3)}) {
    const DesignedTables designed = Designed(config);
    FilterbankTables bank = designed.tables().filterbank;
    const FilterbankTables::RoundedUp rounded_up[] = {
        {static_cast<int16_t>(bank.first_bin), 0},
        {static_cast<int16_t>(bank.end_bin - 1), static_cast<int16_t>(bank.channels - 1)}};
    const auto bins = static_cast<size_t>(designed.tables().fft.size) / 2 + 1;
    for (int round = 0; round < 200; ++round) {
      if (round == 100) bank.rounded_up = rounded_up;
      std::vector<EarshotComplex16> spectrum(bins);
      for (EarshotComplex16& bin : spectrum) {
        const int kind = round % 4;
        const bool is_extreme = kind == 0 || (kind == 1 && random() % 2 == 0);
        bin.re = is_extreme ? int16_t{-32768} : RandomSample(random);
        bin.im = is_extreme ? int16_t{-32768} : RandomSample(random);
      }
      std::vector<uint32_t> energy(bins, 1);
      std::vector<uint32_t> wanted_energy(bins, 2);
      set().spectrum_energy(bank, spectrum, energy);
      reference().spectrum_energy(bank, spectrum, wanted_energy);
      ASSERT_EQ(energy, wanted_energy) << config.channels << " channels, round " << round;
      std::vector<uint64_t> channels(static_cast<size_t>(config.channels), 3);
      std::vector<uint64_t> wanted(static_cast<size_t>(config.channels), 4);
      set().apply_filterbank(bank, energy, channels);
      reference().apply_filterbank(bank, energy, wanted);
      ASSERT_EQ(channels, wanted) << config.channels << " channels, round " << round;
    }
  }
}

TEST_P(StageSetTest, SquareRootsAreTheReference) {
  std::mt19937_64 random(5);
  std::vector<uint64_t> values = {0, 1, 2, 3, UINT64_MAX, 0xFFFFFFFF, 0x100000000};
  for (int i = 0; i < 60000; ++i) {
    values.push_back(random() >> (random() % 64));
    // Where the rounding changes, and where the root does.
    const uint64_t root = random() >> (32 + random() % 32);
    for (uint64_t step = 0; step < 3; ++step) {
      values.push_back(root * root + step - 1);
      values.push_back(root * root + root + step - 1);
    }
  }
  for (size_t begin = 0; begin < values.size(); begin += 40 + begin % 7) {
    const std::vector<uint64_t> some(
        values.begin() + static_cast<ptrdiff_t>(begin),
        values.begin() + static_cast<ptrdiff_t>(std::min(values.size(), begin + 40)));
    const int shift = static_cast<int>(random() % 16);
    std::vector<uint32_t> found(some.size());
    std::vector<uint32_t> wanted(some.size());
    set().square_roots(some, shift, found);
    reference().square_roots(some, shift, wanted);
    ASSERT_EQ(found, wanted) << "from " << begin << " on";
  }
}

// A front end put together of a set's stages.
std::vector<uint16_t> Features(const StageSet& set, const std::vector<int16_t>& sound) {
  const FrontendTables& tables = kStandardTables;
  const size_t window = tables.window.size();
  const auto size = static_cast<size_t>(tables.fft.size);
  const auto channels = static_cast<size_t>(tables.filterbank.channels);
  std::vector<uint32_t> estimate(channels, 0);
  std::vector<uint16_t> features;
  for (size_t begin = 0; begin + window <= sound.size(); begin += 160) {
    std::vector<int16_t> samples(size);
    std::vector<EarshotComplex16> scratch(size / 2);
    std::vector<EarshotComplex16> spectrum(size / 2 + 1);
    std::vector<uint32_t> energy(size / 2 + 1);
    std::vector<uint64_t> channel_energy(channels);
    std::vector<uint32_t> signal(channels);
    std::vector<uint16_t> row(channels);
    const int shift =
        set.apply_window(Span<const int16_t>(sound).subspan(begin, window), tables.window, samples);
    set.real_fft(tables.fft, shift, samples, scratch, spectrum);
    set.spectrum_energy(tables.filterbank, spectrum, energy);
    set.apply_filterbank(tables.filterbank, energy, channel_energy);
    set.square_roots(channel_energy, shift, signal);
    ReduceNoise(tables.noise_reduction, estimate, signal);
    ApplyPcan(tables.pcan, estimate, signal);
    ApplyLog(tables.log, signal, row);
    features.insert(features.end(), row.begin(), row.end());
  }
  return features;
}

// Half a second each of noise, quiet and loud, of silence, and of what is clipped.
std::vector<int16_t> Sound() {
  Random random(6);
  std::vector<int16_t> sound;
  for (int kind = 0; kind < 27; ++kind) {
    const std::vector<int16_t> part = Signal(random, kind, 8000);
    sound.insert(sound.end(), part.begin(), part.end());
  }
  return sound;
}

TEST_P(StageSetTest, WholeFrontEndIsTheReference) {
  const std::vector<int16_t> sound = Sound();
  ASSERT_EQ(Features(set(), sound), Features(reference(), sound));
}

INSTANTIATE_TEST_SUITE_P(All, StageSetTest,
                         testing::ValuesIn(StageSets().begin(), StageSets().end()),
                         [](const auto& one) { return std::string(one.param->name); });

// The front end itself has the chosen stages, whichever they are.
TEST(StageSetsTest, TheFrontEndIsMadeOfTheChosenSet) {
  const std::vector<int16_t> sound = Sound();
  std::vector<uint64_t> memory(Frontend::RequiredBytes(kStandardTables) / sizeof(uint64_t));
  void* const bytes = memory.data();
  Frontend frontend;
  ASSERT_TRUE(Frontend::Create(
                  kStandardTables, 160,
                  Span<uint8_t>(static_cast<uint8_t*>(bytes), memory.size() * sizeof(uint64_t)),
                  &frontend)
                  .ok());
  std::vector<uint16_t> features;
  for (Span<const int16_t> rest(sound); !rest.empty();) {
    const Frontend::Result result = frontend.Process(rest);
    rest = rest.subspan(result.consumed);
    features.insert(features.end(), result.features.begin(), result.features.end());
  }
  EXPECT_EQ(features, Features(ChosenStageSet(), sound));
}

TEST(StageSetsTest, AreFoundByName) {
  const StageSet* fastest = nullptr;
  for (const StageSet* set : StageSets()) {
    if (!set->is_available()) continue;
    EXPECT_EQ(&FindStageSet(set->name), set);
    fastest = set;
  }
  EXPECT_EQ(&FindStageSet(nullptr), fastest);
  EXPECT_EQ(&FindStageSet("none of these"), fastest);
  EXPECT_EQ(&ChosenStageSet(), &FindStageSet(std::getenv("EARSHOT_KERNELS")));
}

}  // namespace
}  // namespace earshot
