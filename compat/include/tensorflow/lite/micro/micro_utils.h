// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tensorflow/lite/core/c/common.h"

namespace tflite {

// The number of elements; 1 for a scalar.
inline int ElementCount(const TfLiteIntArray& dims) {
  int count = 1;
  for (int i = 0; i < dims.size; ++i) count *= dims.data[i];
  return count;
}

}  // namespace tflite
