// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/design/design_frontend.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "earshot/frontend/bits.h"
#include "earshot/frontend/design/fft_state.h"
#include "earshot/frontend/filterbank.h"
#include "earshot/frontend/pcan_gain.h"
#include "earshot/frontend/standard_tables.h"

namespace earshot {
namespace {

constexpr int kWindowBits = 12;
constexpr int kNoiseReductionBits = 14;
constexpr int kPcanSnrBits = 12;

// For reports: the nearest whole number that fits, 0 for NaN.
int64_t Truncate(double value) {
  if (std::isnan(value)) return 0;
  return static_cast<int64_t>(std::clamp<double>(value, INT32_MIN, INT32_MAX));
}

Status OutOfRange(StaticText what, double found, double wanted) {
  return MakeError(StatusCode::kInvalidArgument, {StatusSubject::kFrontend}, what,
                   StatusUnit::kCount, Truncate(found), Truncate(wanted));
}

struct Range {
  double value;
  double lowest;
  double highest;
  const char* too_low;
  const char* too_high;
};

Status CheckRanges(const FrontendConfig& config) {
  if (config.type != FrontendType::kMicrofrontend) {
    return OutOfRange("front end: its tables are constants"_text, static_cast<double>(config.type),
                      0);
  }
  const double window = config.sample_rate_hz * static_cast<double>(config.window_ms) / 1000;
  const double nyquist = config.sample_rate_hz / 2.0;
  const auto& noise = config.noise_reduction;
  const Range ranges[] = {
      {static_cast<double>(config.sample_rate_hz), 4000, 48000,
       "sample_rate_hz (wanted: at least)"_text, "sample_rate_hz (wanted: at most)"_text},
      {window, 2, 2048, "window in samples (wanted: at least)"_text,
       "window in samples (wanted: at most)"_text},
      {static_cast<double>(config.channels), 1, 128, "channels (wanted: at least)"_text,
       "channels (wanted: at most)"_text},
      {config.lower_hz, 1, config.upper_hz - 1.0, "lower_hz (wanted: at least)"_text,
       "lower_hz (wanted: below upper_hz)"_text},
      {config.upper_hz, 2, nyquist, "upper_hz (wanted: at least)"_text,
       "upper_hz (wanted: at most half the sample rate)"_text},
      {static_cast<double>(noise.smoothing_bits), 0, 16, "smoothing_bits (wanted: at least)"_text,
       "smoothing_bits (wanted: at most)"_text},
      {noise.even_smoothing, 0, 1, "even smoothing (wanted: at least)"_text,
       "even smoothing (wanted: at most)"_text},
      {noise.odd_smoothing, 0, 1, "odd smoothing (wanted: at least)"_text,
       "odd smoothing (wanted: at most)"_text},
      {noise.min_signal_remaining, 0, 1, "min_signal_remaining (wanted: at least)"_text,
       "min_signal_remaining (wanted: at most)"_text},
      {config.pcan.strength, 0, 2, "PCAN strength (wanted: at least)"_text,
       "PCAN strength (wanted: at most)"_text},
      {config.pcan.offset, 1e-3, 1e6, "PCAN offset (wanted: above)"_text,
       "PCAN offset (wanted: at most)"_text},
      {static_cast<double>(config.pcan.gain_bits), 12, 24, "PCAN gain_bits (wanted: at least)"_text,
       "PCAN gain_bits (wanted: at most)"_text},
      {static_cast<double>(config.log.scale_shift), 0, 11,
       "log scale_shift (wanted: at least)"_text, "log scale_shift (wanted: at most)"_text},
  };
  for (const Range& range : ranges) {
    // Written so that NaN fails as well.
    if (!(range.value >= range.lowest)) return OutOfRange(range.too_low, range.value, range.lowest);
    if (!(range.value <= range.highest)) {
      return OutOfRange(range.too_high, range.value, range.highest);
    }
  }
  return OkStatus();
}

// O'Shaughnessy's mel scale.
float Mel(float hz) { return 1127.0f * std::log1p(hz / 700.0f); }

int16_t Quantize(float value, int bits) {
  return static_cast<int16_t>(std::floor(value * static_cast<float>(1 << bits) + 0.5));
}

// exp(j*phase), Q15. Double precision and rounding as in kissfft's set-up.
// Bits by which the FFT's own scale, 1/N, lies below that of the filterbank's square root.
int CorrectionBits(int32_t fft_size) {
  return MostSignificantBit(static_cast<uint32_t>(fft_size)) - 1 - kFilterbankBits / 2;
}

}  // namespace

Status DesignFrontend(const FrontendConfig& config, DesignedTables* designed) {
  EARSHOT_RETURN_IF_ERROR(CheckRanges(config));
  *designed = DesignedTables();
  designed->tables_.sample_rate_hz = config.sample_rate_hz;
  designed->DesignWindow(config);
  designed->DesignFft();
  designed->DesignFilterbank(config);
  designed->DesignNoiseReduction(config);
  EARSHOT_RETURN_IF_ERROR(designed->DesignPcan(config));
  designed->DesignLog(config);
  return OkStatus();
}

void DesignedTables::DesignWindow(const FrontendConfig& config) {
  const auto size =
      static_cast<size_t>(static_cast<int64_t>(config.sample_rate_hz) * config.window_ms / 1000);
  const float step = static_cast<float>(M_PI) * 2.0f / static_cast<float>(size);
  for (size_t i = 0; i < size; ++i) {
    const float hann = 0.5f - 0.5f * std::cos(step * (static_cast<float>(i) + 0.5f));
    window_.push_back(Quantize(hann, kWindowBits));
  }
  tables_.window = window_;
}

void DesignedTables::DesignFft() {
  int32_t size = 16;
  while (size < static_cast<int32_t>(window_.size())) size *= 2;
  const int32_t points = size / 2;
  twiddles_.resize(StageTwiddleCount(points));
  MakeStageTwiddles(points, twiddles_);
  super_twiddles_.resize(static_cast<size_t>(points / 2));
  MakeFftState<EarshotComplex16>(points, false, {}, super_twiddles_);
  tables_.fft = {size, twiddles_, super_twiddles_};
}

void DesignedTables::DesignFilterbank(const FrontendConfig& config) {
  const int32_t bins = tables_.fft.size / 2 + 1;
  const float hz_per_bin =
      0.5f * static_cast<float>(config.sample_rate_hz) / static_cast<float>(bins - 1);
  for (int32_t k = 0; k < bins; ++k) bin_mels_.push_back(Mel(static_cast<float>(k) * hz_per_bin));

  const float lowest = Mel(config.lower_hz);
  const float spacing = (Mel(config.upper_hz) - lowest) / static_cast<float>(config.channels + 1);
  for (int32_t c = 0; c <= config.channels; ++c) {
    centres_.push_back(lowest + spacing * static_cast<float>(c + 1));
  }

  FilterbankTables& bank = tables_.filterbank;
  bank.channels = config.channels;
  bank.first_bin = static_cast<int32_t>(1.5f + config.lower_hz / hz_per_bin);  // Never DC.
  int32_t first = bank.first_bin;
  float before = lowest;
  for (size_t band = 0; band < centres_.size(); ++band) {
    int32_t end = first;
    while (end < bins && bin_mels_[static_cast<size_t>(end)] <= centres_[band]) ++end;
    AddBand(before, centres_[band], first, end);
    first = end;
    before = centres_[band];
  }
  bank.end_bin = first;
  bank.widths = widths_;
  bank.falling = falling_;
  bank.rounded_up = rounded_up_;
}

void DesignedTables::AddBand(float begin_mel, float end_mel, int32_t first_bin, int32_t end_bin) {
  const float span = end_mel - begin_mel;
  const auto channel = static_cast<int16_t>(widths_.size());
  widths_.push_back(static_cast<int16_t>(end_bin - first_bin));
  for (int32_t bin = first_bin; bin < end_bin; ++bin) {
    const float falling = (end_mel - bin_mels_[static_cast<size_t>(bin)]) / span;
    const int16_t weight = Quantize(falling, kFilterbankBits);
    falling_.push_back(weight);
    const bool both_up = weight + Quantize(1.0f - falling, kFilterbankBits) > 1 << kFilterbankBits;
    if (both_up && channel < tables_.filterbank.channels) {
      rounded_up_.push_back({static_cast<int16_t>(bin), channel});
    }
  }
}

void DesignedTables::DesignNoiseReduction(const FrontendConfig& config) {
  const auto& noise = config.noise_reduction;
  const auto truncate = [](float value) {
    return static_cast<int32_t>(value * static_cast<float>(1 << kNoiseReductionBits));
  };
  tables_.noise_reduction = {noise.smoothing_bits, truncate(noise.even_smoothing),
                             truncate(noise.odd_smoothing), truncate(noise.min_signal_remaining)};
}

Status DesignedTables::DesignPcan(const FrontendConfig& config) {
  if (!config.pcan.enabled) return OkStatus();
  const int correction_bits = CorrectionBits(tables_.fft.size);
  const int snr_shift = config.pcan.gain_bits - correction_bits - kPcanSnrBits;
  if (snr_shift < 0) {
    return OutOfRange("PCAN gain_bits (wanted: at least)"_text, config.pcan.gain_bits,
                      correction_bits + kPcanSnrBits);
  }
  const int input_bits = config.noise_reduction.smoothing_bits - correction_bits;
  const auto gain = [&](uint32_t noise_estimate) {
    const float noise = std::ldexp(static_cast<float>(noise_estimate), -input_bits);
    const float value = static_cast<float>(1 << config.pcan.gain_bits) *
                        std::pow(noise + config.pcan.offset, -config.pcan.strength);
    return value > 32767.0f ? 32767 : static_cast<int32_t>(value + 0.5f);
  };
  gains_.assign(kPcanGainEntries, 0);
  gains_[0] = static_cast<int16_t>(gain(0));
  gains_[1] = static_cast<int16_t>(gain(1));
  for (int interval = 2; interval <= kPcanIntervals; ++interval) {
    const uint32_t begin = 1u << (interval - 1);
    const uint32_t end = interval == kPcanIntervals ? UINT32_MAX : 2 * begin;
    const int32_t y0 = gain(begin);
    const int32_t middle = gain(begin + begin / 2) - y0;
    const int32_t full = gain(end) - y0;
    // The quadratic through all three points.
    const int32_t a1 = 4 * middle - full;
    const int32_t a2 = full - a1;
    const auto entry = static_cast<size_t>(4 * interval - 6);
    gains_[entry] = static_cast<int16_t>(y0);
    gains_[entry + 1] = static_cast<int16_t>(a1);
    gains_[entry + 2] = static_cast<int16_t>(a2);
  }
  tables_.pcan = {gains_, snr_shift};
  return OkStatus();
}

void DesignedTables::DesignLog(const FrontendConfig& config) {
  tables_.log = {config.log.enabled, config.log.scale_shift, CorrectionBits(tables_.fft.size)};
}

std::vector<uint16_t> DesignLogTable() {
  std::vector<uint16_t> table;
  for (int i = 0; i <= 128; ++i) {
    const double x = i / 128.0;
    table.push_back(static_cast<uint16_t>(std::lround(65536.0 * (std::log2(1.0 + x) - x))));
  }
  table.resize(kLogTableEntries, 0);
  return table;
}

}  // namespace earshot
