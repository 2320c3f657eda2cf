// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalFilterBankSpectralSubtraction, a custom operator of TFLM's Signal library: takes a slowly
// moving estimate of the noise out of each channel, and remembers the estimate.
//
//   input:    uint32 [num_channels]
//   output 0: uint32 [num_channels]: max(signal - estimate, signal * min_signal_remaining)
//   output 1: uint32 [num_channels]: the estimate, with smoothing_bits more fractional bits
//   options:  num_channels; smoothing and one_minus_smoothing for channels 0, 2, 4 ...,
//             alternate_smoothing and alternate_one_minus_smoothing for 1, 3, 5 ...,
//             min_signal_remaining: all with spectral_subtraction_bits fractional bits;
//             clamping: whether the estimate is kept from exceeding the signal; smoothing_bits
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kSignalFilterBankSpectralSubtractionKey =
    KernelKey::Custom("SignalFilterBankSpectralSubtraction", TensorType::UINT32);

struct SignalSpectralSubtraction {
  int32_t channels;
  uint32_t estimate_offset;  // uint32_t[channels], kept from one invoke to the next; 0 at first.
  int32_t smoothing[2];      // Of channels 0, 2, 4 ... and of 1, 3, 5 ...
  int32_t one_minus_smoothing[2];
  int32_t min_signal_remaining;
  int32_t smoothing_bits;
  int32_t fraction_bits;
  int32_t clamping;
};

// kInvalidModel: shapes that do not fit together, a missing option or one out of range.
// kUnsupported: other types.
Verdict PrepareSignalFilterBankSpectralSubtraction(PrepareContext& context);

}  // namespace earshot
