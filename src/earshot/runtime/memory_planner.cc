// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/memory_planner.h"

namespace earshot {
namespace {

constexpr uint16_t kEnd = 0xFFFF;

// The next buffer to place; kEnd, which is no buffer, when all are.
uint16_t LargestUnplaced(Span<const PlannedBuffer> buffers) {
  uint16_t best = kEnd;
  for (size_t i = 0; i < buffers.size(); ++i) {
    const PlannedBuffer& candidate = buffers[i];
    if (candidate.placed != 0) continue;
    if (best != kEnd && candidate.bytes < buffers[best].bytes) continue;
    if (best != kEnd && candidate.bytes == buffers[best].bytes &&
        candidate.first_use >= buffers[best].first_use) {
      continue;
    }
    best = static_cast<uint16_t>(i);
  }
  return best;
}

bool LiveTogether(const PlannedBuffer& a, const PlannedBuffer& b) {
  return a.first_use <= b.last_use && b.first_use <= a.last_use;
}

// The lowest offset at which `buffer` fits. Placed buffers are linked by rising offset from `head`,
// so one walk passes every gap.
uint32_t LowestFreeOffset(Span<const PlannedBuffer> buffers, uint16_t head,
                          const PlannedBuffer& buffer) {
  uint32_t offset = 0;
  for (uint16_t i = head; i != kEnd; i = buffers[i].next) {
    const PlannedBuffer& other = buffers[i];
    if (!LiveTogether(buffer, other)) continue;
    if (offset + buffer.bytes <= other.offset) break;
    const uint32_t other_end = other.offset + other.bytes;
    if (other_end > offset) offset = other_end;
  }
  return offset;
}

class Plan {
 public:
  explicit Plan(Span<PlannedBuffer> buffers) : buffers_(buffers) {}

  uint32_t total() const { return total_; }

  // At the lowest offset that is free during the buffer's life. Nothing for one that is placed.
  void Place(uint16_t index) {
    if (index >= buffers_.size()) return;
    PlannedBuffer& buffer = buffers_[index];
    if (buffer.placed != 0) return;
    buffer.placed = 1;
    if (total_ > UINT32_MAX - buffer.bytes) {  // No sum below overflows.
      total_ = UINT32_MAX;
      return;
    }
    const uint32_t offset = LowestFreeOffset(buffers_, head_, buffer);
    if (offset + buffer.bytes > total_) total_ = offset + buffer.bytes;
    buffer.offset = offset;
    uint16_t* link = &head_;
    while (*link != kEnd && buffers_[*link].offset < buffer.offset) link = &buffers_[*link].next;
    buffer.next = *link;
    *link = index;
  }

 private:
  Span<PlannedBuffer> buffers_;
  uint16_t head_ = kEnd;
  uint32_t total_ = 0;
};

}  // namespace

uint32_t PlanMemory(Span<PlannedBuffer> buffers, Span<const uint16_t> placed_first) {
  for (PlannedBuffer& buffer : buffers) buffer.placed = buffer.bytes == 0;
  Plan plan(buffers);
  for (const uint16_t index : placed_first) plan.Place(index);
  for (size_t left = buffers.size(); left > 0; --left) plan.Place(LargestUnplaced(buffers));
  return plan.total();
}

}  // namespace earshot
