// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tensorflow/lite/micro/micro_interpreter.h"

#include "custom_operator.h"
#include "earshot/runtime/operator_view.h"
#include "earshot/runtime/status_text.h"
#include "tensor_view.h"
#include "tensorflow/lite/micro/micro_log.h"

namespace tflite {
namespace {

using earshot::Status;

void ReportError(TfLiteContext* /*context*/, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
#ifndef TF_LITE_STRIP_ERROR_STRINGS
  VMicroPrintf(format, arguments);
#endif
  va_end(arguments);
}

}  // namespace

MicroInterpreter::MicroInterpreter(const Model* model, const MicroOpResolver& op_resolver,
                                   MicroAllocator* allocator, MicroProfilerInterface* profiler,
                                   NameFunction name_of, bool preserve_all_tensors)
    : model_(model),
      op_resolver_(op_resolver),
      allocator_(allocator),
      profiler_(profiler),
      name_of_(name_of),
      preserve_all_(preserve_all_tensors),
      initialization_status_(model == nullptr || allocator == nullptr ? kTfLiteError : kTfLiteOk),
      micro_context_(&context_) {
  if (initialization_status_ != kTfLiteOk) {
    MicroPrintf("MicroInterpreter: %s", model == nullptr
                                            ? "there is no model"
                                            : "there is no arena, or it is much too small");
  }
  SetContext();
}

MicroInterpreter::~MicroInterpreter() { earshot::tflm::CustomOperator::Free(*this); }

void MicroInterpreter::SetContext() {
  context_.impl_ = &micro_context_;
  context_.ReportError = ReportError;
  context_.AllocatePersistentBuffer = [](TfLiteContext* context, size_t bytes) {
    return GetMicroContext(context)->AllocatePersistentBuffer(bytes);
  };
  context_.RequestScratchBufferInArena = [](TfLiteContext* context, size_t bytes, int* index) {
    return GetMicroContext(context)->RequestScratchBufferInArena(bytes, index);
  };
  context_.GetScratchBuffer = [](TfLiteContext* context, int index) {
    return GetMicroContext(context)->GetScratchBuffer(index);
  };
  context_.GetTensor = [](const TfLiteContext* context, int index) {
    return GetMicroContext(context)->AllocateTempTfLiteTensor(index);
  };
  context_.GetEvalTensor = [](const TfLiteContext* context, int index) {
    return GetMicroContext(context)->GetEvalTensor(index);
  };
}

TfLiteStatus MicroInterpreter::Fail(const Status& status) const {
#if EARSHOT_STATUS_TEXTS
  char text[earshot::kStatusTextBytes];
  MicroPrintf("%s", earshot::StatusText(status, text));
#else
  // docs/status_ids.md has the texts, earshot/base/status.h the numbers of the others.
  MicroPrintf("error %d: text %d, at %d of kind %d: found %ld, wanted %ld",
              static_cast<int>(status.code), static_cast<int>(status.what.id()),
              static_cast<int>(status.index), static_cast<int>(status.subject),
              static_cast<long>(status.found), static_cast<long>(status.wanted));
#endif
  return kTfLiteError;
}

TfLiteStatus MicroInterpreter::AllocateTensors() {
  if (initialization_status_ != kTfLiteOk) {
    MicroPrintf("AllocateTensors(): the interpreter could not be made");
    return kTfLiteError;
  }
  if (is_allocated_) return kTfLiteOk;
  const Status status = Allocate();
  if (!status.ok()) {
    // Nobody keeps their memory.
    earshot::tflm::CustomOperator::Free(*this);
    return Fail(status);
  }
  is_allocated_ = true;
  return kTfLiteOk;
}

Status MicroInterpreter::Allocate() {
  EARSHOT_RETURN_IF_ERROR(LoadModel());
  EARSHOT_RETURN_IF_ERROR(ListKernels());
  EARSHOT_RETURN_IF_ERROR(AllocateViews());
  EARSHOT_RETURN_IF_ERROR(LayOut());
  ShowTensors();
  hooks_.begin = [](void* user, size_t op_index) {
    static_cast<MicroInterpreter*>(user)->BeginOperator(op_index);
  };
  hooks_.end = [](void* user, size_t /*op_index*/) {
    auto* const self = static_cast<MicroInterpreter*>(user);
    self->profiler_->EndEvent(self->event_);
  };
  hooks_.user = this;
  if (profiler_ != nullptr) runner_.set_profiler(&hooks_);
  return earshot::OkStatus();
}

void MicroInterpreter::BeginOperator(size_t op_index) {
  event_ = profiler_->BeginEvent(name_of_(earshot::OperatorView(loaded_, 0, op_index)));
}

const char* MicroInterpreter::OperatorName(const earshot::OperatorView& op) {
  const earshot::BuiltinOperator code = op.code();
  return code == earshot::BuiltinOperator::CUSTOM ? op.custom_code()
                                                  : earshot::schema::EnumNameBuiltinOperator(code);
}

TfLiteStatus MicroInterpreter::Invoke() {
  if (!is_allocated_ && AllocateTensors() != kTfLiteOk) return kTfLiteError;
  invoke_status_ = kTfLiteOk;
  const Status status = runner_.Invoke();
  if (!status.ok()) return Fail(status);
  if (invoke_status_ != kTfLiteOk) return invoke_status_;
  return runner_.has_new_outputs() ? kTfLiteOk : kTfLiteAbort;
}

TfLiteStatus MicroInterpreter::Reset() {
  runner_.ResetVariables();
  earshot::tflm::CustomOperator::Reset(*this);
  return kTfLiteOk;
}

TfLiteTensor* MicroInterpreter::input(size_t index) {
  if (is_allocated_ && index < runner_.input_count()) return &views_[index];
  MicroPrintf("input %lu: there is none, or nothing is allocated",
              static_cast<unsigned long>(index));
  return nullptr;
}

TfLiteTensor* MicroInterpreter::output(size_t index) {
  if (is_allocated_ && index < runner_.output_count()) return &views_[inputs_size() + index];
  MicroPrintf("output %lu: there is none, or nothing is allocated",
              static_cast<unsigned long>(index));
  return nullptr;
}

TfLiteEvalTensor* MicroInterpreter::GetTensor(int tensor_index, int subgraph_index) {
  const bool is_there = is_allocated_ && subgraph_index == 0 && tensor_index >= 0 &&
                        static_cast<size_t>(tensor_index) < tensors_.size();
  return is_there ? &tensors_[static_cast<size_t>(tensor_index)] : nullptr;
}

TfLiteStatus MicroInterpreter::SetMicroExternalContext(void* external_context) {
  return micro_context_.set_external_context(external_context);
}

}  // namespace tflite
