// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Small questions that operators ask of their node and its tensors.
#pragma once

#include <cstdint>

#include "tensorflow/lite/core/c/common.h"

namespace tflite {

inline int SizeOfDimension(const TfLiteTensor* tensor, int axis) {
  return tensor->dims->data[axis];
}
inline int SizeOfDimension(const TfLiteEvalTensor* tensor, int axis) {
  return tensor->dims->data[axis];
}
inline int NumDimensions(const TfLiteTensor* tensor) { return tensor->dims->size; }
inline int NumInputs(const TfLiteNode* node) {
  return node->inputs == nullptr ? 0 : node->inputs->size;
}
inline int NumOutputs(const TfLiteNode* node) {
  return node->outputs == nullptr ? 0 : node->outputs->size;
}

inline int64_t NumElements(const TfLiteIntArray* dims) {
  int64_t count = 1;
  for (int i = 0; i < dims->size; ++i) count *= dims->data[i];
  return count;
}
inline int64_t NumElements(const TfLiteTensor* tensor) { return NumElements(tensor->dims); }

inline bool IsConstantTensor(const TfLiteTensor* tensor) {
  return tensor->allocation_type == kTfLiteMmapRo;
}
inline bool HaveSameShapes(const TfLiteTensor* a, const TfLiteTensor* b) {
  return TfLiteIntArrayEqual(a->dims, b->dims) != 0;
}

}  // namespace tflite
