// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LEAKY_RELU of float32: x, or `slope` times x where that is negative. That of integers:
// earshot/kernels/two_slopes.h.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kLeakyReluFloat32Key(BuiltinOperator::LEAKY_RELU, TensorType::FLOAT32);

struct LeakyReluFloat32 {
  int32_t count;
  float slope;
};

// Checks the operator and leaves a LeakyReluFloat32 as its data.
//
// kInvalidModel: shapes differ, or there are no options. kUnsupported: another type of output.
Verdict PrepareLeakyReluFloat32(PrepareContext& context);

}  // namespace earshot
