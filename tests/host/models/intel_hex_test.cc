// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/intel_hex.h"

#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <vector>

namespace earshot::host {
namespace {

// What a flash tool reads out of the text: a byte at each address. Every record is checked.
std::map<uint32_t, uint8_t> ReadBack(const std::string& text) {
  std::map<uint32_t, uint8_t> memory;
  std::istringstream lines(text);
  uint32_t upper = 0;
  bool ended = false;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_FALSE(ended);
    EXPECT_EQ(line[0], ':');
    std::vector<uint8_t> bytes;
    uint8_t sum = 0;
    for (size_t i = 1; i < line.size(); i += 2) {
      bytes.push_back(static_cast<uint8_t>(std::stoul(line.substr(i, 2), nullptr, 16)));
      sum = static_cast<uint8_t>(sum + bytes.back());
    }
    EXPECT_EQ(sum, 0) << line;
    EXPECT_EQ(bytes.size(), bytes[0] + 5u);
    const uint32_t offset = bytes[1] * 256u + bytes[2];
    EXPECT_LE(offset + bytes[0], 0x10000u) << line;
    switch (bytes[3]) {
      case 0:
        for (size_t i = 0; i < bytes[0]; ++i) {
          const auto address = static_cast<uint32_t>(upper + offset + i);
          EXPECT_EQ(memory.count(address), 0u);
          memory[address] = bytes[4 + i];
        }
        break;
      case 1:
        ended = true;
        break;
      case 4:
        upper = (bytes[4] * 256u + bytes[5]) << 16;
        break;
      default:
        ADD_FAILURE() << line;
    }
  }
  EXPECT_TRUE(ended);
  return memory;
}

// 03 + 00 + 30 + 00 + 02 + 33 + 7A = E2, and 100 - E2 = 1E.
TEST(IntelHexTest, OneRecord) {
  const std::vector<uint8_t> bytes = {0x02, 0x33, 0x7A};
  EXPECT_EQ(IntelHex(0x0030, bytes), ":0300300002337A1E\n:00000001FF\n");
}

TEST(IntelHexTest, IsReadBackAtItsAddress) {
  for (const uint32_t begin : {0u, 0x0800B000u, 0x0800FFF0u, 0xFFFF0000u}) {
    for (const size_t size : {1u, 16u, 17u, 40000u}) {
      std::vector<uint8_t> bytes(size);
      for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<uint8_t>(i * 7 + i / 256);
      const std::map<uint32_t, uint8_t> memory = ReadBack(IntelHex(begin, bytes));
      ASSERT_EQ(memory.size(), size);
      for (size_t i = 0; i < size; ++i) {
        ASSERT_EQ(memory.at(static_cast<uint32_t>(begin + i)), bytes[i]) << begin << " " << i;
      }
    }
  }
}

}  // namespace
}  // namespace earshot::host
