// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A model of one made-up operator, so that what surrounds a model can be tested without real ones.
#pragma once

#include <cstdint>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot {

// What the file says about a model's input or output.
struct FakeTensor {
  std::vector<int32_t> shape;
  TensorType type = TensorType::INT8;
  std::vector<float> scales = {};
  std::vector<int64_t> zero_points = {};
};

struct FakeModelOptions {
  std::vector<FakeTensor> inputs = {{{1, 49, 40, 1}, TensorType::INT8, {26.0f / 255}, {-128}}};
  std::vector<FakeTensor> outputs = {{{1, 4}, TensorType::INT8, {1.0f / 256}, {-128}}};
  BuiltinOperator op = BuiltinOperator::FULLY_CONNECTED;
};

// The bytes of a .tflite file.
AlignedBytes BuildFakeModel(const FakeModelOptions& options);

// Runs that operator. Of four scores the third ("yes") rises with the mean of all features, the
// first falls with it, the second is the newest feature, and the fourth depends on each byte and
// its place, so that no difference in the input goes unnoticed.
const OperatorResolver& FakeResolver();

// That fourth score, Q0.8, for these features.
uint8_t FakeHash(Span<const int8_t> features);

}  // namespace earshot
