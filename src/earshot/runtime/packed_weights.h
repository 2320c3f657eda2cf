// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Weights in the order in which a kernel reads them fastest, once for all invokes.
//
// A model's file has weights as the format orders them. Kernels with wide registers want them in
// another order, and memory to spread their input out in. Neither belongs into the arena, whose
// size is a promise about devices: it is the same everywhere. So packed weights lie in a block of
// their own, with a size of its own, for who has memory and wants speed. Without such a block
// everything works, with the same bits.
//
//   Interpreter interpreter(model, resolver, arena);
//   interpreter.AllocateTensors();
//   AlignedBytes block(PackedBytes(interpreter));
//   PackWeights(block.span(), &interpreter);
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/runtime/arena.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// How much PackWeights() takes for this interpreter's kernels; 0: they pack nothing. Precondition:
// AllocateTensors() has succeeded.
size_t PackedBytes(const Interpreter& interpreter);

// Has each kernel pack what it wants to, into `memory`, which stays with the caller as long as the
// interpreter, or a copy of it, is used. Of several copies only one at a time runs: they work in
// the same memory. With no memory: what was packed is forgotten.
//
// kFailedPrecondition: AllocateTensors() has not succeeded.
// kInvalidArgument: the memory does not begin at a multiple of kArenaAlignment.
// kArenaTooSmall: found: the size of `memory`, wanted: PackedBytes(). Nothing is packed.
Status PackWeights(Span<uint8_t> memory, Interpreter* interpreter);

// One operator while its weights are packed: what Kernel::pack works with. Memory is counted first
// and given then, as in PrepareContext: pack is called once for each.
class PackContext {
 public:
  // Arrays and the workspace begin at a multiple of it from the block's first byte that is one.
  static constexpr size_t kAlignment = 64;

  PackContext(const InvokeContext& op, Arena& arena) : op_(op), arena_(arena) {}

  // Inputs that are constants, and what prepare has left. Not its scratch buffers, nor outputs.
  const InvokeContext& op() const { return op_; }

  // Memory for `count` T, zeros; `*offset` is for InvokeContext::packed_array(). The span is EMPTY
  // while memory is only counted, so fill it with a range-for or look first.
  template <typename T>
  Span<T> AllocateArray(size_t count, uint32_t* offset) {
    static_assert(std::is_trivially_copyable_v<T>);
    arena_.Reserve(0, kAlignment, offset);
    return arena_.Allocate<T>(count, offset);
  }

  // Copies `packed` to where InvokeContext::packed<T>() finds it. At most once, behind all arrays;
  // an operator for which it is not called has nothing packed.
  template <typename T>
  void SetPacked(const T& packed) {
    static_assert(std::is_trivially_copyable_v<T>);
    for (T& place : AllocateArray<T>(1, &offset_)) place = packed;
  }

  // Memory for the time of one invoke, shared with all other operators.
  void RequestWorkspace(uint64_t bytes) {
    if (workspace_ < bytes) workspace_ = bytes;
  }

  // For PackWeights().
  uint32_t offset() const { return offset_; }
  uint64_t workspace() const { return workspace_; }

 private:
  const InvokeContext& op_;
  Arena& arena_;
  uint32_t offset_ = 0;
  uint64_t workspace_ = 0;
};

}  // namespace earshot
