// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/packed_weights.h"

namespace earshot {
namespace {

// The block begins with it; what the operators packed follows, then the workspace.
struct PackedHeader {
  uint32_t operators;  // Those of Interpreter::Invoke(), not of subgraphs that are called.
  uint32_t offsets;    // Of each: where its T of SetPacked() is. 0: nowhere.
  uint32_t workspace_offset;
};

const PackedHeader& HeaderOf(const uint8_t* block) {
  const void* const bytes = block;
  return *static_cast<const PackedHeader*>(bytes);
}

// Of a block that begins at a multiple of kArenaAlignment, which is less than what kernels want,
// and is longer than kMostSkipped.
Span<uint8_t> FromLineOn(Span<uint8_t> memory) {
  const auto address = reinterpret_cast<uintptr_t>(memory.data());
  return memory.subspan(static_cast<size_t>(AlignUp(address, PackContext::kAlignment) - address));
}

constexpr size_t kMostSkipped = PackContext::kAlignment - kArenaAlignment;

}  // namespace

class WeightPacking {
 public:
  explicit WeightPacking(const Interpreter& interpreter) : interpreter_(interpreter) {}

  // How much it takes of a block that begins at a multiple of PackContext::kAlignment; 0: nothing
  // is to be packed, or more than can be counted. In a block of that size all is done.
  size_t Pack(Span<uint8_t> block) const {
    Arena arena(block);
    PackedHeader header = {};
    header.operators = static_cast<uint32_t>(interpreter_.records_.size());
    uint32_t begin = 0;
    const Span<PackedHeader> place = arena.Allocate<PackedHeader>(1, &begin);
    const Span<uint32_t> offsets = arena.Allocate<uint32_t>(header.operators, &header.offsets);
    uint64_t workspace = 0;
    bool is_empty = true;
    for (size_t i = 0; i < header.operators; ++i) {
      const OperatorRecord& record = interpreter_.records_[i];
      const auto pack = interpreter_.resolver_.kernel(record.kernel).pack;
      if (pack == nullptr) continue;
      const InvokeContext op(interpreter_, interpreter_.model_->bytes().data(),
                             interpreter_.arena_.data(), record, false);
      PackContext context(op, arena);
      pack(context);
      if (context.offset() == 0) continue;
      is_empty = false;
      if (!offsets.empty()) offsets[i] = context.offset();
      if (workspace < context.workspace()) workspace = context.workspace();
    }
    arena.Reserve(0, PackContext::kAlignment, &header.workspace_offset);
    uint32_t end = 0;
    arena.Reserve(workspace, 1, &end);
    for (PackedHeader& written : place) written = header;
    return is_empty || arena.used() > INT32_MAX ? 0 : arena.used();
  }

  static Status Use(Span<uint8_t> memory, Interpreter* interpreter) {
    interpreter->packed_ = nullptr;
    if (!interpreter->ready_) {
      return MakeError(StatusCode::kFailedPrecondition, {StatusSubject::kModel},
                       "AllocateTensors() has not succeeded"_text);
    }
    if (memory.empty()) return OkStatus();
    const auto address = reinterpret_cast<uintptr_t>(memory.data());
    if (address % kArenaAlignment != 0) {
      return MakeError(StatusCode::kInvalidArgument, {StatusSubject::kArena},
                       "address: remainder to the wanted alignment"_text, StatusUnit::kBytes,
                       static_cast<int64_t>(address % kArenaAlignment), kArenaAlignment);
    }
    const size_t wanted = PackedBytes(*interpreter);
    if (memory.size() < wanted) {
      return MakeError(StatusCode::kArenaTooSmall, {StatusSubject::kArena},
                       "memory for packed weights"_text, StatusUnit::kBytes,
                       static_cast<int64_t>(memory.size()), static_cast<int64_t>(wanted));
    }
    if (wanted == 0) return OkStatus();
    const Span<uint8_t> block = FromLineOn(memory);
    WeightPacking(*interpreter).Pack(block);
    interpreter->packed_ = block.data();
    return OkStatus();
  }

 private:
  const Interpreter& interpreter_;
};

size_t PackedBytes(const Interpreter& interpreter) {
  const size_t bytes = WeightPacking(interpreter).Pack({});
  return bytes == 0 ? 0 : bytes + kMostSkipped;
}

Status PackWeights(Span<uint8_t> memory, Interpreter* interpreter) {
  return WeightPacking::Use(memory, interpreter);
}

const uint8_t* InvokeContext::Packed() const {
  const uint8_t* const block = interpreter_.packed_;
  if (block == nullptr) return nullptr;
  // A record of a subgraph that is called lies elsewhere: far beyond the last one.
  const auto record = reinterpret_cast<uintptr_t>(&record_);
  const auto first = reinterpret_cast<uintptr_t>(interpreter_.records_.data());
  const uintptr_t index = (record - first) / sizeof(OperatorRecord);
  if (index >= HeaderOf(block).operators) return nullptr;
  const uint32_t offset = As<const uint32_t>(block + HeaderOf(block).offsets)[index];
  return offset == 0 ? nullptr : block + offset;
}

const uint8_t* InvokeContext::PackedAt(uint32_t offset) const {
  return interpreter_.packed_ + offset;
}

uint8_t* InvokeContext::Workspace() const {
  return interpreter_.packed_ + HeaderOf(interpreter_.packed_).workspace_offset;
}

}  // namespace earshot
