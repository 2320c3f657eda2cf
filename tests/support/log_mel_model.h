// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A small model on the log mel front end.
#pragma once

#include "tests/support/model_builder.h"

namespace earshot::test {

constexpr int32_t kLoudnessFrames = 30;  // The input: int8 [1, 30, 1, 40], as in MLPerf Tiny.
constexpr float kLoudnessScale = 1.0f / 255;

// One score that is high where all of the input is loud: RESHAPE, FULLY_CONNECTED, which is 24 *
// (mean feature - 1/2), and LOGISTIC.
ModelBuilder LoudnessModel();

}  // namespace earshot::test
