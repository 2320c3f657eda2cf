// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A resolver with every operator that there is.
#pragma once

#include <gtest/gtest.h>

#include <iterator>

#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"

namespace earshot::test {

constexpr const char* kOperatorNames[] = {
#define EARSHOT_TFLM_REGISTRATION(id, ...)
#define EARSHOT_TFLM_OPERATOR(name, id) #name,
#include "tensorflow/lite/micro/kernels/earshot_operators.inc"
};
constexpr unsigned kOperatorCount = std::size(kOperatorNames);

using AllOperators = tflite::MicroMutableOpResolver<kOperatorCount>;

inline void AddAllOperators(AllOperators& resolver) {
#define EARSHOT_TFLM_REGISTRATION(id, ...)
#define EARSHOT_TFLM_OPERATOR(name, id) EXPECT_EQ(resolver.Add##name(), kTfLiteOk);
#include "tensorflow/lite/micro/kernels/earshot_operators.inc"
}

}  // namespace earshot::test
