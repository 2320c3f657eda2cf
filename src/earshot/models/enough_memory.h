// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Memory in exactly the size that a model needs, up to a limit. A file of a few hundred bytes can
// ask for gigabytes: whoever takes memory because a file says so asks here. For hosts only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>

#include "earshot/base/aligned_bytes.h"
#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot {

// A model that Earshot cannot run; what() says why.
struct ModelError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The most bytes that this program takes at once for what a file asks for: a quarter of the
// machine's memory until SetMaxMemory() says otherwise, which is not for use beside other threads.
uint64_t MaxMemory();
void SetMaxMemory(uint64_t bytes);

// Throws ModelError, which names the numbers, where `bytes` are more than MaxMemory().
void CheckMemory(uint64_t bytes);

// Calls `create` with more and more memory until that is enough; returns its last answer, and in
// `memory` what it had then. Throws ModelError as CheckMemory() does.
Status CreateInEnoughMemory(const std::function<Status(Span<uint8_t>)>& create,
                            AlignedBytes* memory);

struct ArenaSize {
  size_t bytes = 0;
  size_t persistent_bytes = 0;
};

// The arena that a loaded model needs, worked out without as much memory: in no more than a plan
// takes. Returns what Interpreter::AllocateTensors() finds wrong with the model. Throws ModelError
// as CheckMemory() does.
Status MeasureArena(const Model& model, const OperatorResolver& resolver, ArenaSize* size);

}  // namespace earshot
