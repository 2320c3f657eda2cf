// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a model says about a tensor, in TensorFlow Lite's structs.
#pragma once

#include <cstddef>

#include "earshot/runtime/tensor_info.h"
#include "tensorflow/lite/core/c/common.h"

namespace earshot::tflm {

// Where the structs' parts lie. `allocate` gives null where there is no more.
struct Memory {
  void* (*allocate)(void* user, size_t bytes);
  void* user;
};

// Both point into the model.
TfLiteIntArray* DimsOf(const TensorInfo& info);
TfLiteEvalTensor EvalTensorOf(const TensorInfo& info);

// The contents of anything but a constant are null. False: there was no memory.
bool DescribeTensor(const TensorInfo& info, const Memory& memory, TfLiteTensor* tensor);

// A vector of the file. Null: an empty one.
TfLiteIntArray* IntArrayOf(Span<const int32_t> numbers);

}  // namespace earshot::tflm
