// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalEnergy, a custom operator of TFLM's Signal library: the energy in each bin of a spectrum.
//
//   input:   int16 [2 * bins]: real and imaginary parts
//   output:  uint32 [bins]: re^2 + im^2 from start_index up to end_index, 0 for the others
//   options: start_index, end_index
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kSignalEnergyKey = KernelKey::Custom("SignalEnergy", TensorType::INT16);

struct SignalEnergy {
  int32_t bins;
  int32_t start;
  int32_t end;
};

// kInvalidModel: shapes that do not fit together, indices beyond the bins or none.
// kUnsupported: another type of output.
Verdict PrepareSignalEnergy(PrepareContext& context);

}  // namespace earshot
