// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The work of Interpreter::AllocateTensors(), step by step.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/span.h"
#include "base/status.h"
#include "runtime/arena.h"
#include "runtime/interpreter.h"
#include "runtime/memory_planner.h"

namespace earshot {

// Lays out an interpreter's arena:
//
//   persistent: operator records | per operator: kernel's data, refs | input refs | output refs
//   shared:     activations and scratch buffers, at offsets that the memory planner chose
//
// While the plan is made, its table lies where activations will be. A ref holds a tensor's index
// (or a scratch buffer's size) until the plan is known, and where its contents lie afterwards.
//
// An arena that is too small is found out late, on purpose: everything is counted through to the
// end so that the error can say what would have been enough.
class TensorAllocation {
 public:
  explicit TensorAllocation(Interpreter& interpreter);
  Status Run();

 private:
  Status PrepareOperators();
  Status PrepareOperator(size_t op_index);
  Status FindKernel(size_t op_index, size_t* kernel) const;
  Span<DataRef> CopyIndices(Span<const int32_t> indices);
  void CountOperatorBytes(size_t op_index, const PrepareContext& context);

  Status PlanActivations();
  Status CollectLifetimes(Span<PlannedBuffer> buffers) const;
  Status CollectOperator(size_t op_index, Span<PlannedBuffer> buffers, size_t* scratch) const;
  void ResolveRefs(Span<const PlannedBuffer> buffers) const;
  DataRef Resolve(DataRef tensor, Span<const PlannedBuffer> buffers) const;

  Span<DataRef> RefsOf(size_t op_index) const;
  Status CheckNotConstant(DataRef tensor, const char* what) const;
  Status TooSmall(uint64_t wanted) const;

  Interpreter& interpreter_;
  const Model& model_;
  Arena arena_;
  size_t tensor_count_;
  size_t op_count_;
  size_t scratch_count_ = 0;
  uint64_t largest_operator_bytes_ = 0;  // Tensors and scratch buffers of the largest operator.
};

}  // namespace earshot
