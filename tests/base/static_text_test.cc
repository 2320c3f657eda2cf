// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/base/static_text.h"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <string>

namespace earshot {
namespace {

TEST(StaticTextTest, IsThePlainTextOnHosts) {
  const StaticText text = "number of tensors"_text;
  EXPECT_STREQ(text, "number of tensors");
}

// The document is written by a script of its own, with an implementation of its own.
TEST(StaticTextTest, NumbersAreThoseOfTheDocument) {
  std::ifstream document(EARSHOT_STATUS_IDS);
  ASSERT_TRUE(document) << EARSHOT_STATUS_IDS;
  int rows = 0;
  for (std::string line; std::getline(document, line);) {
    const size_t middle = line.find(" | ", 2);
    if (line.compare(0, 2, "| ") != 0 || line[2] < '0' || line[2] > '9') continue;
    const std::string text = line.substr(middle + 3, line.size() - middle - 5);
    EXPECT_EQ(std::to_string(StaticTextId(text.data(), text.size())), line.substr(2, middle - 2))
        << text;
    ++rows;
  }
  EXPECT_GT(rows, 100);
}

}  // namespace
}  // namespace earshot
