// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MemoryLimits: has the memory protection unit of an ARMv7-M processor refuse everything but one
// chip's flash, RAM and peripherals, so that an emulated machine with more of all stands in for
// that chip: an image that needs a byte more faults.
//
// Source: Arm, ARMv7-M Architecture Reference Manual (DDI 0403E), B3.5 "Protected Memory System
// Architecture".
#pragma once

#include <cstdint>

namespace earshot::cortex_m {

// A range begins at a multiple of MpuRegionBytes(its size), and ends at one of an eighth of that.
struct MemoryRange {
  uintptr_t begin;
  uint32_t bytes;
};

struct MemoryLimits {
  MemoryRange flash;        // Read, execute.
  MemoryRange ram;          // Read, write.
  MemoryRange peripherals;  // Read, write.
};

// The size of the region that covers `bytes`: the next power of two. At most 2^31.
constexpr uint32_t MpuRegionBytes(uint32_t bytes) {
  uint32_t size = 256;  // Smaller regions have no subregions.
  while (size < bytes) size *= 2;
  return size;
}

// Whether a region and its eight subregions can cover exactly this range.
constexpr bool IsMpuRange(const MemoryRange& range) {
  const uint32_t size = MpuRegionBytes(range.bytes);
  return range.bytes > 0 && range.begin % size == 0 && range.bytes % (size / 8) == 0;
}

constexpr bool AreMpuRanges(const MemoryLimits& limits) {
  return IsMpuRange(limits.flash) && IsMpuRange(limits.ram) && IsMpuRange(limits.peripherals);
}

// The attributes of a region (bits 16 to 31 of MPU_RASR, B3.5.9), of those used here.
enum class MpuAccess : uint32_t {
  kReadExecute = 0x0602'0000,      // Access 6: read-only. C: normal memory, write-through.
  kReadWrite = 0x1306'0000,        // Never executed. Access 3: full. S, C: normal, shared memory.
  kReadWriteDevice = 0x1305'0000,  // Never executed. Access 3: full. S, B: device.
};

// MPU_RASR: attributes, the subregions that lie past the range's end disabled, size, enabled.
constexpr uint32_t MpuAttributesAndSize(const MemoryRange& range, MpuAccess access) {
  const uint32_t size = MpuRegionBytes(range.bytes);
  const uint32_t used = range.bytes / (size / 8);
  const uint32_t disabled = 0xFFu << used & 0xFFu;
  uint32_t log2 = 0;
  while (1u << log2 < size) ++log2;
  return static_cast<uint32_t>(access) | disabled << 8 | (log2 - 1) << 1 | 1u;
}

// From here on every other access faults, but for the processor's own registers and the vector
// table, which the unit does not guard. Precondition: AreMpuRanges(limits), and the processor has
// an MPU.
void LimitMemory(const MemoryLimits& limits);

}  // namespace earshot::cortex_m
