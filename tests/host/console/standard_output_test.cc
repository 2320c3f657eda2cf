// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/console/standard_output.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>

namespace earshot::host {
namespace {

TEST(StandardOutputTest, OthersAreKeptFromStandardError) {
  testing::internal::CaptureStderr();
  std::fputs("before\n", stderr);
  {
    const OnlyOurStandardError only_ours;
    std::fputs("a library\n", stderr);
    Warn("ours");
    dprintf(StandardErrorFile(), "a program\n");
  }
  std::fputs("after\n", stderr);
  EXPECT_EQ(StandardErrorFile(), STDERR_FILENO);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "before\nearshot: ours\na program\nafter\n");
}

}  // namespace
}  // namespace earshot::host
