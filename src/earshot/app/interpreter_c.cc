// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The C interface of Interpreter.

#include <new>

#include "earshot/app/argument_checks.h"
#include "earshot/app/c_interface.h"
#include "earshot/earshot_parts.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/packed_weights.h"

// At the beginning of the caller's memory; the arena follows it.
struct earshot_interpreter {
  earshot::Model model;
  earshot::Interpreter interpreter;
  earshot::Profiler profiler = {};
};

namespace earshot {
namespace {

constexpr size_t kHeaderBytes = kHeaderBytesOf<earshot_interpreter>;
static_assert(sizeof(earshot_tensor) == offsetof(earshot_tensor, reserved) + sizeof(int32_t));

Status BuildInterpreter(const earshot_model* given, Span<uint8_t> memory,
                        earshot_interpreter* made) {
  earshot_model model;
  EARSHOT_RETURN_IF_ERROR(TakeModelFile(given, &model));
  EARSHOT_RETURN_IF_ERROR(Model::Load(
      Span<const uint8_t>(static_cast<const uint8_t*>(model.bytes), model.size), &made->model));
  made->interpreter =
      Interpreter(made->model, *reinterpret_cast<const OperatorResolver*>(model.kernels),
                  Behind(kHeaderBytes, memory));
  AllocationOptions options;
  if (model.placed_first != nullptr) {
    options.plan.placed_first = {model.placed_first, model.placed_first_count};
  }
  return OfWholeMemory(made->interpreter.AllocateTensors(options), kHeaderBytes, memory.size());
}

Status InterpreterBytes(const earshot_model* model, void* lent, size_t lent_size, size_t* bytes) {
  if (bytes == nullptr) return NullPointer("bytes is null"_text);
  *bytes = 0;
  EARSHOT_RETURN_IF_ERROR(CheckMemory(lent, lent_size));
  earshot_interpreter trial;
  const Status status =
      BuildInterpreter(model, Span<uint8_t>(static_cast<uint8_t*>(lent), lent_size), &trial);
  if (status.ok()) *bytes = kHeaderBytes + trial.interpreter.arena_used_bytes();
  if (status.code == StatusCode::kArenaTooSmall) *bytes = static_cast<size_t>(status.wanted);
  return status;
}

Status CreateInterpreter(const earshot_model* model, void* memory, size_t size,
                         earshot_interpreter** interpreter) {
  if (interpreter == nullptr) return NullPointer("interpreter is null"_text);
  *interpreter = nullptr;
  EARSHOT_RETURN_IF_ERROR(CheckMemory(memory, size));
  const Span<uint8_t> block(static_cast<uint8_t*>(memory), size);
  if (size < kHeaderBytes) {  // Nowhere to make it: only to say how much is needed.
    earshot_interpreter trial;
    return BuildInterpreter(model, block, &trial);
  }
  auto* const made = new (memory) earshot_interpreter();
  EARSHOT_RETURN_IF_ERROR(BuildInterpreter(model, block, made));
  *interpreter = made;
  return OkStatus();
}

enum class End { kInput, kOutput };

Status GiveTensor(const earshot_interpreter* interpreter, End end, size_t index,
                  earshot_tensor* tensor) {
  if (tensor == nullptr) return NullPointer("tensor is null"_text);
  EARSHOT_RETURN_IF_ERROR(
      CheckStructBytes("tensor->struct_bytes"_text, tensor->struct_bytes, sizeof(earshot_tensor)));
  GiveStruct(earshot_tensor{}, tensor);
  if (interpreter == nullptr) return NullPointer("interpreter is null"_text);
  const Interpreter& made = interpreter->interpreter;
  const size_t count = end == End::kInput ? made.input_count() : made.output_count();
  if (index >= count) {
    return InvalidNumber(StatusSubject::kNone, "index of a tensor"_text,
                         StatusNumber(static_cast<int64_t>(index)),
                         static_cast<int32_t>(count) - 1);
  }
  const TensorView view = end == End::kInput ? made.input(index) : made.output(index);
  earshot_tensor own = {};
  own.type = static_cast<int32_t>(view.info.type);
  own.data = view.bytes.data();
  own.bytes = view.bytes.size();
  own.dims = view.info.shape.data();
  own.rank = view.info.rank();
  own.name = end == End::kInput ? made.input_name(index) : made.output_name(index);
  if (view.info.scales.size() == 1) {
    own.scale = view.info.scale();
    own.zero_point = view.info.zero_point();
  }
  GiveStruct(own, tensor);
  return OkStatus();
}

Status Invoke(earshot_interpreter* interpreter) {
  if (interpreter == nullptr) return NullPointer("interpreter is null"_text);
  return interpreter->interpreter.Invoke();
}

Status PackInterpreter(earshot_interpreter* interpreter, void* memory, size_t size) {
  if (interpreter == nullptr) return NullPointer("interpreter is null"_text);
  return PackInto(memory, size, &interpreter->interpreter);
}

Status SetProfiler(earshot_interpreter* interpreter, const earshot_profiler* profiler) {
  if (interpreter == nullptr) return NullPointer("interpreter is null"_text);
  interpreter->interpreter.set_profiler(nullptr);
  if (profiler == nullptr) return OkStatus();
  EARSHOT_RETURN_IF_ERROR(CheckStructBytes("profiler->struct_bytes"_text, profiler->struct_bytes,
                                           sizeof(earshot_profiler)));
  earshot_profiler own;
  EARSHOT_RETURN_IF_ERROR(
      TakeStruct("profiler: what a later version added to it"_text, *profiler, &own));
  interpreter->profiler = {own.begin, own.end, own.user};
  interpreter->interpreter.set_profiler(&interpreter->profiler);
  return OkStatus();
}

const char* OperatorText(const Model& model, size_t op_index) {
  if (op_index >= model.operator_count(0)) return "";
  const schema::Operator& op = model.op(0, op_index);
  const BuiltinOperator code = model.operator_code(op);
  return code == BuiltinOperator::CUSTOM ? model.custom_code(op)
                                         : schema::EnumNameBuiltinOperator(code);
}

}  // namespace
}  // namespace earshot

