// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What MicroInterpreter::AllocateTensors() does, step by step.

#include <cstring>
#include <new>

#include "custom_operator.h"
#include "earshot/runtime/memory_planner.h"
#include "earshot/runtime/model_verifier.h"
#include "earshot/runtime/operator_view.h"
#include "earshot/runtime/tensor_allocation.h"
#include "model_extent.h"
#include "tensor_view.h"
#include "tensorflow/lite/micro/micro_interpreter.h"

namespace tflite {
namespace {

using earshot::MakeError;
using earshot::OperatorResolver;
using earshot::OperatorView;
using earshot::Span;
using earshot::Status;
using earshot::StatusCode;
using earshot::StatusSubject;
using earshot::operator""_text;  // NOLINT(misc-unused-using-decls): it is used.
using earshot::tflm::CustomOperator;

// What Earshot reads in place: everything in a model is aligned to this, counted from its
// beginning.
constexpr size_t kLeastAlignment = 4;

constexpr size_t kPointerBytes = sizeof(void*);

size_t Larger(size_t a, size_t b) { return a < b ? b : a; }

bool Contains(Span<const earshot::Kernel*> kernels, const earshot::Kernel* kernel) {
  for (const earshot::Kernel* const listed : kernels) {
    if (listed == kernel) return true;
  }
  return false;
}

}  // namespace

Status MicroInterpreter::NoRoomFor(size_t bytes) const {
  const size_t wanted = allocator_->persistent_bytes() + allocator_->shared_bytes() + bytes;
  return MakeError(StatusCode::kArenaTooSmall, {StatusSubject::kArena},
                   "size (wanted: more than)"_text, earshot::StatusUnit::kBytes,
                   static_cast<int64_t>(allocator_->lost_bytes() + allocator_->size()),
                   static_cast<int64_t>(allocator_->lost_bytes() + wanted));
}

Status MicroInterpreter::LoadModel() {
  const void* const begin = model_;
  const auto* bytes = static_cast<const uint8_t*>(begin);
  const size_t size = earshot::tflm::ModelExtent(bytes);
  if (size == 0) {
    return MakeError(StatusCode::kInvalidModel, {StatusSubject::kModel},
                     "not a model, or a damaged one"_text);
  }
  if (reinterpret_cast<uintptr_t>(bytes) % kLeastAlignment != 0) {
    void* const copy = allocator_->AllocatePersistentBuffer(size);
    if (copy == nullptr) return NoRoomFor(size);
    std::memcpy(copy, bytes, size);
    model_ = GetModel(copy);
    bytes = static_cast<const uint8_t*>(copy);
  }
  const Span<const uint8_t> file(bytes, size);
  EARSHOT_RETURN_IF_ERROR(earshot::VerifyModelOfWords(file));
  loaded_ = earshot::Model::LoadVerified(file);
  return earshot::OkStatus();
}

const TFLMRegistration* MicroInterpreter::FindRegistration(const OperatorView& op) const {
  if (op.code() == earshot::BuiltinOperator::CUSTOM) return op_resolver_.FindOp(op.custom_code());
  return op_resolver_.FindOp(static_cast<BuiltinOperator>(op.code()));
}

// The kernels that the model's operators need, each once. An operator without one is left to the
// interpreter, which says so.
Status MicroInterpreter::ListKernels() {
  // Until their number is known they are listed from the arena's end, where nobody keeps anything.
  const Span<uint8_t> rest = allocator_->rest();
  void* const end = rest.data() + rest.size();
  auto* const list = static_cast<const earshot::Kernel**>(end);
  size_t count = 0;
  for (size_t graph = 0; graph < loaded_.running_subgraphs(); ++graph) {
    for (size_t i = 0; i < loaded_.operator_count(graph); ++i) {
      if (allocator_->rest().size() < (count + 1) * kPointerBytes) return NoRoomFor(kPointerBytes);
      const Span<const earshot::Kernel*> listed(list - count, count);
      const earshot::Kernel* kernel = nullptr;
      EARSHOT_RETURN_IF_ERROR(FindKernel(OperatorView(loaded_, graph, i), listed, &kernel));
      if (kernel != nullptr && !Contains(listed, kernel)) *(list - ++count) = kernel;
    }
  }
  const size_t bytes = count * kPointerBytes;
  if (allocator_->rest().size() < 2 * bytes) return NoRoomFor(2 * bytes);
  void* const memory = allocator_->AllocatePersistentBuffer(bytes);
  if (memory == nullptr) return NoRoomFor(bytes);
  std::memcpy(memory, list - count, bytes);
  kernels_ = {static_cast<const earshot::Kernel**>(memory), count};
  return earshot::OkStatus();
}

// Null: no registration. One that is for other types only if there are no others.
Status MicroInterpreter::FindKernel(const OperatorView& op, Span<const earshot::Kernel*> listed,
                                    const earshot::Kernel** kernel) {
  const TFLMRegistration* const registration = FindRegistration(op);
  if (registration == nullptr) return earshot::OkStatus();
  if (registration->kernels != nullptr) {
    const Span<const earshot::Kernel* const> kernels(registration->kernels,
                                                     registration->kernel_count);
    const int found = OperatorResolver(kernels).Find(op);
    *kernel = kernels[found < 0 ? 0 : static_cast<size_t>(found)];
    return earshot::OkStatus();
  }
  // One kernel for all operators of a registration.
  const int found = OperatorResolver(listed).Find(op);
  if (found >= 0) {
    *kernel = listed[static_cast<size_t>(found)];
    return earshot::OkStatus();
  }
  void* const memory = allocator_->AllocatePersistentBuffer(sizeof(earshot::Kernel));
  if (memory == nullptr) return NoRoomFor(sizeof(earshot::Kernel));
  *kernel = new (memory) earshot::Kernel(CustomOperator::KernelFor(op));
  return earshot::OkStatus();
}

Status MicroInterpreter::AllocateViews() {
  const size_t input_count = inputs_size();
  const size_t count = input_count + outputs_size();
  const size_t bytes = count * sizeof(TfLiteTensor);
  void* const memory = allocator_->AllocatePersistentBuffer(bytes);
  if (memory == nullptr) return NoRoomFor(bytes);
  views_ = {static_cast<TfLiteTensor*>(memory), count};
  const earshot::tflm::Memory parts = {
      [](void* user, size_t part_bytes) {
        return static_cast<MicroAllocator*>(user)->AllocatePersistentBuffer(part_bytes);
      },
      allocator_};
  for (size_t i = 0; i < count; ++i) {
    const auto at = static_cast<flatbuffers::uoffset_t>(i < input_count ? i : i - input_count);
    const int32_t tensor = i < input_count ? inputs().Get(at) : outputs().Get(at);
    if (!DescribeTensor(loaded_.tensor(0, static_cast<size_t>(tensor)), parts, &views_[i])) {
      return NoRoomFor(sizeof(TfLiteTensor));
    }
  }
  if (!preserve_all_) return earshot::OkStatus();
  const size_t all_bytes = loaded_.tensor_count(0) * sizeof(TfLiteEvalTensor);
  void* const all = allocator_->AllocatePersistentBuffer(all_bytes);
  if (all == nullptr) return NoRoomFor(all_bytes);
  tensors_ = {static_cast<TfLiteEvalTensor*>(all), loaded_.tensor_count(0)};
  for (size_t i = 0; i < tensors_.size(); ++i) {
    tensors_[i] = earshot::tflm::EvalTensorOf(loaded_.tensor(0, i));
  }
  return earshot::OkStatus();
}

Status MicroInterpreter::LayOut() {
  const size_t front = allocator_->persistent_bytes();
  const size_t lost = allocator_->lost_bytes();
  const size_t size = allocator_->size();
  runner_ = earshot::tflm::Runner(loaded_, OperatorResolver(kernels_), allocator_->rest(), this);
  earshot::AllocationOptions options;
  options.plan.make = [](const earshot::TensorAllocation& allocation,
                         Span<earshot::PlannedBuffer> buffers) {
    const uint32_t bytes = PlanMemory(buffers);
    static_cast<MicroInterpreter*>(allocation.plan().user)->MovePlan(buffers);
    return bytes;
  };
  options.plan.user = this;
  Status status = runner_.AllocateTensors(options);
  if (!status.ok() && status.code != StatusCode::kArenaTooSmall) return status;
  const size_t shared = Larger(allocator_->shared_bytes(), shared_bytes_);
  // While it is laid out an interpreter has the plan there, too, and custom operators have tensors.
  const size_t peak = front + Larger(runner_.arena_used_bytes(), micro_context_.peak_bytes());
  size_t wanted = Larger(peak, front + persistent_bytes_ + own_bytes_ + shared);
  if (!is_planned_) wanted = front + static_cast<size_t>(status.wanted);
  if (!status.ok() || wanted > size) {
    return MakeError(StatusCode::kArenaTooSmall, {StatusSubject::kArena}, "size"_text,
                     earshot::StatusUnit::kBytes, static_cast<int64_t>(lost + size),
                     static_cast<int64_t>(lost + wanted));
  }
  allocator_->Take(front + persistent_bytes_ + own_bytes_, shared);
  allocator_->TakePeak(peak);
  return earshot::OkStatus();
}

// Called while the core lays out its memory, with offsets from where its persistent part ends.
// There the table of `buffers` lies at that time. What lives all the time stays there, as this
// interpreter's own; everything else goes to the arena's end, which it shares with others.
void MicroInterpreter::MovePlan(Span<earshot::PlannedBuffer> buffers) {
  const Span<uint8_t> memory = allocator_->rest();
  const void* const table = buffers.data();
  uint8_t* const own = memory.data() + (static_cast<const uint8_t*>(table) - memory.data());
  persistent_bytes_ = static_cast<size_t>(own - memory.data());
  is_planned_ = true;
  const size_t operators =
      loaded_.operator_count(0) +
      (loaded_.remembers() ? loaded_.operator_count(earshot::kInitSubgraph) : 0);
  own_bytes_ = 0;
  for (size_t i = 0; i < buffers.size(); ++i) {
    earshot::PlannedBuffer& buffer = buffers[i];
    const bool lasts = buffer.first_use == 0 && buffer.last_use >= operators;
    if (buffer.bytes == 0 || !(lasts || i < tensors_.size())) continue;
    buffer.offset = static_cast<uint32_t>(own_bytes_);
    own_bytes_ += buffer.bytes;
    buffer.bytes = 0;  // The others are planned without it.
  }
  shared_bytes_ = static_cast<size_t>(PlanMemory(buffers));
  const size_t needed = persistent_bytes_ + own_bytes_ + shared_bytes_;
  const size_t move =
      needed <= memory.size() ? memory.size() - shared_bytes_ - persistent_bytes_ : 0;
  for (size_t i = 0; i < buffers.size(); ++i) {
    if (buffers[i].bytes != 0) buffers[i].offset += static_cast<uint32_t>(move);
    const bool is_used = buffers[i].first_use <= buffers[i].last_use;
    if (is_used && i < tensors_.size() && tensors_[i].data.data == nullptr) {
      tensors_[i].data.data = own + buffers[i].offset;
    }
  }
}

void MicroInterpreter::ShowTensors() {
  for (size_t i = 0; i < runner_.input_count(); ++i) {
    views_[i].data.data = runner_.input(i).bytes.data();
  }
  for (size_t i = 0; i < runner_.output_count(); ++i) {
    views_[inputs_size() + i].data.data = runner_.output(i).bytes.data();
  }
}

}  // namespace tflite
