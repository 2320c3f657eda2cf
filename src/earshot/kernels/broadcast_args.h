// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// BROADCAST_ARGS: the shape that two tensors of these shapes make together.
//
//   input 0, 1: shapes, [rank] each
//   output:     [the larger rank], of the same type
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kBroadcastArgsInt32Key(BuiltinOperator::BROADCAST_ARGS, TensorType::INT32);
constexpr KernelKey kBroadcastArgsInt64Key(BuiltinOperator::BROADCAST_ARGS, TensorType::INT64);

struct BroadcastArgs {
  int32_t rank;        // Of the output.
  int32_t missing[2];  // Axes that each input does not have, in front.
};

// Checks the operator and leaves a BroadcastArgs as its data. Extents are data: where they do not
// go together, that of input 0 counts.
//
// kInvalidModel: no lists of extents. kUnsupported: types differ.
Verdict PrepareBroadcastArgs(PrepareContext& context);

}  // namespace earshot
