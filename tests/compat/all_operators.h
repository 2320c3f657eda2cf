// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A resolver with every operator that there is.
#pragma once

#include <gtest/gtest.h>

#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"

namespace earshot::test {

constexpr unsigned kOperatorCount = 0
#define EARSHOT_TFLM_REGISTRATION(id, ...)
#define EARSHOT_TFLM_OPERATOR(name, id) +1
#include "tensorflow/lite/micro/kernels/earshot_operators.inc"
    ;

using AllOperators = tflite::MicroMutableOpResolver<kOperatorCount>;

inline void AddAllOperators(AllOperators& resolver) {
#define EARSHOT_TFLM_REGISTRATION(id, ...)
#define EARSHOT_TFLM_OPERATOR(name, id) EXPECT_EQ(resolver.Add##name(), kTfLiteOk);
#include "tensorflow/lite/micro/kernels/earshot_operators.inc"
}

}  // namespace earshot::test
