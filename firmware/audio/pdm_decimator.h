// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// PdmDecimator: one bit at 1.024 MHz from a PDM microphone becomes 16-bit samples at 16 kHz.
//
//   1.024 MHz, 1 bit  ->  cascaded integrator-comb filter, order 4, by 16  ->  64 kHz, 16 bits
//                     ->  FIR filter of 104 taps, by 4, which also levels the first one's droop
//                     ->  gain, high-pass at 10 Hz, clipping                ->  16 kHz, 16 bits
//
// Level from 125 Hz to 7 kHz within 0.1 dB; tones from 9 kHz on come back at -63 dB or less. Delay
// 0.83 ms. Integers only. The filter's taps are designed by firmware/audio/design_decimator.py,
// which names the sources.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "firmware/audio/high_pass.h"
#include "firmware/audio/pdm_filter_table.h"

namespace earshot {

// Words of 16 bits that make one sample.
constexpr size_t kPdmWordsPerSample = 4;

// Constant-initialized: one of static storage needs no constructor to run.
class PdmDecimator {
 public:
  static constexpr int kMaxGainBits = 4;

  // Amplifies by 2^gain_bits, 6.02 dB each, 0 to kMaxGainBits. Without gain the microphone's full
  // scale (all bits alike) is that of the samples; speech at arm's length is some 50 dB below.
  explicit constexpr PdmDecimator(int gain_bits) : gain_bits_(gain_bits) {}

  // Takes bits, 16 in a word, the oldest in the highest place, and writes the samples that they
  // complete to `pcm`; returns how many. Any number of words; what does not make a sample yet is
  // kept. Precondition: room for pdm.size() / kPdmWordsPerSample samples, rounded up.
  size_t Process(Span<const uint16_t> pdm, Span<int16_t> pcm);

 private:
  void PushLowRate(int16_t value);
  int16_t Sample();

  int gain_bits_;
  // The newest 64 bits, the newest lowest. At first silence: as many ones as zeros.
  uint64_t bits_ = 0x5555'5555'5555'5555;
  // What the second stage looks at, twice, so that it lies in one piece wherever it begins.
  int16_t history_[2 * kPdmFilterTaps] = {};
  size_t position_ = 0;  // The oldest value, in both copies.
  size_t waiting_ = 0;   // Values since the last sample.
  HighPass high_pass_;
};

}  // namespace earshot
