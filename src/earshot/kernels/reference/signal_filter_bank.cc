// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_filter_bank.h"

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

uint64_t WeightedEnergy(int16_t weight, uint32_t energy) {
  return static_cast<uint64_t>(static_cast<int64_t>(weight)) * energy;
}

// The sums wrap around, as they do in the original.
void InvokeSignalFilterBank(const InvokeContext& context) {
  const int32_t channels = context.data<SignalFilterBank>().channels;
  const auto* energy = context.input<uint32_t>(kFilterBankEnergy);
  const auto* weights = context.input<int16_t>(kFilterBankWeights);
  const auto* unweights = context.input<int16_t>(kFilterBankUnweights);
  const auto* first_bins = context.input<int16_t>(kFilterBankFirstBins);
  const auto* first_weights = context.input<int16_t>(kFilterBankFirstWeights);
  const auto* widths = context.input<int16_t>(kFilterBankWidths);
  auto* output = context.output<uint64_t>(0);
  uint64_t falling = 0;  // Of the band before.
  for (int32_t band = 0; band <= channels; ++band) {
    uint64_t rising = falling;
    falling = 0;
    for (int32_t i = 0; i < widths[band]; ++i) {
      const uint32_t bin = energy[first_bins[band] + i];
      rising += WeightedEnergy(weights[first_weights[band] + i], bin);
      falling += WeightedEnergy(unweights[first_weights[band] + i], bin);
    }
    if (band > 0) output[band - 1] = rising;
  }
}

}  // namespace

const Kernel kSignalFilterBank = {kSignalFilterBankKey, PrepareSignalFilterBank,
                                  InvokeSignalFilterBank};

}  // namespace earshot::reference
