// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SharedArena: several interpreters that never run at the same time, on one arena.
//
//   0                                                              memory's end
//   | activations of all, over one another | free | second persists | first persists |
//
// What persists of an interpreter are its records and variables, and the inputs that it is to keep.
// Beside that all of them take only what the largest one's activations take.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/runtime/interpreter.h"

namespace earshot {

class SharedArena {
 public:
  // `memory` begins at a multiple of kArenaAlignment, and stays with the caller as long as one of
  // the interpreters is used.
  explicit SharedArena(Span<uint8_t> memory) : memory_(memory) {}

  // Sets up one more interpreter, as its constructor and AllocateTensors() do, whose errors it has.
  // Outputs of the others are undefined afterwards, their idle memory is overwritten. Each operator
  // is prepared twice: the first time tells how much persists. `options.plan.make` is called
  // twice, and what persists has no bytes there.
  //
  // From then on each Invoke() overwrites the outputs, the idle memory, and the inputs that are not
  // kept of all others: read outputs before the next interpreter runs. Idle memory of all lies over
  // one another. Interpreter::arena_used_bytes() is what persists and the activations of this one.
  //
  // kArenaTooSmall: found: the size of `memory`; wanted: what this and all before need. After an
  //   error `*interpreter` is unusable, the others go on.
  Status Allocate(const Model& model, const OperatorResolver& resolver,
                  const AllocationOptions& options, Interpreter* interpreter);

  // Memory that persists, for the caller: at a multiple of kArenaAlignment, its contents undefined.
  // kArenaTooSmall, as above.
  Status Take(size_t bytes, Span<uint8_t>* taken);

  // Such an arena is enough for all so far, in the same order; one byte less is not.
  size_t used_bytes() const { return persistent_bytes_ + activation_bytes_; }

 private:
  // Of what is not taken, counted from the beginning.
  size_t end() const;
  // That so much more may persist beside so many bytes of activations.
  Status Check(uint64_t more, uint64_t activations) const;
  Status TooSmall(uint64_t wanted) const;

  Span<uint8_t> memory_;
  size_t persistent_bytes_ = 0;
  size_t activation_bytes_ = 0;  // The largest interpreter's.
};

}  // namespace earshot
