// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A small model whose scores stand each for itself: one for each band of channels, high where there
// is sound in that band.
#pragma once

#include "tests/support/model_builder.h"

namespace earshot::test {

constexpr int32_t kSigmoidFrames = 49;  // Its input: int8 [1, 49, 40], features.

// FULLY_CONNECTED, LOGISTIC, and RESHAPE and QUANTIZE behind it, as converters leave them. The
// bands, from low to high, are as wide as each other.
ModelBuilder SigmoidModel(int32_t bands);

// The same with SOFTMAX in place of LOGISTIC.
ModelBuilder SoftmaxModel(int32_t bands);

}  // namespace earshot::test
