// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What all types of SVDF have in common: the order in which filters and units come.
#pragma once

#include <cstdint>
#include <cstring>

#include "earshot/kernels/svdf.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// Has each filter forget its oldest number and remember feature(x, row), of a batch's input and the
// filter's weights.
template <typename T, typename State, typename Feature>
void MoveOn(const InvokeContext& context, const SvdfShape& shape, State* state,
            const Feature& feature) {
  const int32_t filters = shape.units * shape.rank;
  const auto kept = static_cast<size_t>(shape.memory - 1);
  const auto* x = context.input<T>(0);
  const auto* const weights = context.input<T>(kSvdfFeatureWeights);
  for (int32_t batch = 0; batch < shape.batches; ++batch, x += shape.depth) {
    for (int32_t filter = 0; filter < filters; ++filter, state += shape.memory) {
      std::memmove(state, state + 1, kept * sizeof(State));
      state[kept] = feature(x, weights + filter * shape.depth);
    }
  }
}

// output[...] = sum(unit, weights, state), of the rank * memory weights of time and numbers that
// belong to a unit.
template <typename T, typename State, typename Sum>
void SumUpUnits(const InvokeContext& context, const SvdfShape& shape, const State* state,
                const Sum& sum) {
  const int32_t numbers = shape.rank * shape.memory;
  const auto* const weights = context.input<State>(kSvdfTimeWeights);
  auto* output = context.output<T>(0);
  for (int32_t batch = 0; batch < shape.batches; ++batch) {
    for (int32_t unit = 0; unit < shape.units; ++unit, state += numbers) {
      *output++ = sum(unit, weights + unit * numbers, state);
    }
  }
}

inline int32_t StateCount(const SvdfShape& shape) {
  return shape.batches * shape.units * shape.rank * shape.memory;
}

}  // namespace earshot::reference
