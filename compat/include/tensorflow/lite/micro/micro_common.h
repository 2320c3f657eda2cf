// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TFLMRegistration: what an operator's implementation is.
#pragma once

#include "tensorflow/lite/core/c/common.h"

namespace earshot {
struct Kernel;
}

// Either a custom operator's functions, of which `invoke` has to be there, or kernels of Earshot.
struct TFLMRegistration {
  // `buffer` are the operator's options in the file. What it returns becomes the node's user_data.
  void* (*init)(TfLiteContext* context, const char* buffer, size_t length);
  // When the interpreter goes.
  void (*free)(TfLiteContext* context, void* user_data);
  TfLiteStatus (*prepare)(TfLiteContext* context, TfLiteNode* node);
  TfLiteStatus (*invoke)(TfLiteContext* context, TfLiteNode* node);
  // In MicroInterpreter::Reset().
  void (*reset)(TfLiteContext* context, void* user_data);
  int32_t builtin_code;
  const char* custom_name;

  // Earshot's own: what Register_…() fills in instead of the functions. An operator's kernels, one
  // for each kind of tensors.
  const earshot::Kernel* const* kernels = nullptr;
  uint32_t kernel_count = 0;
};
