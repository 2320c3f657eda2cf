// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MicroInterpreter: TensorFlow Lite Micro's interface to Earshot's interpreter.
//
//   tflite::MicroMutableOpResolver<1> resolver;
//   resolver.AddFullyConnected();
//   tflite::MicroInterpreter interpreter(tflite::GetModel(model), resolver, arena, sizeof(arena));
//   if (interpreter.AllocateTensors() != kTfLiteOk) …
//   interpreter.input(0)->data.int8[0] = …
//   if (interpreter.Invoke() != kTfLiteOk) …
//   … interpreter.output(0)->data.int8[0]
//
// What went wrong is told through MicroPrintf(), in the words of an earshot::Status.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "tensorflow/lite/core/c/common.h"
#include "tensorflow/lite/kernels/internal/tensor_ctypes.h"
#include "tensorflow/lite/micro/micro_allocator.h"
#include "tensorflow/lite/micro/micro_context.h"
#include "tensorflow/lite/micro/micro_op_resolver.h"
#include "tensorflow/lite/micro/micro_profiler_interface.h"
#include "tensorflow/lite/micro/micro_resource_variable.h"
#include "tensorflow/lite/portable_type_to_tflitetype.h"
#include "tensorflow/lite/schema/schema_generated.h"

namespace tflite {
class MicroInterpreter;
}

namespace earshot::tflm {

class CustomOperator;
struct CustomNode;

// So that a kernel, which is given earshot's interpreter, finds the one that it belongs to.
class Runner : public Interpreter {
 public:
  Runner() = default;
  Runner(const Model& model, const OperatorResolver& resolver, Span<uint8_t> arena,
         tflite::MicroInterpreter* owner)
      : Interpreter(model, resolver, arena), owner_(owner) {}
  tflite::MicroInterpreter& owner() const { return *owner_; }

 private:
  tflite::MicroInterpreter* owner_ = nullptr;
};

}  // namespace earshot::tflm

namespace tflite {

class MicroInterpreter {
 public:
  // All that is given stays with the caller, who keeps it as long as the interpreter. Resource
  // variables need no counting here: `resource_variables` is not looked at.
  //
  // With `preserve_all_tensors` each tensor has memory of its own, for GetTensor().
  MicroInterpreter(const Model* model, const MicroOpResolver& op_resolver, uint8_t* tensor_arena,
                   size_t tensor_arena_size, MicroResourceVariables* resource_variables = nullptr,
                   MicroProfilerInterface* profiler = nullptr, bool preserve_all_tensors = false)
      : MicroInterpreter(model, op_resolver,
                         MicroAllocator::Create(tensor_arena, tensor_arena_size),
                         resource_variables, profiler, preserve_all_tensors) {}
  // With an arena that it shares with other interpreters (micro_allocator.h).
  MicroInterpreter(const Model* model, const MicroOpResolver& op_resolver,
                   MicroAllocator* allocator,
                   MicroResourceVariables* /*resource_variables*/ = nullptr,
                   MicroProfilerInterface* profiler = nullptr, bool preserve_all_tensors = false)
      // Here, where a compiler sees that there is no profiler: the names of all operators are some
      // kilobytes, which an image without one does not hold then.
      : MicroInterpreter(model, op_resolver, allocator, profiler,
                         profiler == nullptr ? nullptr : &OperatorName, preserve_all_tensors) {}
  // Calls the `free` of custom operators.
  ~MicroInterpreter();

  MicroInterpreter(const MicroInterpreter&) = delete;
  MicroInterpreter& operator=(const MicroInterpreter&) = delete;

  // Looks the model over, prepares its operators and lays out all memory. Once; a second call does
  // nothing.
  TfLiteStatus AllocateTensors();

  // Runs the model once; allocates before that, where nobody has. Inputs are undefined afterwards.
  // kTfLiteAbort: the model waits for more inputs, and there are no new outputs. What a custom
  // operator's invoke answers, if that is not kTfLiteOk.
  TfLiteStatus Invoke();

  // All variables are at their start values again in the next Invoke(), and the custom operators'
  // `reset` are called.
  TfLiteStatus Reset();

  // Null: nothing is allocated, or there is no such tensor.
  TfLiteTensor* input(size_t index);
  TfLiteTensor* output(size_t index);
  TfLiteTensor* input_tensor(size_t index) { return input(index); }
  TfLiteTensor* output_tensor(size_t index) { return output(index); }
  size_t inputs_size() const { return SizeOf(model_->subgraphs()->Get(0)->inputs()); }
  size_t outputs_size() const { return SizeOf(model_->subgraphs()->Get(0)->outputs()); }
  // Precondition: there are some.
  const flatbuffers::Vector<int32_t>& inputs() const {
    return *model_->subgraphs()->Get(0)->inputs();
  }
  const flatbuffers::Vector<int32_t>& outputs() const {
    return *model_->subgraphs()->Get(0)->outputs();
  }

