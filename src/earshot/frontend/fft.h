// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The spectrum of one frame.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/frontend/frontend_tables.h"

namespace earshot {

// Scales `windowed` up by `input_shift` bits, pads it with zeros to the FFT's size N and transforms
// it. `input` holds N samples, `scratch` N/2 complex numbers, `spectrum` N/2 + 1: bin k in PCM
// units, times 2^input_shift / N (a hair less: kissfft scales by 8191/32768 before each radix-4
// stage and by 16383/32768 before the last).
//
// `windowed`, `input` and `spectrum` may all begin at the same place; `scratch` is apart.
void RealFft(const FftTables& tables, Span<const int16_t> windowed, int input_shift,
             Span<int16_t> input, Span<EarshotComplex16> scratch, Span<EarshotComplex16> spectrum);

}  // namespace earshot
