// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Scores: a model's output, whatever its type, as one Q0.8 number per label.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/tensor_info.h"

namespace earshot {

// Checks that an output tensor holds one probability per label in a form that ReadScores() reads:
// int8 with zero point -128 or uint8 with zero point 0, scale 1/256 (within 1 %, so that 1/255 is
// read as well).
//
// kUnsupported: other type, scale, zero point, or number of elements than `label_count`.
Status CheckScores(const TensorInfo& output, int32_t label_count);

// Writes one Q0.8 score per label: 0 is impossible, 255 as good as certain. Preconditions: the
// tensor passed CheckScores(); `scores` has room for its elements.
void ReadScores(const TensorView& output, Span<uint8_t> scores);

}  // namespace earshot
