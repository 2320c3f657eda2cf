// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The work of Interpreter::AllocateTensors(), step by step.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/runtime/arena.h"
#include "earshot/runtime/failure.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/memory_planner.h"

namespace earshot {

// Lays out an interpreter's arena:
//
//   persistent: operator records | per operator: kernel's data, refs | input refs | output refs
//   shared:     activations and scratch buffers, at offsets that the memory planner chose
//
// Operators are counted as they run (OperatorList), tensors likewise in one row: the main
// subgraph's, then those of kInitSubgraph.
//
// Time is counted in operators. Behind the last one comes the idle time between two calls of
// Invoke(): the caller's idle memory lives in it, and so do inputs that are kept. A variable
// tensor, which no operator gives and some operator both reads and writes, lives all the time.
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

  Interpreter& interpreter() const { return interpreter_; }

  // For PlanOptions::make().
  const Model& model() const { return model_; }
  const PlanOptions& plan() const { return options_.plan; }

  // For SharedArena, in shared_arena.cc: activations lie at the arena's beginning, what persists
  // from `persistent_begin` on. To measure is to lay out all, but for nobody to use.
  struct SharedSizes {
    uint64_t persistent = 0;
    uint64_t activations = 0;  // Or the plan's table, where that takes more.
  };
  Status MeasureShared(SharedSizes* sizes);
  Status RunShared(uint32_t persistent_begin);

  // For PrepareContext::PrepareSubgraph(), in called_subgraph.cc as all that is about called
  // subgraphs: each gets an allocation of its own, on the same arena, whose activations begin at 0.
  Verdict PrepareCalled(const PrepareContext& caller, size_t graph, uint32_t* called,
                        uint32_t* bytes);
  // The data of an operator that is prepared, in this subgraph or kInitSubgraph.
  uint32_t DataOffsetOf(size_t graph, size_t op_index) const;

 private:
  TensorAllocation(const TensorAllocation& caller, size_t graph);
  [[nodiscard]] bool RunCalled(uint32_t* offset);
  [[nodiscard]] bool PlanCalled(uint32_t* bytes);
  [[nodiscard]] bool CollectCalledOutputs(Span<const DataRef> outputs, Span<PlannedBuffer> buffers);

  [[nodiscard]] bool PlanShared(Span<uint8_t> table, Span<PlannedBuffer>* buffers,
                                SharedSizes* sizes);
  void KeepPersistent(Span<PlannedBuffer> buffers);

  // Steps answer whether they have succeeded; if not, failure_ says why.
  [[nodiscard]] bool PrepareOperators();
  [[nodiscard]] bool PrepareOperator(size_t position);
  [[nodiscard]] bool FindKernel(const PrepareContext& context, size_t* kernel);
  Span<DataRef> AllocateRefs(Span<const int32_t> tensors, size_t first_tensor, uint32_t* offset);

  [[nodiscard]] bool PlanActivations();
  [[nodiscard]] bool CheckPlannable(size_t buffers);
  void FindIdleMemory(const PlannedBuffer& last);
  [[nodiscard]] bool CollectLifetimes(Span<PlannedBuffer> buffers);
  [[nodiscard]] bool CollectInputs(Span<PlannedBuffer> buffers);
  [[nodiscard]] bool CollectOutputs(Span<PlannedBuffer> buffers);
  [[nodiscard]] bool CollectOperator(size_t position, Span<PlannedBuffer> buffers, size_t* scratch);
  void ResolveRefs(Span<const PlannedBuffer> buffers) const;
  DataRef Resolve(DataRef tensor, Span<const PlannedBuffer> buffers) const;

  TensorInfo Tensor(size_t index) const;
  Span<DataRef> RefsOf(const OperatorRecord& record) const;
  Span<DataRef> ScratchOf(const OperatorRecord& record) const;
  Span<DataRef> RefsAt(uint32_t offset, size_t count) const;
  [[nodiscard]] bool CheckNotConstant(DataRef tensor, StaticText what);
  // All return false.
  bool FailAtTensor(DataRef tensor, StatusCode code, StaticText what);
  // More than 4 GiB counts as 4 GiB.
  bool FailTooSmall(uint64_t wanted) {
    return FailAtSize(wanted < UINT32_MAX ? static_cast<uint32_t>(wanted) : UINT32_MAX);
  }
  bool FailAtSize(uint32_t wanted);
  bool FailTooMany(size_t found);

  static constexpr size_t kMainSubgraph = 0;
  // The planner counts buffers and times in 16 bits.
  static constexpr size_t kMostPlanned = 0xFFFE;
  // What a Status can say, and a DataRef point to.
  static constexpr size_t kMostBytes = INT32_MAX;

  Interpreter& interpreter_;
  const AllocationOptions options_;
  const Model& model_;
  const size_t graph_;  // The main subgraph, or one that is called.
  Arena arena_;
  OperatorList operators_;
  size_t main_tensor_count_;
  size_t tensor_count_;
  size_t op_count_;
  size_t scratch_count_ = 0;
  uint32_t calls_offset_ = 0;  // Of the subgraphs' calls, one for each subgraph. 0: none yet.
  Failure failure_;
};

}  // namespace earshot
