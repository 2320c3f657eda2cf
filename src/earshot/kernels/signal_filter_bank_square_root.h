// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalFilterBankSquareRoot, a custom operator of TFLM's Signal library: from energy to amplitude.
//
//   input 0: uint64 [channels]
//   input 1: int32 scalar: bits by which the samples were scaled up (SignalFftAutoScale)
//   output:  uint32 [channels]: the square root, rounded to the nearest, >> bits
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kSignalFilterBankSquareRootKey =
    KernelKey::Custom("SignalFilterBankSquareRoot", TensorType::UINT64);

struct SignalFilterBankSquareRoot {
  int32_t channels;
};

// kInvalidModel: shapes that do not fit together. kUnsupported: other types.
Verdict PrepareSignalFilterBankSquareRoot(PrepareContext& context);

}  // namespace earshot
