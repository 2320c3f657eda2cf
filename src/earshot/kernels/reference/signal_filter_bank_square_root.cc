// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_filter_bank_square_root.h"

#include <algorithm>
#include <cstdint>

#include "earshot/frontend/square_root.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeSignalFilterBankSquareRoot(const InvokeContext& context) {
  const int32_t channels = context.data<SignalFilterBankSquareRoot>().channels;
  const auto* energy = context.input<uint64_t>(0);
  const int32_t bits = *context.input<int32_t>(1);
  auto* amplitude = context.output<uint32_t>(0);
  // SignalFftAutoScale gives 0 to 15; a shift by more than 31 is none that there is.
  const int32_t shift = std::clamp<int32_t>(bits, 0, 31);
  for (int32_t i = 0; i < channels; ++i) amplitude[i] = SquareRoot(energy[i]) >> shift;
}

}  // namespace

const Kernel kSignalFilterBankSquareRoot = {kSignalFilterBankSquareRootKey,
                                            PrepareSignalFilterBankSquareRoot,
                                            InvokeSignalFilterBankSquareRoot};

}  // namespace earshot::reference
