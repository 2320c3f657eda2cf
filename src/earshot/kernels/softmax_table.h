// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// e^x and 1 / (1 + x) of int16, by tables with linear interpolation as the format's reference has
// them. Results are Q0.15.
#pragma once

#include <cstdint>

namespace earshot {

// e^x for x from -10 (the lowest value) to 0 (the highest).
int16_t TableExp(int16_t value);

// 1 / (1 + x) for x from 0 (the lowest value) to 1 (the highest).
int16_t TableOneOverOnePlusX(int16_t value);

}  // namespace earshot
