// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The clock of all boards: SysTick, with an interrupt every 10 ms.
#pragma once

#include <cstdint>

namespace earshot::cortex_m {

constexpr uint32_t kTickMs = 10;

// What else is to happen at each interrupt of the clock; null: nothing. From that interrupt.
void OnTick(void (*function)());

}  // namespace earshot::cortex_m
