// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What operators share that make one number of all those along some axes: MEAN, SUM, REDUCE_MAX,
// REDUCE_MIN.
//
//   input 0: rank 1 to 8
//   input 1: constant int32, the axes; negative ones count from the back
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Axes that lie side by side and have the same fate count as one, so eight make at most four of
// each.
constexpr int32_t kMaxReductionRank = 8;
constexpr int32_t kMaxReductionAxes = kMaxReductionRank / 2;

// Some of the input's axes, in order. Unused places, in front, hold an extent of 1.
struct ReductionAxes {
  int32_t extents[kMaxReductionAxes];
  int32_t steps[kMaxReductionAxes];  // Elements of the input to the next along that axis.
};

struct Reduction {
  ReductionAxes kept;
  ReductionAxes reduced;
  int32_t output_count;
  int32_t reduced_count;  // Elements that one output is made of.
};

// Checks the signature, both types and the shapes, and fills in `reduction`.
//
// kInvalidModel: axes that the input does not have, another output shape than they leave, missing
//   options. kUnsupported: another type of output than `type`, axes that the model computes, more
//   than eight axes.
Verdict MakeReduction(const PrepareContext& context, TensorType type, Reduction* reduction);

// Check an operator that needs no more than a Reduction and leave one as its data; errors as above.
// int8: it works on stored values, so kUnsupported as well where the output's scale or zero point
// differs from the input's.
Verdict PrepareReductionFloat32(PrepareContext& context);
Verdict PrepareReductionInt8(PrepareContext& context);

// Offset in the input of the index-th combination of positions along `axes`, the last axis fastest.
constexpr int32_t ReductionOffset(const ReductionAxes& axes, int32_t index) {
  int32_t offset = 0;
  for (int32_t i = kMaxReductionAxes - 1; i >= 0; --i) {
    offset += index % axes.extents[i] * axes.steps[i];
    index /= axes.extents[i];
  }
  return offset;
}

// For each output, in order: its value is `start`, combined with one element after the other, in
// the order of the input, and then finished.
template <typename T, typename Value, typename Combine, typename Finish>
void Reduce(const Reduction& reduction, const T* input, T* output, Value start,
            const Combine& combine, const Finish& finish) {
  for (int32_t i = 0; i < reduction.output_count; ++i) {
    const T* first = input + ReductionOffset(reduction.kept, i);
    Value value = start;
    for (int32_t j = 0; j < reduction.reduced_count; ++j) {
      value = combine(value, first[ReductionOffset(reduction.reduced, j)]);
    }
    output[i] = finish(value);
  }
}

}  // namespace earshot
