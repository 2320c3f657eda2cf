// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TILE and BROADCAST_TO: a tensor again and again along some axes.
//
//   input 0: rank 0 to 8; for BROADCAST_TO, axes in front that are missing have an extent of 1
//   input 1: TILE: how many times along each axis; BROADCAST_TO: the output's shape
#pragma once

#include "earshot/base/status.h"
#include "earshot/kernels/strided_copy.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: up to 8 axes; the output's declared shape counts; same quantization in and out.
constexpr KernelKey kBroadcastToKey(BuiltinOperator::BROADCAST_TO);
constexpr KernelKey kTileKey(BuiltinOperator::TILE);

// Each checks its operator and leaves a StridedCopy as its data, for any type of plain elements.
//
// kInvalidModel: an output whose extents are no multiples of the input's (for BROADCAST_TO: of 1 or
//   the same), or not what a constant input 1 says.
// kUnsupported: more than eight axes, an output of another type or quantization.
Verdict PrepareBroadcastTo(PrepareContext& context);
Verdict PrepareTile(PrepareContext& context);

}  // namespace earshot
