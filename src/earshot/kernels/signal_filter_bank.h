// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalFilterBank, a custom operator of TFLM's Signal library: the energy in each channel of
// overlapping filters.
//
//   input 0: uint32 [bins]
//   input 1: int16, constant: weights, the share of a bin in the band's own filter
//   input 2: int16, constant: unweights, its share in the filter of the next band
//   input 3: int16 [num_channels + 1], constant: where a band begins in the spectrum
//   input 4: the same: where its weights begin
//   input 5: the same: how many bins it has
//   output:  uint64 [num_channels]: band c+1's weighted sum and band c's unweighted one
//   options: num_channels
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kSignalFilterBankKey =
    KernelKey::Custom("SignalFilterBank", TensorType::UINT32);

enum SignalFilterBankInputs : size_t {
  kFilterBankEnergy,
  kFilterBankWeights,
  kFilterBankUnweights,
  kFilterBankFirstBins,
  kFilterBankFirstWeights,
  kFilterBankWidths
};

struct SignalFilterBank {
  int32_t channels;
};

// kInvalidModel: shapes that do not fit together, bands beyond the spectrum or the weights.
// kUnsupported: other types, tables that the model computes.
Verdict PrepareSignalFilterBank(PrepareContext& context);

}  // namespace earshot
