// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Memory in exactly the size that a model needs, up to a limit. A file of a few hundred bytes can
// ask for gigabytes: whoever takes memory because a file says so asks here. For hosts only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "earshot/base/aligned_bytes.h"
#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/models/model_error.h"
#include "earshot/runtime/memory_planner.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot {

// The most bytes that this program takes at once for what a file asks for: a quarter of the
// machine's memory until SetMaxMemory() says otherwise, which is not for use beside other threads.
uint64_t MaxMemory();
void SetMaxMemory(uint64_t bytes);

// What is wrong with taking so many bytes: that they are more than MaxMemory(). Empty: nothing.
std::string WrongWithMemory(uint64_t bytes);

// Throws ModelError "<name>: <what is wrong>"; an empty name is left out.
void CheckMemory(const std::string& name, uint64_t bytes);

// Calls `create` with more and more memory until that is enough; returns its last answer, and in
// `memory` what it had then. `name`: of the model. Throws ModelError as CheckMemory() does.
Status CreateInEnoughMemory(const std::string& name,
                            const std::function<Status(Span<uint8_t>)>& create,
                            AlignedBytes* memory);

struct ArenaSize {
  size_t bytes = 0;
  size_t persistent_bytes = 0;
};

// The arena that a loaded model needs, worked out without as much memory: in no more than a plan
// takes. Returns what Interpreter::AllocateTensors() finds wrong with the model. Throws ModelError
// as CheckMemory() does.
Status MeasureArena(const std::string& name, const Model& model, const OperatorResolver& resolver,
                    const PlanOptions& plan, ArenaSize* size);

}  // namespace earshot
