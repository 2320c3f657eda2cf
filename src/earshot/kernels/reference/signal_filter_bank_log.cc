// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_filter_bank_log.h"

#include <cstdint>

#include "earshot/frontend/log_scale.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// In 32 bits, which a large scale overruns, as in the original.
int16_t ScaledLogInt16(uint32_t value, uint32_t scale) {
  const uint32_t log = (scale * NaturalLog(value) + (1u << 15)) >> 16;
  return static_cast<int16_t>(log < uint32_t{INT16_MAX} ? log : uint32_t{INT16_MAX});
}

void InvokeSignalFilterBankLog(const InvokeContext& context) {
  const auto& log = context.data<SignalFilterBankLog>();
  const auto* signal = context.input<uint32_t>(0);
  auto* output = context.output<int16_t>(0);
  for (int32_t i = 0; i < log.channels; ++i) {
    const uint32_t value = signal[i] << log.correction_bits;
    output[i] = value > 1 ? ScaledLogInt16(value, static_cast<uint32_t>(log.scale)) : int16_t{0};
  }
}

}  // namespace

const Kernel kSignalFilterBankLog = {kSignalFilterBankLogKey, PrepareSignalFilterBankLog,
                                     InvokeSignalFilterBankLog};

}  // namespace earshot::reference
