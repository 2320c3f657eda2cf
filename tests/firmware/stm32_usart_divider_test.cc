// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <cstdlib>

#include "firmware/families/stm32/usart_divider.h"

namespace earshot::stm32 {
namespace {

// RM0008 27.3.4, "Error calculation for programmed baud rates": the dividers of some of its rows,
// of which the register holds 16 times as much.
TEST(Stm32UsartDivider, IsThatOfTheManualsTable) {
  EXPECT_EQ(UsartDivider(72'000'000, 115'200), 39.0625 * 16);
  EXPECT_EQ(UsartDivider(36'000'000, 9'600), 234.375 * 16);
  EXPECT_EQ(UsartDivider(36'000'000, 57'600), 39.0625 * 16);
  EXPECT_EQ(UsartDivider(72'000'000, 9'600), 468.75 * 16);
}

TEST(Stm32UsartDivider, IsTheNearest) {
  for (uint32_t clock = 8'000'000; clock <= 84'000'000; clock += 999'983) {
    const uint32_t divider = UsartDivider(clock, 115'200);
    const double wanted = clock / 115'200.0;
    EXPECT_LE(std::abs(divider - wanted), 0.5) << clock;
  }
}

// A receiver of 8N1 tolerates a few percent between both ends; half of one is good.
TEST(Stm32UsartDivider, ErrsLittleOnTheBoardsClocks) {
  for (const uint32_t clock : {72'000'000, 64'000'000, 42'000'000}) {
    EXPECT_LT(std::abs(UsartErrorPpm(clock, 115'200)), 2'000) << clock;
  }
  EXPECT_EQ(UsartErrorPpm(72'000'000, 115'200), 0);
  // 100,000 / 3 is 33,333; a divider of 3 makes that rate out of 100,000: 10 ppm more than asked.
  EXPECT_EQ(UsartErrorPpm(100'000, 33'333), 10);
}

}  // namespace
}  // namespace earshot::stm32
