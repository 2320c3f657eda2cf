// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/memory_planner.h"

namespace earshot {
namespace {

constexpr uint16_t kEnd = 0xFFFF;

// The next buffer to place, or kEnd when all are.
uint16_t LargestUnplaced(Span<const PlannedBuffer> buffers) {
  uint16_t best = kEnd;
  for (size_t i = 0; i < buffers.size(); ++i) {
    const PlannedBuffer& candidate = buffers[i];
    if (candidate.placed != 0 || candidate.bytes == 0) continue;
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
uint64_t LowestFreeOffset(Span<const PlannedBuffer> buffers, uint16_t head,
                          const PlannedBuffer& buffer) {
  uint64_t offset = 0;
  for (uint16_t i = head; i != kEnd; i = buffers[i].next) {
    const PlannedBuffer& other = buffers[i];
    if (!LiveTogether(buffer, other)) continue;
    if (offset + buffer.bytes <= other.offset) break;
    const uint64_t other_end = static_cast<uint64_t>(other.offset) + other.bytes;
    if (other_end > offset) offset = other_end;
  }
  return offset;
}

}  // namespace

uint64_t PlanMemory(Span<PlannedBuffer> buffers) {
  uint64_t total = 0;
  uint16_t head = kEnd;
  for (PlannedBuffer& buffer : buffers) buffer.placed = 0;
  while (true) {
    const uint16_t index = LargestUnplaced(buffers);
    if (index == kEnd) return total;
    PlannedBuffer& buffer = buffers[index];
    const uint64_t offset = LowestFreeOffset(buffers, head, buffer);
    buffer.placed = 1;
    if (offset + buffer.bytes > total) total = offset + buffer.bytes;
    if (total > UINT32_MAX) return total;
    buffer.offset = static_cast<uint32_t>(offset);

    uint16_t* link = &head;
    while (*link != kEnd && buffers[*link].offset < buffer.offset) link = &buffers[*link].next;
    buffer.next = *link;
    *link = index;
  }
}

}  // namespace earshot
