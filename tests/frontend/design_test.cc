// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/design/design_frontend.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "earshot/frontend/design/same_tables.h"
#include "earshot/frontend/standard_tables.h"
#include "tests/frontend/run_frontend.h"
#include "tests/support/golden.h"
#include "tests/support/original_filterbank.h"

namespace earshot {
namespace {

using test::RunFrontend;

template <typename T>
std::vector<T> Copy(Span<const T> values) {
  return {values.begin(), values.end()};
}

std::vector<int16_t> Flat(Span<const EarshotComplex16> numbers) {
  std::vector<int16_t> parts;
  for (const EarshotComplex16& number : numbers) parts.insert(parts.end(), {number.re, number.im});
  return parts;
}

std::vector<int16_t> Noise(size_t samples) {
  std::mt19937 random(7);
  std::vector<int16_t> pcm(samples);
  for (int16_t& sample : pcm) sample = static_cast<int16_t>(random() % 8001 - 4000);
  return pcm;
}

// The checked-in constants are what the formulas give.
TEST(DesignFrontendTest, ReproducesTheStandardTables) {
  DesignedTables designed;
  ASSERT_TRUE(DesignFrontend(FrontendConfig{}, &designed).ok());
  const FrontendTables& found = designed.tables();
  EXPECT_EQ(Copy(found.window), Copy(kStandardTables.window));
  EXPECT_EQ(found.fft.size, kStandardTables.fft.size);
  EXPECT_EQ(Flat(found.fft.twiddles), Flat(kStandardTables.fft.twiddles));
  EXPECT_EQ(Flat(found.fft.super_twiddles), Flat(kStandardTables.fft.super_twiddles));
  EXPECT_EQ(Copy(found.filterbank.falling), Copy(kStandardTables.filterbank.falling));
  EXPECT_EQ(Copy(found.filterbank.widths), Copy(kStandardTables.filterbank.widths));
  EXPECT_TRUE(found.filterbank.rounded_up.empty());
  EXPECT_EQ(Copy(found.pcan.gains), Copy(kStandardTables.pcan.gains));
  EXPECT_EQ(DesignLogTable(), std::vector<uint16_t>(kLogTable, kLogTable + kLogTableEntries));
  EXPECT_EQ(RunFrontend(found, 320, Noise(16000), {16000}).features,
            RunFrontend(kStandardTables, 320, Noise(16000), {16000}).features);
}

TEST(DesignFrontendTest, StandardTablesAreThoseOfTheOriginal) {
  const auto table = [](const std::string& name) {
    return host::ReadNpy(test::GoldenPath("frontend/tables/" + name + ".npy"));
  };
  const FilterbankTables& tables = kStandardTables.filterbank;
  const test::OriginalFilterbank bank(tables);
  EXPECT_EQ(Copy(kStandardTables.window), table("window_coef").As<int16_t>());
  EXPECT_EQ(bank.first_bins, table("fb_freq_starts").As<int16_t>());
  EXPECT_EQ(bank.first_weights, table("fb_weight_starts").As<int16_t>());
  EXPECT_EQ(bank.widths, table("fb_widths").As<int16_t>());
  EXPECT_EQ(bank.falling, table("fb_weights").As<int16_t>());
  EXPECT_EQ(bank.rising, table("fb_unweights").As<int16_t>());
  EXPECT_EQ(Copy(kStandardTables.pcan.gains), table("pcan_gain_lut").As<int16_t>());
  EXPECT_EQ(std::vector<uint16_t>(kLogTable, kLogTable + kLogTableEntries),
            table("log_lut").As<uint16_t>());
  const auto twiddles = table("fft_twiddles").As<int16_t>();
  std::vector<int16_t> in_order;
  for (size_t m = 4; m <= 64; m *= 4) {
    for (size_t power = 1; power <= 3; ++power) {
      for (size_t k = 0; k < m; ++k) {
        const size_t at = 2 * power * k * (64 / m);
        in_order.insert(in_order.end(), {twiddles[at], twiddles[at + 1]});
      }
    }
  }
  EXPECT_EQ(Flat(kStandardTables.fft.twiddles), in_order);
  EXPECT_EQ(Flat(kStandardTables.fft.super_twiddles), table("fft_super_twiddles").As<int16_t>());
  EXPECT_EQ(tables.first_bin, 5);
  EXPECT_EQ(tables.end_bin, 241);
  EXPECT_EQ(kStandardTables.noise_reduction.even_smoothing, 409);
  EXPECT_EQ(kStandardTables.noise_reduction.odd_smoothing, 983);
  EXPECT_EQ(kStandardTables.noise_reduction.min_signal_remaining, 819);
  EXPECT_EQ(kStandardTables.pcan.snr_shift, 6);
  EXPECT_EQ(kStandardTables.log.correction_bits, 3);
}

// The first band begins at lower_hz itself. Guessed from the distance of the next two centres, this
// weight is 371.
TEST(DesignFrontendTest, FirstBandBeginsAtTheLowerLimit) {
  FrontendConfig config;
  config.channels = 32;
  config.lower_hz = 200;
  config.upper_hz = 5700;
  DesignedTables designed;
  ASSERT_TRUE(DesignFrontend(config, &designed).ok());
  EXPECT_EQ(designed.tables().filterbank.falling[1], 370);
}

// The filterbank as its formulas have it: both shares of a bin rounded, each by itself.
std::vector<uint64_t> ChannelsByFormula(const FrontendConfig& config,
                                        const std::vector<uint32_t>& energy) {
  const auto mel = [](float hz) { return 1127.0f * std::log1p(hz / 700.0f); };
  const auto rounded = [](float share) { return static_cast<uint64_t>(share * 4096.0f + 0.5f); };
  const float hz_per_bin =
      0.5f * static_cast<float>(config.sample_rate_hz) / static_cast<float>(energy.size() - 1);
  const float lowest = mel(config.lower_hz);
  const float spacing = (mel(config.upper_hz) - lowest) / static_cast<float>(config.channels + 1);
  const auto count = static_cast<size_t>(config.channels);
  std::vector<uint64_t> channels(count);
  auto bin = static_cast<size_t>(1.5f + config.lower_hz / hz_per_bin);
  float begin = lowest;
  for (size_t band = 0; band <= count; ++band) {
    const float end = lowest + spacing * static_cast<float>(band + 1);
    for (; bin < energy.size(); ++bin) {
      const float at = mel(static_cast<float>(bin) * hz_per_bin);
      if (at > end) break;
      const float falling = (end - at) / (end - begin);
      if (band > 0) channels[band - 1] += rounded(falling) * energy[bin];
      if (band < count) channels[band] += rounded(1.0f - falling) * energy[bin];
    }
    begin = end;
  }
  return channels;
}

TEST(DesignFrontendTest, FilterbankIsThatOfTheFormulas) {
  std::mt19937 random(3);
  size_t rounded_up = 0;
  for (int run = 0; run < 200; ++run) {
    FrontendConfig config;
    config.channels = static_cast<int32_t>(1 + random() % 60);
    config.lower_hz = static_cast<float>(20 + random() % 1000);
    config.upper_hz = static_cast<float>(2000 + random() % 6001);
    config.window_ms = run % 2 == 0 ? 30 : 64;
    DesignedTables designed;
    ASSERT_TRUE(DesignFrontend(config, &designed).ok());
    const FilterbankTables& bank = designed.tables().filterbank;
    std::vector<uint32_t> energy(static_cast<size_t>(designed.tables().fft.size / 2 + 1));
    for (uint32_t& value : energy) value = static_cast<uint32_t>(random()) >> 1;
    std::vector<uint64_t> channels(static_cast<size_t>(config.channels));
    ApplyFilterbank(bank, Span<const uint32_t>(energy), channels);
    ASSERT_EQ(channels, ChannelsByFormula(config, energy))
        << config.channels << " channels, " << config.lower_hz << ".." << config.upper_hz << " Hz";
    rounded_up += bank.rounded_up.size();
  }
  EXPECT_GT(rounded_up, 0u);
}

// Other configurations run, give the same in any chunks, and put a tone into the right channel.
TEST(DesignFrontendTest, OtherConfigurations) {
  std::vector<FrontendConfig> configs(6);
  configs[0].channels = 32;
  configs[1].window_ms = 25;
  configs[2].window_ms = 64;
  configs[3].pcan.enabled = false;
  configs[4].log.enabled = false;
  configs[5].sample_rate_hz = 8000;
  configs[5].upper_hz = 3800;
  for (const FrontendConfig& config : configs) {
    SCOPED_TRACE(testing::Message() << config.channels << " channels, " << config.window_ms
                                    << " ms, " << config.sample_rate_hz << " Hz");
    DesignedTables designed;
    ASSERT_TRUE(DesignFrontend(config, &designed).ok());
    const auto stride = config.sample_rate_hz / 100;
    const std::vector<int16_t> pcm = Noise(16000);
    const auto whole = RunFrontend(designed.tables(), stride, pcm, {16000}).features;
    const auto frames = (16000 - designed.tables().window.size()) / static_cast<size_t>(stride) + 1;
    EXPECT_EQ(whole.size(), frames * static_cast<size_t>(config.channels));
    EXPECT_EQ(whole, RunFrontend(designed.tables(), stride, pcm, {1, 333, 700}).features);

    std::vector<int16_t> tone(4000);
    for (size_t i = 0; i < tone.size(); ++i) {
      const double phase = 2 * M_PI * 1000.0 * static_cast<double>(i) / config.sample_rate_hz;
      tone[i] = static_cast<int16_t>(8000 * std::sin(phase));
    }
    const auto features = RunFrontend(designed.tables(), stride, tone, {4000}).features;
    const auto loudest = std::max_element(features.begin(), features.begin() + config.channels);
    const auto mel = [](double hz) { return 1127 * std::log1p(hz / 700); };
    const double spacing = (mel(config.upper_hz) - mel(config.lower_hz)) / (config.channels + 1);
    const double expected = (mel(1000) - mel(config.lower_hz)) / spacing - 1;
    EXPECT_NEAR(static_cast<double>(loudest - features.begin()), expected, 1.0);
  }
}

TEST(DesignFrontendTest, NamesTheParameterThatIsOutOfRange) {
  const auto error = [](auto change) {
    FrontendConfig config;
    change(config);
    DesignedTables designed;
    const Status status = DesignFrontend(config, &designed);
    EXPECT_EQ(status.code, StatusCode::kInvalidArgument);
    return std::string(status.what == nullptr ? "" : status.what);
  };
  EXPECT_EQ(error([](FrontendConfig& c) { c.sample_rate_hz = 0; }),
            "sample_rate_hz (wanted: at least)");
  EXPECT_EQ(error([](FrontendConfig& c) { c.window_ms = 200; }),
            "window in samples (wanted: at most)");
  EXPECT_EQ(error([](FrontendConfig& c) { c.channels = 0; }), "channels (wanted: at least)");
  EXPECT_EQ(error([](FrontendConfig& c) { c.lower_hz = 7500; }),
            "lower_hz (wanted: below upper_hz)");
  EXPECT_EQ(error([](FrontendConfig& c) { c.upper_hz = NAN; }),
            "lower_hz (wanted: below upper_hz)");
  EXPECT_EQ(error([](FrontendConfig& c) { c.upper_hz = 9000; }),
            "upper_hz (wanted: at most half the sample rate)");
  EXPECT_EQ(error([](FrontendConfig& c) { c.noise_reduction.odd_smoothing = 1.5f; }),
            "odd smoothing (wanted: at most)");
  EXPECT_EQ(error([](FrontendConfig& c) { c.pcan.gain_bits = 30; }),
            "PCAN gain_bits (wanted: at most)");
  // A longer FFT takes more bits of the gain: at 64 ms, 1024 samples, 16 are needed.
  EXPECT_EQ(error([](FrontendConfig& c) {
              c.window_ms = 64;
              c.pcan.gain_bits = 15;
            }),
            "PCAN gain_bits (wanted: at least)");
  EXPECT_EQ(error([](FrontendConfig& c) { c.pcan.offset = NAN; }), "PCAN offset (wanted: above)");
  EXPECT_EQ(error([](FrontendConfig& c) { c.pcan.offset = INFINITY; }),
            "PCAN offset (wanted: at most)");
  EXPECT_EQ(error([](FrontendConfig& c) { c.log.scale_shift = 12; }),
            "log scale_shift (wanted: at most)");
  EXPECT_EQ(error([](FrontendConfig& c) { c.log.scale_shift = -1; }),
            "log scale_shift (wanted: at least)");
}

TEST(SameTablesTest, WhateverChangesFeaturesIsNotTheSame) {
  DesignedTables standard;
  ASSERT_TRUE(DesignFrontend({}, &standard).ok());
  EXPECT_TRUE(SameTables(standard.tables(), kStandardTables));
  const std::vector<std::function<void(FrontendConfig&)>> changes = {
      [](auto& config) { config.sample_rate_hz = 8000; },
      [](auto& config) { config.window_ms = 25; },
      [](auto& config) { config.channels = 32; },
      [](auto& config) { config.lower_hz = 120; },
      [](auto& config) { config.upper_hz = 7400; },
      [](auto& config) { config.noise_reduction.smoothing_bits = 9; },
      [](auto& config) { config.noise_reduction.even_smoothing = 0.03f; },
      [](auto& config) { config.noise_reduction.odd_smoothing = 0.05f; },
      [](auto& config) { config.noise_reduction.min_signal_remaining = 0.1f; },
      [](auto& config) { config.pcan.enabled = false; },
      [](auto& config) { config.pcan.strength = 0.9f; },
      [](auto& config) { config.pcan.offset = 70; },
      [](auto& config) { config.pcan.gain_bits = 20; },
      [](auto& config) { config.log.enabled = false; },
      [](auto& config) { config.log.scale_shift = 5; },
  };
  for (size_t i = 0; i < changes.size(); ++i) {
    FrontendConfig config;
    if (i == 0) config.upper_hz = 3500;  // What 8 kHz holds.
    changes[i](config);
    DesignedTables changed;
    ASSERT_TRUE(DesignFrontend(config, &changed).ok()) << i;
    EXPECT_FALSE(SameTables(changed.tables(), kStandardTables)) << i;
    DesignedTables again;
    ASSERT_TRUE(DesignFrontend(config, &again).ok()) << i;
    EXPECT_TRUE(SameTables(changed.tables(), again.tables())) << i;
  }
}

// Every number by itself, also where no configuration would change it alone.
TEST(SameTablesTest, EveryNumberCounts) {
  const int16_t widths[] = {1, 2};
  const int16_t other_widths[] = {1, 3};
  const EarshotComplex16 twiddles[] = {{1, 2}};
  const EarshotComplex16 other_real[] = {{3, 2}};
  const EarshotComplex16 other_imaginary[] = {{1, 3}};
  const FilterbankTables::RoundedUp rounded[] = {{5, 1}};
  const FilterbankTables::RoundedUp other_bin[] = {{6, 1}};
  const FilterbankTables::RoundedUp other_channel[] = {{5, 2}};
  FrontendTables tables;
  tables.fft.twiddles = tables.fft.super_twiddles = twiddles;
  tables.window = tables.filterbank.widths = tables.filterbank.falling = tables.pcan.gains = widths;
  tables.filterbank.rounded_up = rounded;
  EXPECT_TRUE(SameTables(tables, FrontendTables(tables)));
  const std::vector<std::function<void(FrontendTables&)>> changes = {
      [](auto& t) { ++t.sample_rate_hz; },
      [&](auto& t) { t.window = other_widths; },
      [](auto& t) { ++t.fft.size; },
      [&](auto& t) { t.fft.twiddles = other_real; },
      [&](auto& t) { t.fft.twiddles = other_imaginary; },
      [&](auto& t) { t.fft.super_twiddles = other_real; },
      [&](auto& t) { t.fft.super_twiddles = other_imaginary; },
      [](auto& t) { ++t.filterbank.channels; },
      [](auto& t) { ++t.filterbank.first_bin; },
      [](auto& t) { ++t.filterbank.end_bin; },
      [&](auto& t) { t.filterbank.widths = other_widths; },
      [&](auto& t) { t.filterbank.falling = other_widths; },
      [&](auto& t) { t.filterbank.rounded_up = other_bin; },
      [&](auto& t) { t.filterbank.rounded_up = other_channel; },
      [](auto& t) { t.filterbank.rounded_up = {}; },
      [](auto& t) { ++t.noise_reduction.smoothing_bits; },
      [](auto& t) { ++t.noise_reduction.even_smoothing; },
      [](auto& t) { ++t.noise_reduction.odd_smoothing; },
      [](auto& t) { ++t.noise_reduction.min_signal_remaining; },
      [&](auto& t) { t.pcan.gains = other_widths; },
      [](auto& t) { ++t.pcan.snr_shift; },
      [](auto& t) { t.log.enabled = false; },
      [](auto& t) { ++t.log.scale_shift; },
      [](auto& t) { ++t.log.correction_bits; },
  };
  for (size_t i = 0; i < changes.size(); ++i) {
    FrontendTables changed = tables;
    changes[i](changed);
    EXPECT_FALSE(SameTables(tables, changed)) << i;
  }
}

// The last band ends with the spectrum.
TEST(DesignFrontendTest, BandsUpToHalfTheSampleRate) {
  FrontendConfig config;
  config.upper_hz = 8000;
  DesignedTables designed;
  ASSERT_TRUE(DesignFrontend(config, &designed).ok());
  const FilterbankTables& bank = designed.tables().filterbank;
  EXPECT_EQ(bank.end_bin, designed.tables().fft.size / 2 + 1);
  int32_t bins = 0;
  for (const int16_t width : bank.widths) bins += width;
  EXPECT_EQ(bins, bank.end_bin - bank.first_bin);
}

}  // namespace
}  // namespace earshot
