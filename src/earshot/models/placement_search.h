// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How a model's buffers lie best over one another: searched for where there is time, so that
// devices only follow. For hosts only.
#pragma once

#include <cstdint>
#include <vector>

#include "earshot/runtime/memory_planner.h"

namespace earshot {

// The most that is in use at one time: no plan takes less.
uint64_t LeastMemory(Span<const PlannedBuffer> buffers);

// What PlanMemory() is to place first, so that its plan becomes as small as was found possible;
// empty where it needs to be told nothing. As short as that allows, and the same on every machine.
//
// Tried are the orders that the field uses (by size, by life, by the operator at which most is in
// use), `known`, which may be empty, then changes at random to the best of them, until
// LeastMemory() is reached: a search of at most about 10^8 steps.
std::vector<uint16_t> FindPlacement(std::vector<PlannedBuffer> buffers,
                                    const std::vector<uint16_t>& known = {});

// Options by which what is planned comes to be known, without or with operators in place
// (earshot/runtime/in_place.h): `buffers` stays with the caller.
PlanOptions Observe(std::vector<PlannedBuffer>* buffers);
PlanOptions ObserveInPlace(std::vector<PlannedBuffer>* buffers);

}  // namespace earshot
