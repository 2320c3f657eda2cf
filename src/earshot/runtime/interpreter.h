// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Interpreter: runs a verified model in one caller-supplied arena.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/runtime/arena.h"
#include "earshot/runtime/kernel.h"
#include "earshot/runtime/memory_planner.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot {

// One of the model's inputs or outputs: what the file says, and where its contents are now.
struct TensorView {
  TensorInfo info;
  Span<uint8_t> bytes;

  // The contents as T. Precondition: T is the type that info.type names.
  template <typename T>
  Span<T> as() const {
    void* begin = bytes.data();
    return Span<T>(static_cast<T*>(begin), bytes.size() / sizeof(T));
  }
};

// Called before and after each operator of the main subgraph, for clocks and tracing. Either may be
// null.
struct Profiler {
  void (*begin)(void* user, size_t op_index);
  void (*end)(void* user, size_t op_index);
  void* user;
};

// What AllocateTensors() takes care of besides the tensors.
struct AllocationOptions {
  // The model's inputs keep their contents across Invoke(): what is filled in piece by piece need
  // not be kept elsewhere as well.
  bool keep_inputs = false;
  // Bytes that the caller uses between two calls of Invoke(), see idle_memory(). They share memory
  // with everything but kept inputs, so they often cost nothing.
  size_t idle_bytes = 0;
  PlanOptions plan;
};

class Interpreter {
 public:
  // Unusable: to be assigned to.
  Interpreter() = default;

  // `model` is loaded; it, the resolver's kernels and the arena stay with the caller, who keeps all
  // three as long as the interpreter is used. The arena begins at a multiple of kArenaAlignment.
  Interpreter(const Model& model, const OperatorResolver& resolver, Span<uint8_t> arena);

  // Prepares every operator and lays out all memory. Once; afterwards nothing is allocated.
  //
  // kInvalidArgument: the arena is not aligned, or the model not loaded.
  // kUnsupported: an operator (or its variant) that is not registered or not supported.
  // kInvalidModel: an operator's tensors contradict each other.
  // kUnsupported, too: the model needs 2 GiB or more.
  // kArenaTooSmall: found is the arena's size; wanted is what the model needs. Where the arena
  //   cannot even hold the plan of its own layout, wanted is a lower bound instead: no smaller
  //   arena would do, and one of that size gets at least as far.
  Status AllocateTensors(const AllocationOptions& options = {});

  // Runs the model once on what the inputs hold. The arena is shared between tensors: inputs are
  // undefined afterwards unless they are kept; outputs are valid until the next Invoke(), or until
  // the caller writes to an input that is not kept or to the idle memory.
  // A model with variables finds in them what the Invoke() before has left; its first one sets them
  // to their start values, for resource variables by the subgraph that does so.
  // A model that needs several inputs for an output (CIRCULAR_BUFFER) ends early until then, which
  // has_new_outputs() tells.
  // kFailedPrecondition: AllocateTensors() has not succeeded.
  Status Invoke();

  // Whether the last Invoke() ran to the model's end. If not, its outputs are undefined.
  bool has_new_outputs() const { return has_new_outputs_; }

  // Has the next Invoke() start as the first one did: with all variables at their start values.
  void ResetVariables() {
    first_new_ = 0;
    ++reset_count_;
  }

  size_t input_count() const { return inputs_.size(); }
  size_t output_count() const { return outputs_.size(); }
  // Preconditions: AllocateTensors() has succeeded; i is in range.
  TensorView input(size_t i) const { return View(inputs_[i], input_refs_[i]); }
  TensorView output(size_t i) const { return View(outputs_[i], output_refs_[i]); }
  const char* input_name(size_t i) const { return NameOf(inputs_[i]); }
  const char* output_name(size_t i) const { return NameOf(outputs_[i]); }

  // AllocationOptions::idle_bytes of memory, at a multiple of kArenaAlignment: the caller's from
  // one Invoke() to the next, which overwrites it. Writing to it overwrites outputs, and inputs
  // that are not kept. Empty unless AllocateTensors() has succeeded.
  Span<uint8_t> idle_memory() const { return idle_memory_; }

  // All that the model needs: an arena of this many bytes is enough, one byte less is not. The same
  // on every target. Valid after AllocateTensors() has succeeded, and where it has found the arena
  // too small but could make the plan; otherwise 0.
  size_t arena_used_bytes() const { return used_bytes_; }
  // The part of it that is not shared between activations: operators' parameters, bookkeeping, and
  // the model's resource variables. Valid when arena_used_bytes() is.
  size_t persistent_bytes() const { return persistent_bytes_; }

  // `profiler` stays with the caller; null switches profiling off.
  void set_profiler(const Profiler* profiler) { profiler_ = profiler; }

 private:
  friend class InvokeContext;
  friend class SharedArena;
  friend class SubgraphCall;
  friend class TensorAllocation;
  friend class WeightPacking;
  Status CheckNotReady() const;
  TensorView View(int32_t tensor, DataRef ref) const;
  const char* NameOf(int32_t tensor) const {
    return model_->tensor_name(0, static_cast<size_t>(tensor));
  }

  const Model* model_ = nullptr;
  OperatorResolver resolver_;
  Span<uint8_t> arena_;
  const Profiler* profiler_ = nullptr;
  uint8_t* packed_ = nullptr;   // See packed_weights.h.
  Span<const int32_t> inputs_;  // Tensor indices, in the file.
  Span<const int32_t> outputs_;
  Span<OperatorRecord> records_;  // In the arena, as are the next two.
  Span<DataRef> input_refs_;
  Span<DataRef> output_refs_;
  Span<uint8_t> idle_memory_;
  size_t used_bytes_ = 0;
  size_t persistent_bytes_ = 0;
  size_t init_count_ = 0;  // The records of operators that run only once.
  size_t first_new_ = 0;   // From this record on, none has run since the start or a reset.
  uint32_t reset_count_ = 0;
  bool has_new_outputs_ = false;
  bool ready_ = false;
};

}  // namespace earshot
