// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_filter_bank_spectral_subtraction.h"

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeSignalFilterBankSpectralSubtraction(const InvokeContext& context) {
  const auto& data = context.data<SignalSpectralSubtraction>();
  auto* estimate = context.state<uint32_t>(data.estimate_offset);
  const auto* signal = context.input<uint32_t>(0);
  auto* output = context.output<uint32_t>(0);
  auto* told_estimate = context.output<uint32_t>(1);
  for (int32_t c = 0; c < data.channels; ++c) {
    const uint64_t smoothing = static_cast<uint32_t>(data.smoothing[c % 2]);
    const uint64_t one_minus_smoothing = static_cast<uint32_t>(data.one_minus_smoothing[c % 2]);
    const uint64_t remaining = static_cast<uint32_t>(data.min_signal_remaining);
    const uint32_t before = context.starts_anew() ? 0 : estimate[c];
    // May run out at the top for very loud signals, as in the original.
    const uint32_t scaled = signal[c] << data.smoothing_bits;
    const auto mixed = static_cast<uint32_t>((scaled * smoothing + before * one_minus_smoothing) >>
                                             data.fraction_bits);
    const uint32_t noise = mixed < scaled ? mixed : scaled;
    const uint32_t subtracted = (scaled - noise) >> data.smoothing_bits;
    const auto floor = static_cast<uint32_t>((signal[c] * remaining) >> data.fraction_bits);
    output[c] = subtracted > floor ? subtracted : floor;
    estimate[c] = data.clamping != 0 ? noise : mixed;
    told_estimate[c] = estimate[c];
  }
}

}  // namespace

const Kernel kSignalFilterBankSpectralSubtraction = {kSignalFilterBankSpectralSubtractionKey,
                                                     PrepareSignalFilterBankSpectralSubtraction,
                                                     InvokeSignalFilterBankSpectralSubtraction};

}  // namespace earshot::reference
