// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "custom_operator.h"

#include <cstring>

#include "tensor_view.h"
#include "tensorflow/lite/micro/micro_log.h"

namespace earshot::tflm {
namespace {

// What prepare leaves: where the CustomNode is.
struct NodePlace {
  uint32_t offset;
};

tflite::MicroInterpreter& OwnerOf(const Interpreter& interpreter) {
  return static_cast<const Runner&>(interpreter).owner();
}

// As TensorFlow Lite Micro begins with a variable tensor: the number that means 0.
void SetToZero(const TensorInfo& info, void* contents) {
  const bool is_int8 = info.type == TensorType::INT8 && !info.scales.empty();
  std::memset(contents, is_int8 ? info.zero_point() : 0, info.bytes);
}

}  // namespace

Kernel CustomOperator::KernelFor(const OperatorView& op) {
  const bool is_custom = op.code() == BuiltinOperator::CUSTOM;
  return {is_custom ? KernelKey::Custom(op.custom_code()) : KernelKey(op.code()), Prepare, Invoke};
}

Verdict CustomOperator::Prepare(PrepareContext& context) {
  tflite::MicroInterpreter& owner = OwnerOf(context.interpreter());
  const size_t count = context.input_count() + context.output_count();
  NodePlace place = {};
  uint32_t tensors_offset = 0;
  const Span<CustomNode> state = context.AllocateArray<CustomNode>(1, &place.offset);
  const Span<TfLiteEvalTensor> tensors =
      context.AllocateArray<TfLiteEvalTensor>(count, &tensors_offset);
  context.SetData(place);
  if (state.empty() || tensors.size() != count) return Verdict::Ok();  // Told later.
  state[0].tensors = tensors.data();
  state[0].registration = owner.FindRegistration(context);
  Fill(context, state[0]);

  uint32_t scratch[tflite::kMaxScratchBuffersPerOp] = {};
  size_t scratch_count = 0;
  const TfLiteStatus status = CallPrepare(owner, context, state[0], scratch, &scratch_count);
  const Verdict verdict = EndPrepare(owner, context, status);
  if (verdict.ok() && scratch_count != 0) {
    context.RequestScratch(Span<const uint32_t>(scratch, scratch_count));
  }
  return verdict;
}

void CustomOperator::Fill(const OperatorView& op, CustomNode& state) {
  state.subgraph = static_cast<uint32_t>(op.subgraph());
  state.node.inputs = IntArrayOf(op.inputs());
  state.node.outputs = IntArrayOf(op.outputs());
  state.node.intermediates = IntArrayOf({});
  const Span<const uint8_t> options = op.custom_options();
  state.node.custom_initial_data = options.data();
  state.node.custom_initial_data_size = static_cast<int>(options.size());
  TfLiteEvalTensor* tensor = state.tensors;
  for (size_t i = 0; i < op.input_count(); ++i, ++tensor) {
    if (op.names_input(i)) *tensor = EvalTensorOf(op.input(i));
  }
  for (size_t i = 0; i < op.output_count(); ++i, ++tensor) *tensor = EvalTensorOf(op.output(i));
}

TfLiteStatus CustomOperator::CallPrepare(tflite::MicroInterpreter& owner, PrepareContext& context,
                                         CustomNode& state, Span<uint32_t> scratch,
                                         size_t* scratch_count) {
  tflite::MicroContext& micro = owner.micro_context_;
  micro.node_ = &state;
  micro.prepare_ = &context;
  micro.scratch_bytes_ = scratch.data();
  micro.scratch_count_ = 0;
  micro.too_small_ = false;
  micro.missing_ = 0;
  const TFLMRegistration& registration = *state.registration;
  if (registration.init != nullptr) {
    const void* const options = state.node.custom_initial_data;
    state.node.user_data =
        registration.init(&owner.context_, static_cast<const char*>(options),
                          static_cast<size_t>(state.node.custom_initial_data_size));
  }
  state.earlier = owner.nodes_;
  owner.nodes_ = &state;
  TfLiteStatus status = kTfLiteOk;
  // Without the memory that init asked for, prepare cannot do anything.
  if (registration.prepare != nullptr && !micro.too_small_) {
    status = registration.prepare(&owner.context_, &state.node);
  }
  *scratch_count = static_cast<size_t>(micro.scratch_count_);
  micro.node_ = nullptr;
  micro.prepare_ = nullptr;
  micro.scratch_bytes_ = nullptr;
  micro.temp_bytes_ = 0;
  micro.temp_count_ = 0;
  return status;
}

Verdict CustomOperator::EndPrepare(const tflite::MicroInterpreter& owner, PrepareContext& context,
                                   TfLiteStatus status) {
  if (owner.micro_context_.too_small_) {
    // So that the interpreter, too, knows that the arena is too small.
    uint32_t offset = 0;
    context.ReserveArray<uint8_t>(owner.micro_context_.missing_, &offset);
    return Verdict::Ok();
  }
  if (status == kTfLiteOk) return Verdict::Ok();
  MicroPrintf("operator %lu: prepare of %s has answered %d",
              static_cast<unsigned long>(context.op_index()), context.custom_code(),
              static_cast<int>(status));
  return context.Unsupported("a custom operator's prepare: answer"_text, status, kTfLiteOk);
}

void CustomOperator::ShowContents(const InvokeContext& context, const Model& model,
                                  CustomNode& state) {
  const TfLiteIntArray& inputs = *state.node.inputs;
  TfLiteEvalTensor* tensor = state.tensors;
  for (int i = 0; i < inputs.size; ++i, ++tensor) {
    if (inputs.data[i] < 0) continue;
    tensor->data.data = const_cast<uint8_t*>(context.input<uint8_t>(static_cast<size_t>(i)));
    if (!context.starts_anew()) continue;
    const TensorInfo info = model.tensor(state.subgraph, static_cast<size_t>(inputs.data[i]));
    if (info.is_variable) SetToZero(info, tensor->data.data);
  }
  for (int i = 0; i < state.node.outputs->size; ++i, ++tensor) {
    tensor->data.data = context.output<uint8_t>(static_cast<size_t>(i));
  }
}

void CustomOperator::Invoke(const InvokeContext& context) {
  tflite::MicroInterpreter& owner = OwnerOf(context.interpreter());
  CustomNode& state = *context.state<CustomNode>(context.data<NodePlace>().offset);
  ShowContents(context, owner.loaded_, state);
  tflite::MicroContext& micro = owner.micro_context_;
  micro.node_ = &state;
  micro.invoke_ = &context;
  const TfLiteStatus status = state.registration->invoke(&owner.context_, &state.node);
  micro.node_ = nullptr;
  micro.invoke_ = nullptr;
  if (status == kTfLiteOk) return;
  if (status == kTfLiteError) {
    MicroPrintf("a custom operator's invoke has answered %d", static_cast<int>(status));
  }
  owner.invoke_status_ = status;
  context.EndInvoke();
}

void CustomOperator::Free(tflite::MicroInterpreter& interpreter) {
  for (CustomNode* state = interpreter.nodes_; state != nullptr; state = state->earlier) {
    const auto free = state->registration->free;
    if (free != nullptr) free(&interpreter.context_, state->node.user_data);
  }
  interpreter.nodes_ = nullptr;
}

void CustomOperator::Reset(tflite::MicroInterpreter& interpreter) {
  for (CustomNode* state = interpreter.nodes_; state != nullptr; state = state->earlier) {
    const auto reset = state->registration->reset;
    if (reset != nullptr) reset(&interpreter.context_, state->node.user_data);
  }
}

}  // namespace earshot::tflm
