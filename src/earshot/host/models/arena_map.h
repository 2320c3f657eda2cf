// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What lies where in a model's arena, and when.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "earshot/runtime/memory_planner.h"
#include "earshot/runtime/model.h"

namespace earshot::host {

struct ArenaBuffer {
  std::string name;     // The tensor's; "scratch of 3 SVDF".
  uint64_t offset = 0;  // From where activations begin.
  uint64_t bytes = 0;   // With what fills it up to a multiple of the arena's alignment.
  size_t first = 0;     // It is in use from this operator of ArenaMap::operators
  size_t last = 0;      // to this one.
  bool is_scratch = false;
};

struct ArenaMap {
  std::vector<std::string> operators;  // That run, in their order: "0 CONV_2D".
  std::vector<ArenaBuffer> buffers;    // By their first use, then by offset.
  uint64_t bytes = 0;                  // The end of the last buffer.
  uint64_t least_bytes = 0;            // No plan takes less: what is in use while `peak` runs.
  size_t peak = 0;                     // Of `operators`.
};

// `buffers`: as a PlanOptions::make() has planned them.
ArenaMap MapArena(const Model& model, const std::vector<PlannedBuffer>& buffers);

}  // namespace earshot::host
