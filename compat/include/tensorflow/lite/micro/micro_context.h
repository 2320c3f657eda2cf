// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MicroContext: what the functions of a custom operator ask for memory and tensors. Each of them
// may only ask about its own node's tensors.
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensorflow/lite/core/c/common.h"
#include "tensorflow/lite/micro/micro_common.h"

namespace earshot {
class InvokeContext;
class PrepareContext;
}  // namespace earshot

namespace earshot::tflm {
struct CustomNode;
class CustomOperator;
}  // namespace earshot::tflm

namespace tflite {

// What MicroInterpreter::Invoke() answers where a model waits for more inputs (CIRCULAR_BUFFER).
constexpr TfLiteStatus kTfLiteAbort = static_cast<TfLiteStatus>(15);

// So many scratch buffers an operator may have.
constexpr int kMaxScratchBuffersPerOp = 12;

class MicroContext {
 public:
  explicit MicroContext(TfLiteContext* context) : context_(context) {}
  MicroContext(const MicroContext&) = delete;
  MicroContext& operator=(const MicroContext&) = delete;

  // In init and prepare: memory that lasts as long as the interpreter, at a multiple of 16, with
  // all bytes zero. Null: the arena is too small. AllocateTensors() fails then, whatever prepare
  // says.
  void* AllocatePersistentBuffer(size_t bytes);

  // In prepare: memory for the time of one invoke, which GetScratchBuffer() finds then. Its
  // contents are undefined at the start.
  TfLiteStatus RequestScratchBufferInArena(size_t bytes, int* buffer_index);
  void* GetScratchBuffer(int buffer_index);

  // In prepare: a tensor of this node, by its index in the model or by its place among inputs or
  // outputs. It is gone when prepare is, if it is not given back earlier. Null: there is no such
  // tensor, or the arena is too small. Its contents are null but for constants'.
  TfLiteTensor* AllocateTempTfLiteTensor(int tensor_index);
  TfLiteTensor* AllocateTempInputTensor(const TfLiteNode* node, int index);
  TfLiteTensor* AllocateTempOutputTensor(const TfLiteNode* node, int index);
  // Once all that was asked for is given back, its memory is free again.
  void DeallocateTempTfLiteTensor(TfLiteTensor* tensor);
  uint8_t* AllocateTempBuffer(size_t bytes, size_t alignment);
  void DeallocateTempBuffer(uint8_t* buffer);

  // A tensor of this node, by its index in the model; null: it has no such tensor. In invoke with
  // its contents, in prepare only constants have any.
  TfLiteEvalTensor* GetEvalTensor(int tensor_index);

  // Whatever the application has for its operators (MicroInterpreter::SetMicroExternalContext()).
  TfLiteStatus set_external_context(void* external_context);
  void* external_context() { return external_context_; }

  // For MicroInterpreter: bytes behind what lasted before it that temporary tensors made necessary.
  size_t peak_bytes() const { return peak_; }

 private:
  friend class earshot::tflm::CustomOperator;

  void* AllocateTemp(size_t bytes, size_t alignment);

  TfLiteContext* context_;
  void* external_context_ = nullptr;
  // The operator at work, and what it is at; else null.
  earshot::tflm::CustomNode* node_ = nullptr;
  earshot::PrepareContext* prepare_ = nullptr;
  const earshot::InvokeContext* invoke_ = nullptr;
  uint32_t* scratch_bytes_ = nullptr;  // Of kMaxScratchBuffersPerOp.
  int scratch_count_ = 0;
  size_t temp_bytes_ = 0;  // At the end of the memory that nobody has yet ...
  int temp_count_ = 0;     // ... for so many.
  size_t peak_ = 0;
  bool too_small_ = false;
  size_t missing_ = 0;  // Then: more bytes than the arena has, at this point.
};

inline MicroContext* GetMicroContext(const TfLiteContext* context) {
  return static_cast<MicroContext*>(context->impl_);
}

}  // namespace tflite
