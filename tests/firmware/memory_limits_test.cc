// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "firmware/families/cortex_m/memory_limits.h"

namespace earshot::cortex_m {
namespace {

// What an address meets in a region: ARMv7-M reference manual, B3.5.9, from the register's fields.
bool Matches(uint32_t base, uint32_t attributes_and_size, uint32_t address) {
  const uint32_t size = 2u << (attributes_and_size >> 1 & 0x1F);
  if ((attributes_and_size & 1) == 0 || (address & ~(size - 1)) != base) return false;
  const uint32_t subregion = (address - base) / (size / 8);
  return (attributes_and_size >> 8 >> subregion & 1) == 0;
}

TEST(MemoryLimits, CoverExactlyTheRange) {
  for (const uint32_t kilobytes : {20, 64, 40, 16, 48, 1}) {
    const MemoryRange range = {0x2000'0000, kilobytes * 1024};
    ASSERT_TRUE(IsMpuRange(range)) << kilobytes;
    const uint32_t word = MpuAttributesAndSize(range, MpuAccess::kReadWrite);
    for (uint32_t offset = 0; offset < 128 * 1024; offset += 32) {
      EXPECT_EQ(Matches(0x2000'0000, word, 0x2000'0000 + offset), offset < range.bytes)
          << kilobytes << " KB, at " << offset;
    }
  }
}

TEST(MemoryLimits, RefuseWhatNoRegionCanCover) {
  EXPECT_FALSE(IsMpuRange({0x2000'0000, 17 * 1024}));  // Not in eighths of 32 KB.
  EXPECT_FALSE(IsMpuRange({0x2000'1000, 20 * 1024}));  // Not at a multiple of 32 KB.
  EXPECT_FALSE(IsMpuRange({0x2000'0000, 0}));
}

// Execute never: bit 28; access permissions: bits 24 to 26.
TEST(MemoryLimits, RamIsWrittenAndFlashIsExecuted) {
  const MemoryRange range = {0x0800'0000, 64 * 1024};
  const uint32_t flash = MpuAttributesAndSize(range, MpuAccess::kReadExecute);
  EXPECT_EQ(flash >> 28 & 1, 0u);
  EXPECT_EQ(flash >> 24 & 7, 6u);
  for (const MpuAccess access : {MpuAccess::kReadWrite, MpuAccess::kReadWriteDevice}) {
    const uint32_t other = MpuAttributesAndSize(range, access);
    EXPECT_EQ(other >> 28 & 1, 1u);
    EXPECT_EQ(other >> 24 & 7, 3u);
  }
}

}  // namespace
}  // namespace earshot::cortex_m