extern "C" {

earshot_status earshot_interpreter_bytes(const earshot_model* model, void* lent, size_t lent_size,
                                         size_t* bytes) {
  return earshot::ToC(earshot::InterpreterBytes(model, lent, lent_size, bytes));
}

earshot_status earshot_interpreter_create(const earshot_model* model, void* memory, size_t size,
                                          earshot_interpreter** interpreter) {
  return earshot::ToC(earshot::CreateInterpreter(model, memory, size, interpreter));
}

size_t earshot_interpreter_input_count(const earshot_interpreter* interpreter) {
  return interpreter == nullptr ? 0 : interpreter->interpreter.input_count();
}

size_t earshot_interpreter_output_count(const earshot_interpreter* interpreter) {
  return interpreter == nullptr ? 0 : interpreter->interpreter.output_count();
}

earshot_status earshot_interpreter_input(const earshot_interpreter* interpreter, size_t index,
                                         earshot_tensor* tensor) {
  return earshot::ToC(earshot::GiveTensor(interpreter, earshot::End::kInput, index, tensor));
}

earshot_status earshot_interpreter_output(const earshot_interpreter* interpreter, size_t index,
                                          earshot_tensor* tensor) {
  return earshot::ToC(earshot::GiveTensor(interpreter, earshot::End::kOutput, index, tensor));
}

earshot_status earshot_interpreter_invoke(earshot_interpreter* interpreter) {
  return earshot::ToC(earshot::Invoke(interpreter));
}

size_t earshot_interpreter_packed_bytes(const earshot_interpreter* interpreter) {
  return interpreter == nullptr ? 0 : earshot::PackedBytes(interpreter->interpreter);
}

earshot_status earshot_interpreter_pack(earshot_interpreter* interpreter, void* memory,
                                        size_t size) {
  return earshot::ToC(earshot::PackInterpreter(interpreter, memory, size));
}

void earshot_interpreter_reset(earshot_interpreter* interpreter) {
  if (interpreter != nullptr) interpreter->interpreter.ResetVariables();
}

earshot_status earshot_interpreter_set_profiler(earshot_interpreter* interpreter,
                                                const earshot_profiler* profiler) {
  return earshot::ToC(earshot::SetProfiler(interpreter, profiler));
}

const char* earshot_interpreter_operator(const earshot_interpreter* interpreter, size_t op_index) {
  return interpreter == nullptr ? "" : earshot::OperatorText(interpreter->model, op_index);
}

}  // extern "C"
