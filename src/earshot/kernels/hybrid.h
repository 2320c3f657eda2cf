// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What layers on float32 with int8 weights share ("hybrid").
//
// The weights of such a model are a quarter of their size, its activations what they
// were. When it runs, each row of a layer's input gets a scale of its own, and maybe a zero point,
// and is quantized to int8, so that products and sums are those of integers.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

struct Hybrid {
  int32_t row;             // Elements that are quantized together.
  int32_t has_zero_point;  // 0: rows are symmetric.
  uint32_t scales_offset;  // The weights' scales, float: one, or one per output channel.
  uint32_t scales_step;    // 0: one for all channels.
};

// Scratch buffer 0: one quantized row.
constexpr size_t kHybridRow = 0;

// Checks the weights (input 1) along `channel_axis`, fills in `hybrid` and requests scratch.
// kInvalidModel: their number of scales, or its axis. kUnsupported: zero points, or sums that do
// not fit 32 bits.
Verdict MakeHybrid(PrepareContext& context, int32_t channel_axis, int32_t row, bool has_zero_point,
                   Hybrid* hybrid);

}  // namespace earshot
