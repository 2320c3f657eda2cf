// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tensorflow/lite/micro/kernels/kernel_util.h"

namespace tflite::micro {
namespace {

TfLiteEvalTensor* TensorAt(const TfLiteContext* context, const TfLiteIntArray* tensors, int index) {
  if (tensors == nullptr || index < 0 || index >= tensors->size) return nullptr;
  return context->GetEvalTensor(context, tensors->data[index]);
}

}  // namespace

const TfLiteEvalTensor* GetEvalInput(const TfLiteContext* context, const TfLiteNode* node,
                                     int index) {
  return GetMutableEvalInput(context, node, index);
}

TfLiteEvalTensor* GetMutableEvalInput(const TfLiteContext* context, const TfLiteNode* node,
                                      int index) {
  return TensorAt(context, node->inputs, index);
}

TfLiteEvalTensor* GetEvalOutput(const TfLiteContext* context, const TfLiteNode* node, int index) {
  return TensorAt(context, node->outputs, index);
}

}  // namespace tflite::micro
