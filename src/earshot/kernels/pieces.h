// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A tensor that is made of several along one axis: what CONCATENATION and SPLIT_V have in common.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// In memory the whole is `rows` times one run of each piece, in their order; a piece's own runs
// follow each other.
struct Pieces {
  uint32_t rows;
  uint32_t count;
  uint32_t run_bytes_offset;  // uint32_t[count]: the bytes of each piece's run.
};

enum class PiecesAre : uint8_t { kInputs, kOutputs };

// Checks that the first `count` inputs, or all outputs, are together `whole` along `axis` (negative
// ones count from the back), with its type and quantization, and leaves a Pieces as the operator's
// data.
//
// kInvalidModel: no such axis, shapes that do not fit together, missing quantization.
// kUnsupported: another type than the whole's, or another quantization.
Verdict PreparePieces(PrepareContext& context, const TensorInfo& whole, int32_t axis,
                      PiecesAre pieces, size_t count);

}  // namespace earshot
