// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/shared_arena.h"

#include <algorithm>

#include "earshot/runtime/tensor_allocation.h"

namespace earshot {

Status TensorAllocation::MeasureShared(SharedSizes* sizes) {
  Span<PlannedBuffer> buffers;
  if (!PrepareOperators()) return failure_.error();
  const size_t end = interpreter_.arena_.size();
  const uint64_t behind = AlignUp(arena_.used(), kArenaAlignment);
  if (behind > end) {
    FailTooSmall(behind);
  } else if (PlanShared(interpreter_.arena_.subspan(behind), &buffers, sizes)) {
    return OkStatus();
  }
  return failure_.error();
}

Status TensorAllocation::RunShared(uint32_t persistent_begin) {
  uint32_t offset = 0;
  arena_.Reserve(persistent_begin, 1, &offset);
  Span<PlannedBuffer> buffers;
  SharedSizes same;
  const Span<uint8_t> shared = interpreter_.arena_.subspan(0, persistent_begin);
  if (!PrepareOperators()) return failure_.error();
  const auto kept_begin = static_cast<size_t>(arena_.used());
  if (!PlanShared(shared, &buffers, &same)) return failure_.error();
  ResolveRefs(buffers);
  if (options_.idle_bytes != 0) FindIdleMemory(buffers[buffers.size() - 1]);
  const Span<uint8_t> kept = interpreter_.arena_.subspan(kept_begin);
  std::fill(kept.begin(), kept.end(), uint8_t{0});
  std::fill(shared.begin(), shared.end(), uint8_t{0});
  interpreter_.persistent_bytes_ = interpreter_.arena_.size() - persistent_begin;
  interpreter_.used_bytes_ = interpreter_.persistent_bytes_ + static_cast<size_t>(same.activations);
  return OkStatus();
}

// `table`: where activations will be, and until then the plan's table is.
bool TensorAllocation::PlanShared(Span<uint8_t> table, Span<PlannedBuffer>* buffers,
                                  SharedSizes* sizes) {
  Arena shared(table);
  uint32_t offset = 0;
  const size_t activations = tensor_count_ + scratch_count_;
  *buffers =
      shared.Allocate<PlannedBuffer>(activations + (options_.idle_bytes == 0 ? 0 : 1), &offset);
  const uint64_t table_bytes = AlignUp(shared.used(), kArenaAlignment);
  if (!shared.fits()) return FailTooSmall(arena_.used() + table_bytes);
  if (!CheckPlannable(buffers->size()) || !CollectLifetimes(*buffers)) return false;
  KeepPersistent(buffers->subspan(0, activations));
  const PlanOptions& plan = options_.plan;
  const uint64_t planned =
      plan.make != nullptr ? plan.make(*this, *buffers) : PlanMemory(*buffers, plan.placed_first);
  sizes->activations = std::max(planned, table_bytes);
  sizes->persistent = AlignUp(arena_.used(), kArenaAlignment);
  // The plan of a subgraph that is called is made behind what persists; see PlanCalled().
  if (calls_offset_ != 0) sizes->persistent += table_bytes;
  return true;
}

// Takes what lives all the time out of the plan.
void TensorAllocation::KeepPersistent(Span<PlannedBuffer> buffers) {
  for (PlannedBuffer& buffer : buffers) {
    if (buffer.bytes == 0 || buffer.last_use < op_count_) continue;
    arena_.Reserve(buffer.bytes, kArenaAlignment, &buffer.offset);
    buffer.bytes = 0;
  }
}

size_t SharedArena::end() const {
  return memory_.size() - memory_.size() % kArenaAlignment - persistent_bytes_;
}

Status SharedArena::Allocate(const Model& model, const OperatorResolver& resolver,
                             const AllocationOptions& options, Interpreter* interpreter) {
  Interpreter made(model, resolver, memory_.subspan(0, end()));
  *interpreter = Interpreter();
  EARSHOT_RETURN_IF_ERROR(made.CheckNotReady());
  TensorAllocation::SharedSizes sizes;
  Status status = TensorAllocation(made, options).MeasureShared(&sizes);
  if (status.code == StatusCode::kArenaTooSmall) {  // Told of the whole memory.
    const auto wanted = static_cast<uint64_t>(status.wanted);
    return TooSmall(AlignUp(wanted, kArenaAlignment) + persistent_bytes_);
  }
  EARSHOT_RETURN_IF_ERROR(status);
  EARSHOT_RETURN_IF_ERROR(Check(sizes.persistent, sizes.activations));
  const size_t begin = end() - static_cast<size_t>(sizes.persistent);
  status = TensorAllocation(made, options).RunShared(static_cast<uint32_t>(begin));
  EARSHOT_RETURN_IF_ERROR(status);
  made.ready_ = true;
  *interpreter = made;
  persistent_bytes_ += static_cast<size_t>(sizes.persistent);
  activation_bytes_ = std::max(activation_bytes_, static_cast<size_t>(sizes.activations));
  return OkStatus();
}

Status SharedArena::Take(size_t bytes, Span<uint8_t>* taken) {
  const uint64_t aligned = AlignUp(bytes, kArenaAlignment);
  *taken = {};
  EARSHOT_RETURN_IF_ERROR(Check(aligned, 0));
  persistent_bytes_ += static_cast<size_t>(aligned);
  *taken = memory_.subspan(end(), bytes);
  return OkStatus();
}

Status SharedArena::Check(uint64_t more, uint64_t activations) const {
  const uint64_t all =
      persistent_bytes_ + more + std::max<uint64_t>(activation_bytes_, activations);
  return all <= memory_.size() ? OkStatus() : TooSmall(all);
}

Status SharedArena::TooSmall(uint64_t wanted) const {
  return MakeError(StatusCode::kArenaTooSmall, {StatusSubject::kArena}, "size"_text,
                   StatusUnit::kBytes, static_cast<int64_t>(memory_.size()),
                   static_cast<int64_t>(wanted));
}

}  // namespace earshot
