// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_pcan.h"

#include <cstdint>
#include <cstring>

#include "earshot/frontend/pcan_gain.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeSignalPcan(const InvokeContext& context) {
  const auto& pcan = context.data<SignalPcan>();
  const auto channels = static_cast<size_t>(pcan.channels);
  const Span<uint32_t> output(context.output<uint32_t>(0), channels);
  std::memcpy(output.data(), context.input<uint32_t>(0), channels * sizeof(uint32_t));
  const PcanTables tables = {{context.input<int16_t>(2), kPcanGainEntries}, pcan.snr_shift};
  ApplyPcan(tables, Span<const uint32_t>(context.input<uint32_t>(1), channels), output);
}

}  // namespace

const Kernel kSignalPcan = {kSignalPcanKey, PrepareSignalPcan, InvokeSignalPcan};

}  // namespace earshot::reference
