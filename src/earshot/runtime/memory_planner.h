// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Lays buffers that are needed at different times over one another.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"

namespace earshot {

// One buffer to be placed. Lives in the arena while the layout is planned: the same 16 bytes on
// every target.
struct PlannedBuffer {
  uint32_t bytes;   // 0: nothing to place.
  uint32_t offset;  // Set by the planner.
  uint16_t
      first_use;      // The buffer is in use during [first_use, last_use], both inclusive; the unit
  uint16_t last_use;  // is the operator.
  uint16_t next;      // The planner's own.
  uint16_t placed;    // The planner's own.
};

// Gives each buffer an offset such that no two that are in use at the same time overlap, and
// returns the bytes that all of them take together. `bytes` are multiples of the wanted alignment,
// and so are the offsets then. At most 65,534 buffers. UINT32_MAX: they take as much or more, and
// not all have an offset.
//
// Greedy by size: the largest first (ties: the one used first, then the lower index), each at the
// lowest offset that is free during its whole life. Takes no memory beyond the records, and time in
// proportion to the square of their number.
//
// `placed_first`: buffers that come in front of all others, in this order; no order makes a plan
// that is wrong, and some make smaller ones (earshot/models/placement_search.h). An index without a
// buffer, or one that is there again, does nothing.
//
// Source: Y. Pisarchyk, J. Lee, "Efficient Memory Management for Deep Neural Net Inference" (2020),
// greedy by size for offset calculation.
uint32_t PlanMemory(Span<PlannedBuffer> buffers, Span<const uint16_t> placed_first = {});

class TensorAllocation;

// For who knows more about a model's memory than the planner, or wants to.
struct PlanOptions {
  // Numbers the model's tensors, subgraph by subgraph as far as they run, behind them the scratch
  // buffers of operators in their order, and last the idle memory if there is some. Stays with the
  // caller, who keeps it until the plan is made.
  Span<const uint16_t> placed_first;
  // Makes the plan in place of PlanMemory(buffers, placed_first), which it may call, and returns
  // the bytes that are taken together: PlanInPlace() (earshot/runtime/in_place.h), or who wants to
  // see the plan, also one that the arena is too small for. `allocation` tells these options, and
  // the model (earshot/runtime/tensor_allocation.h). Offsets count from the beginning of what is
  // shared between activations, where the first buffer lies. Who knows of more memory behind that
  // may put buffers there: sizes that are told, and the check that all fits, go by the bytes that
  // are returned. Null: PlanMemory().
  uint32_t (*make)(const TensorAllocation& allocation, Span<PlannedBuffer> buffers) = nullptr;
  void* user = nullptr;
};

}  // namespace earshot
