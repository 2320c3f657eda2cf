// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The plan of a model's memory that a tool has left in the file, as TensorFlow Lite Micro reads it:
// metadata "OfflineMemoryAllocation". For hosts only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "earshot/base/span.h"
#include "earshot/runtime/memory_planner.h"
#include "earshot/runtime/model.h"

namespace earshot {

// Where the main subgraph's tensors shall begin, in bytes from where activations do, one number for
// each; -1: anywhere.
using OfflinePlan = std::vector<int32_t>;

// The file's plan; empty: it has none. The buffer is a list of 32-bit numbers: a version, which is
// not looked at, the subgraph, how many tensors follow, their offsets. Nothing of it is trusted.
//
// `name`: of the model. Throws ModelError where the metadata leads out of the file, is not for the
// main subgraph, or has another number of tensors, or an offset that is negative or no multiple of
// the arena's alignment.
OfflinePlan ReadOfflinePlan(const std::string& name, const Model& model);

// Two tensors that the plan lays over one another while both are in use, and when; empty: there are
// none. TensorFlow Lite Micro runs such a model, with wrong results. `buffers` begin with the main
// subgraph's tensors.
std::string OverlapIn(const OfflinePlan& offline, Span<const PlannedBuffer> buffers);

// The order for PlanMemory() in which each buffer is placed when those below it are, so that none
// lies higher than the plan says. Empty where there is an OverlapIn() it.
std::vector<uint16_t> PlacementOf(const OfflinePlan& offline, Span<const PlannedBuffer> buffers);

// What the plan takes: the end of the buffer that ends last.
uint64_t OfflineBytes(const OfflinePlan& offline, Span<const PlannedBuffer> buffers);

}  // namespace earshot
