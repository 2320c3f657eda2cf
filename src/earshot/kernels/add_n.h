// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ADD_N: the sum of several tensors of one shape, element by element.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kAddNFloat32Key(BuiltinOperator::ADD_N, TensorType::FLOAT32);

struct AddN {
  int32_t count;
  int32_t inputs;
};

// Checks the operator and leaves an AddN as its data.
//
// kInvalidModel: fewer than two inputs, absent ones, or other shapes than the first's.
// kUnsupported: other types than float32.
Verdict PrepareAddNFloat32(PrepareContext& context);

}  // namespace earshot
