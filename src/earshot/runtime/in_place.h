// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A plan in which operators share memory: what only gives a tensor another shape has its output
// where its input is, and element-wise operators overwrite an input that nothing needs afterwards.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/runtime/memory_planner.h"

namespace earshot {

// Makes such a plan, for who wants it:
//
//   AllocationOptions options;
//   options.plan.make = PlanInPlace;
//
// Outputs are the same, bit for bit. Which operators do so is a table in the source; kernels of an
// application's own for one of them must stand that output and input begin at one place. Two
// tensors share only where they have as many bytes, an input is overwritten only by its last
// reader, and never one that is kept, a variable, a constant or a model output. A called subgraph
// (IF, WHILE) has no part in it.
//
// Of buffers that share, the first keeps its bytes and lives as long as any; the others have 0.
uint32_t PlanInPlace(const TensorAllocation& allocation, Span<PlannedBuffer> buffers);

}  // namespace earshot
