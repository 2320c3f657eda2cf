// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Computes a front end's tables from its configuration. For the host: needs float, libm and heap.
#pragma once

#include <cstdint>
#include <vector>

#include "earshot/base/status.h"
#include "earshot/frontend/frontend_config.h"
#include "earshot/frontend/frontend_tables.h"

namespace earshot {

// Owns the arrays that its tables() show; they move with it, but copies would not share them.
class DesignedTables {
 public:
  DesignedTables() = default;
  DesignedTables(DesignedTables&&) = default;
  DesignedTables& operator=(DesignedTables&&) = default;
  DesignedTables(const DesignedTables&) = delete;
  DesignedTables& operator=(const DesignedTables&) = delete;

  const FrontendTables& tables() const { return tables_; }

 private:
  friend Status DesignFrontend(const FrontendConfig& config, DesignedTables* designed);
  void DesignWindow(const FrontendConfig& config);
  void DesignFft();
  void DesignFilterbank(const FrontendConfig& config);
  void AddBand(float begin_mel, float end_mel, int32_t first_bin, int32_t end_bin);
  void DesignNoiseReduction(const FrontendConfig& config);
  Status DesignPcan(const FrontendConfig& config);
  void DesignLog(const FrontendConfig& config);

  FrontendTables tables_;
  std::vector<int16_t> window_;
  std::vector<EarshotComplex16> twiddles_;
  std::vector<EarshotComplex16> super_twiddles_;
  std::vector<float> centres_;   // Mel, channels + 1: where each band ends.
  std::vector<float> bin_mels_;  // Mel of each bin.
  std::vector<int16_t> widths_;
  std::vector<int16_t> falling_;
  std::vector<FilterbankTables::RoundedUp> rounded_up_;
  std::vector<int16_t> gains_;
};

// Fills `designed`. kInvalidArgument when a parameter is out of its range; the message names it.
//
// Ranges: type kMicrofrontend; sample rate 4000..48000 Hz; window 2..2048 samples; 1..128 channels;
// 0 < lower < upper <= half the sample rate; smoothing bits 0..16; smoothings and remaining signal
// 0..1; PCAN strength 0..2, offset above 0, gain bits 12 + log2(FFT size) - 6 .. 24; log scale
// shift 0..11.
//
// Single precision on purpose: the original computes its tables on the target, in float.
Status DesignFrontend(const FrontendConfig& config, DesignedTables* designed);

// round(2^16 * (log2(1 + i/128) - i/128)) for i = 0..128, and a zero: what kLogTable holds.
std::vector<uint16_t> DesignLogTable();

}  // namespace earshot
