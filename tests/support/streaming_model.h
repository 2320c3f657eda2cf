// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A small model that remembers, and one that answers the same without: both hear the last five
// frames of 40 features.
#pragma once

#include "tests/support/model_builder.h"

namespace earshot::test {

constexpr int32_t kStreamingChannels = 40;
constexpr int32_t kStreamingNewFrames = 2;  // The input of the one: int8 [1, 2, 40].
constexpr int32_t kStreamingAllFrames = 5;  // The input of the other: int8 [1, 5, 40].
constexpr int32_t kStreamingLabels = 3;

// CALL_ONCE, VAR_HANDLE, READ_VARIABLE, CONCATENATION, STRIDED_SLICE, ASSIGN_VARIABLE, then
// FULLY_CONNECTED over all frames and SOFTMAX. The variable starts as silence, -128. Inputs are
// quantized as features are.
ModelBuilder StreamingModel();

// The same with LOGISTIC and one score, as wake words have it: high where there is sound.
ModelBuilder StreamingWakeWord();

// StreamingModel() from FULLY_CONNECTED on.
ModelBuilder WindowModel();

}  // namespace earshot::test
