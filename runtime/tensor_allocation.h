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
// Where a CALL_ONCE names a second subgraph, that one's records, data (its variables among them)
// and refs follow those of the CALL_ONCE. Its tensors are counted behind the main subgraph's.
//
// Time is counted in operators: those of that subgraph first, then the main ones. Behind the last
// one comes the idle time between two calls of Invoke(): the caller's idle memory lives in it, and
// so do inputs that are kept.
//
// While the plan is made, its table lies where activations will be. A ref holds a tensor's index
// (or a scratch buffer's size) until the plan is known, and where its contents lie afterwards.
//
// An arena that is too small is found out late, on purpose: everything is counted through to the
// end so that the error can say what would have been enough.
class TensorAllocation {
 public:
  TensorAllocation(Interpreter& interpreter, const AllocationOptions& options);
  Status Run();

 private:
  // Steps answer whether they have succeeded; if not, error_ says why. (A Status as the answer
  // would go through memory at each step.)
  [[nodiscard]] bool PrepareMainGraph();
  [[nodiscard]] bool PrepareInitGraph();
  void BeginGraph(PreparedGraph& graph);
  [[nodiscard]] bool PrepareOperator(const PreparedGraph& graph, size_t op_index);
  [[nodiscard]] bool FindKernel(const PreparedGraph& graph, size_t op_index, size_t* kernel);
  Span<DataRef> CopyIndices(Span<const int32_t> indices);

  [[nodiscard]] bool PlanActivations();
  [[nodiscard]] bool CollectLifetimes(Span<PlannedBuffer> buffers);
  [[nodiscard]] bool CollectInputs(Span<PlannedBuffer> buffers);
  [[nodiscard]] bool CollectOutputs(Span<PlannedBuffer> buffers);
  [[nodiscard]] bool CollectGraph(const PreparedGraph& graph, Span<PlannedBuffer> buffers,
                                  size_t* scratch);
  [[nodiscard]] bool CollectOperator(const OperatorRecord& record, size_t time,
                                     Span<PlannedBuffer> buffers, size_t* scratch);
  void ResolveRefs(Span<const PlannedBuffer> buffers) const;
  void ResolveGraph(const PreparedGraph& graph, Span<const PlannedBuffer> buffers,
                    size_t* scratch) const;
  DataRef Resolve(DataRef tensor, Span<const PlannedBuffer> buffers) const;

  TensorInfo Tensor(size_t index) const;
  Span<DataRef> RefsOf(const OperatorRecord& record) const;
  size_t tensor_count() const { return prepared_.main.tensor_count + prepared_.init.tensor_count; }
  size_t op_count() const { return prepared_.main.op_count + prepared_.init.op_count; }
  [[nodiscard]] bool CheckNotConstant(DataRef tensor, StaticText what);
  // All return false.
  bool Fail(const Status& error);
  bool FailAtTensor(DataRef tensor, StatusCode code, StaticText what);
  bool FailTooSmall(uint64_t wanted);
  bool FailTooLarge(StaticText what);

  Interpreter& interpreter_;
  const AllocationOptions options_;
  const Model& model_;
  Arena arena_;
  PreparedModel prepared_;
  size_t scratch_count_ = 0;
  Status error_;
};

}  // namespace earshot
