// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tensorflow/lite/micro/micro_context.h"

#include "custom_operator.h"
#include "earshot/runtime/arena.h"
#include "tensor_view.h"
#include "tensorflow/lite/micro/micro_log.h"

namespace tflite {
namespace {

using earshot::AlignUp;
using earshot::kArenaAlignment;

struct alignas(kArenaAlignment) Block {
  uint8_t bytes[kArenaAlignment];
};

// The index of a node's i-th tensor; -1: it has none.
int TensorIndex(const TfLiteIntArray& tensors, int i) {
  return i >= 0 && i < tensors.size ? tensors.data[i] : -1;
}

}  // namespace

void* MicroContext::AllocatePersistentBuffer(size_t bytes) {
  if (prepare_ == nullptr) return nullptr;
  const size_t count = bytes == 0 ? 1 : (bytes + sizeof(Block) - 1) / sizeof(Block);
  uint32_t offset = 0;
  const earshot::Span<Block> blocks = prepare_->AllocateArray<Block>(count, &offset);
  if (blocks.empty() || prepare_->unused().size() < temp_bytes_) {
    too_small_ = true;
    missing_ = blocks.empty() ? 0 : temp_bytes_;
    return nullptr;
  }
  return blocks.data();
}

TfLiteStatus MicroContext::RequestScratchBufferInArena(size_t bytes, int* buffer_index) {
  if (prepare_ == nullptr || bytes > INT32_MAX) return kTfLiteError;
  if (scratch_count_ == kMaxScratchBuffersPerOp) {
    MicroPrintf("scratch buffers of one operator: wanted at most %d", kMaxScratchBuffersPerOp);
    return kTfLiteError;
  }
  scratch_bytes_[scratch_count_] = static_cast<uint32_t>(bytes);
  *buffer_index = scratch_count_++;
  return kTfLiteOk;
}

void* MicroContext::GetScratchBuffer(int buffer_index) {
  if (invoke_ == nullptr || buffer_index < 0) return nullptr;
  return invoke_->scratch<uint8_t>(static_cast<size_t>(buffer_index));
}

void* MicroContext::AllocateTemp(size_t bytes, size_t alignment) {
  if (prepare_ == nullptr) return nullptr;
  // The end of an arena is aligned as its beginning is.
  const uint64_t taken = AlignUp(uint64_t{temp_bytes_} + bytes, kArenaAlignment);
  const earshot::Span<uint8_t> unused = prepare_->unused();
  if (taken > unused.size() || alignment > kArenaAlignment) {
    too_small_ = true;
    missing_ = static_cast<size_t>(taken < INT32_MAX ? taken : INT32_MAX);
    return nullptr;
  }
  temp_bytes_ = static_cast<size_t>(taken);
  const size_t peak = prepare_->used() + temp_bytes_;
  if (peak_ < peak) peak_ = peak;
  return unused.data() + unused.size() - temp_bytes_;
}

TfLiteTensor* MicroContext::AllocateTempTfLiteTensor(int tensor_index) {
  if (prepare_ == nullptr || tensor_index < 0 || GetEvalTensor(tensor_index) == nullptr) {
    return nullptr;
  }
  void* const tensor = AllocateTemp(sizeof(TfLiteTensor), alignof(TfLiteTensor));
  if (tensor == nullptr) return nullptr;
  const earshot::tflm::Memory memory = {[](void* user, size_t bytes) {
                                          return static_cast<MicroContext*>(user)->AllocateTemp(
                                              bytes, alignof(TfLiteTensor));
                                        },
                                        this};
  const earshot::TensorInfo info =
      prepare_->model().tensor(prepare_->subgraph(), static_cast<size_t>(tensor_index));
  if (!DescribeTensor(info, memory, static_cast<TfLiteTensor*>(tensor))) return nullptr;
  ++temp_count_;
  return static_cast<TfLiteTensor*>(tensor);
}

TfLiteTensor* MicroContext::AllocateTempInputTensor(const TfLiteNode* node, int index) {
  return AllocateTempTfLiteTensor(TensorIndex(*node->inputs, index));
}

TfLiteTensor* MicroContext::AllocateTempOutputTensor(const TfLiteNode* node, int index) {
  return AllocateTempTfLiteTensor(TensorIndex(*node->outputs, index));
}

void MicroContext::DeallocateTempTfLiteTensor(TfLiteTensor* tensor) {
  if (tensor != nullptr && temp_count_ != 0 && --temp_count_ == 0) temp_bytes_ = 0;
}

uint8_t* MicroContext::AllocateTempBuffer(size_t bytes, size_t alignment) {
  void* const buffer = AllocateTemp(bytes, alignment);
  if (buffer != nullptr) ++temp_count_;
  return static_cast<uint8_t*>(buffer);
}

void MicroContext::DeallocateTempBuffer(uint8_t* buffer) {
  if (buffer != nullptr && temp_count_ != 0 && --temp_count_ == 0) temp_bytes_ = 0;
}

TfLiteEvalTensor* MicroContext::GetEvalTensor(int tensor_index) {
  if (node_ == nullptr || tensor_index < 0) return nullptr;
  const TfLiteIntArray& inputs = *node_->node.inputs;
  for (int i = 0; i < inputs.size; ++i) {
    if (inputs.data[i] == tensor_index) return &node_->tensors[i];
  }
  const TfLiteIntArray& outputs = *node_->node.outputs;
  for (int i = 0; i < outputs.size; ++i) {
    if (outputs.data[i] == tensor_index) return &node_->tensors[inputs.size + i];
  }
  return nullptr;
}

TfLiteStatus MicroContext::set_external_context(void* external_context) {
  if (external_context == nullptr || external_context_ != nullptr) return kTfLiteError;
  external_context_ = external_context;
  return kTfLiteOk;
}

}  // namespace tflite
