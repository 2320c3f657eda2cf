// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_energy.h"

#include <cstddef>
#include <cstdint>

#include "earshot/frontend/filterbank.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeSignalEnergy(const InvokeContext& context) {
  const auto& energy = context.data<SignalEnergy>();
  const auto bins = static_cast<size_t>(energy.bins);
  FilterbankTables tables;
  tables.first_bin = energy.start;
  tables.end_bin = energy.end;
  SpectrumEnergy(tables, Span<const EarshotComplex16>(context.input<EarshotComplex16>(0), bins),
                 Span<uint32_t>(context.output<uint32_t>(0), bins));
}

}  // namespace

const Kernel kSignalEnergy = {kSignalEnergyKey, PrepareSignalEnergy, InvokeSignalEnergy};

}  // namespace earshot::reference