  // Null, too, where the tensor has another type.
  template <typename T>
  T* typed_input_tensor(int index) {
    return Typed<T>(input(static_cast<size_t>(index)));
  }
  template <typename T>
  T* typed_output_tensor(int index) {
    return Typed<T>(output(static_cast<size_t>(index)));
  }

  // A tensor of the main subgraph, by its index in the model. Null, unless all are preserved.
  TfLiteEvalTensor* GetTensor(int tensor_index, int subgraph_index = 0);
  bool preserve_all_tensors() const { return preserve_all_; }

  // For custom operators: MicroContext::external_context(). Once.
  TfLiteStatus SetMicroExternalContext(void* external_context);

  // kTfLiteError: the arena has not even room for its bookkeeping, or there is no model.
  TfLiteStatus initialization_status() const { return initialization_status_; }

  // An arena of this many bytes is enough; in a shared one, for all interpreters that are in it. At
  // an address that is no multiple of 16: if it begins at the same remainder. 0 before
  // AllocateTensors().
  size_t arena_used_bytes() const { return is_allocated_ ? allocator_->used_bytes() : 0; }

 protected:
  const MicroAllocator& allocator() const { return *allocator_; }

 private:
  friend class earshot::tflm::CustomOperator;

  using NameFunction = const char* (*)(const earshot::OperatorView& op);

  MicroInterpreter(const Model* model, const MicroOpResolver& op_resolver,
                   MicroAllocator* allocator, MicroProfilerInterface* profiler,
                   NameFunction name_of, bool preserve_all_tensors);
  static const char* OperatorName(const earshot::OperatorView& op);

  // A model without inputs or outputs may have no list of them.
  static size_t SizeOf(const flatbuffers::Vector<int32_t>* tensors) {
    return tensors == nullptr ? 0 : tensors->size();
  }

  template <typename T>
  static T* Typed(TfLiteTensor* tensor) {
    const bool fits = tensor != nullptr && tensor->type == typeToTfLiteType<T>();
    return fits ? GetTensorData<T>(tensor) : nullptr;
  }

  void SetContext();
  earshot::Status Allocate();
  earshot::Status LoadModel();
  earshot::Status ListKernels();
  earshot::Status FindKernel(const earshot::OperatorView& op,
                             earshot::Span<const earshot::Kernel*> listed,
                             const earshot::Kernel** kernel);
  const TFLMRegistration* FindRegistration(const earshot::OperatorView& op) const;
  earshot::Status AllocateViews();
  earshot::Status LayOut();
  void MovePlan(earshot::Span<earshot::PlannedBuffer> buffers);
  void ShowTensors();
  earshot::Status NoRoomFor(size_t bytes) const;
  TfLiteStatus Fail(const earshot::Status& status) const;
  void BeginOperator(size_t op_index);

  const Model* model_;
  const MicroOpResolver& op_resolver_;
  MicroAllocator* allocator_;
  MicroProfilerInterface* profiler_;
  NameFunction name_of_;
  bool preserve_all_;
  bool is_allocated_ = false;
  TfLiteStatus initialization_status_;
  TfLiteStatus invoke_status_ = kTfLiteOk;  // What a custom operator has answered.
  uint32_t event_ = 0;                      // Of the profiler.

  TfLiteContext context_ = {};
  MicroContext micro_context_;
  earshot::Model loaded_;
  earshot::tflm::Runner runner_;
  earshot::Profiler hooks_ = {};
  earshot::Span<const earshot::Kernel*> kernels_;  // In the arena, as are the next three.
  earshot::tflm::CustomNode* nodes_ = nullptr;     // The last one, from where the others follow.
  earshot::Span<TfLiteTensor> views_;              // Inputs, then outputs.
  earshot::Span<TfLiteEvalTensor> tensors_;        // Of the main subgraph, if all are preserved.

  // What the plan came to: bytes that are this interpreter's own, and shared ones. Both are offset
  // from where the interpreter's persistent memory ends.
  bool is_planned_ = false;
  size_t persistent_bytes_ = 0;
  size_t own_bytes_ = 0;
  size_t shared_bytes_ = 0;
};

}  // namespace tflite
