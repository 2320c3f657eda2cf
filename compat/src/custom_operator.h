// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Has functions of a TFLMRegistration run as a kernel.
#pragma once

#include <cstdint>

#include "earshot/runtime/kernel.h"
#include "tensorflow/lite/micro/micro_common.h"
#include "tensorflow/lite/micro/micro_interpreter.h"

namespace earshot::tflm {

// One operator that is such a function's. In the arena: unlike all else there, with pointers.
struct CustomNode {
  TfLiteNode node;
  const TFLMRegistration* registration;
  TfLiteEvalTensor* tensors;  // Inputs, then outputs.
  CustomNode* earlier;        // The one that was prepared before it; null: the first.
  uint32_t subgraph;
};

class CustomOperator {
 public:
  // The kernel for an operator, by its name or code.
  static Kernel KernelFor(const OperatorView& op);

  // Calls a function of all nodes of an interpreter, the last one first.
  static void Free(tflite::MicroInterpreter& interpreter);
  static void Reset(tflite::MicroInterpreter& interpreter);

 private:
  static Verdict Prepare(PrepareContext& context);
  static void Invoke(const InvokeContext& context);
  static TfLiteStatus CallPrepare(tflite::MicroInterpreter& owner, PrepareContext& context,
                                  CustomNode& state, Span<uint32_t> scratch, size_t* scratch_count);
  static Verdict EndPrepare(const tflite::MicroInterpreter& owner, PrepareContext& context,
                            TfLiteStatus status);
  static void Fill(const OperatorView& op, CustomNode& state);
  static void ShowContents(const InvokeContext& context, const Model& model, CustomNode& state);
};

}  // namespace earshot::tflm
