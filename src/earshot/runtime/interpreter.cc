// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/interpreter.h"

#include "earshot/runtime/tensor_allocation.h"

namespace earshot {
Interpreter::Interpreter(const Model& model, const OperatorResolver& resolver, Span<uint8_t> arena)
    : model_(&model), resolver_(resolver), arena_(arena) {}

Status Interpreter::AllocateTensors(const AllocationOptions& options) {
  EARSHOT_RETURN_IF_ERROR(CheckNotReady());
  EARSHOT_RETURN_IF_ERROR(TensorAllocation(*this, options).Run());
  ready_ = true;
  return OkStatus();
}

Status Interpreter::CheckNotReady() const {
  if (model_ == nullptr || !model_->loaded()) {
    return MakeError(StatusCode::kInvalidArgument, {StatusSubject::kModel}, "not loaded"_text);
  }
  if (ready_) {
    return MakeError(StatusCode::kFailedPrecondition, {StatusSubject::kArena},
                     "already laid out"_text);
  }
  const auto address = reinterpret_cast<uintptr_t>(arena_.data());
  if (address % kArenaAlignment != 0) {
    return MakeError(StatusCode::kInvalidArgument, {StatusSubject::kArena},
                     "address: remainder to the wanted alignment"_text, StatusUnit::kBytes,
                     static_cast<int64_t>(address % kArenaAlignment), kArenaAlignment);
  }
  return OkStatus();
}

Status Interpreter::Invoke() {
  if (!ready_) {
    return MakeError(StatusCode::kFailedPrecondition, {StatusSubject::kModel},
                     "AllocateTensors() has not succeeded"_text);
  }
  const uint8_t* const model = model_->bytes().data();
  uint8_t* const arena = arena_.data();
  size_t i = first_new_ < init_count_ ? first_new_ : init_count_;
  has_new_outputs_ = false;
  while (i < records_.size()) {
    const OperatorRecord& record = records_[i];
    const InvokeContext context(*this, model, arena, record, i >= first_new_);
    const bool is_profiled = profiler_ != nullptr && i >= init_count_;
    const size_t index = i - init_count_;
    if (is_profiled && profiler_->begin != nullptr) profiler_->begin(profiler_->user, index);
    resolver_.kernel(record.kernel).invoke(context);
    if (is_profiled && profiler_->end != nullptr) profiler_->end(profiler_->user, index);
    if (first_new_ < ++i) first_new_ = i;
    if (context.ends_invoke()) return OkStatus();
  }
  has_new_outputs_ = true;
  return OkStatus();
}

TensorView Interpreter::View(int32_t tensor, DataRef ref) const {
  TensorView view;
  view.info = model_->tensor(0, static_cast<size_t>(tensor));
  view.bytes = Span<uint8_t>(arena_.data() + ref, view.info.bytes);
  return view;
}

}  // namespace earshot
