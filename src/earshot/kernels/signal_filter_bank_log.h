// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalFilterBankLog, a custom operator of TFLM's Signal library: from amplitude to its logarithm.
//
//   input:   uint32 [channels]
//   output:  int16 [channels]: output_scale * ln(input << input_correction_bits), rounded; at most
//            32767, and 0 where that is no more than 1
//   options: input_correction_bits, output_scale
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kSignalFilterBankLogKey =
    KernelKey::Custom("SignalFilterBankLog", TensorType::UINT32);

struct SignalFilterBankLog {
  int32_t channels;
  int32_t correction_bits;  // 0 to 31.
  int32_t scale;
};

// kInvalidModel: shapes that do not fit together, a missing option or one out of range.
// kUnsupported: another type of output.
Verdict PrepareSignalFilterBankLog(PrepareContext& context);

}  // namespace earshot
