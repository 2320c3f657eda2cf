// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The spectrum of one frame.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/frontend/frontend_tables.h"

namespace earshot {

// Scales N `samples` up by `input_shift` bits, 0..15, and transforms them; N is `tables.size`.
// `scratch` holds N/2 complex numbers, `spectrum` N/2 + 1: bin k in PCM units, times 2^input_shift
// / N. All begin at multiples of four bytes.
//
// Bit for bit kissfft in int16: before each stage of radix 4 numbers are scaled by 8191/32768, by
// 16383/32768 before one of radix 2 and before the last step, so the result is a hair less; sums
// that run over int16 wrap.
//
// `samples` are not kept. `spectrum` may begin where they do; `scratch` is apart.
void RealFft(const FftTables& tables, int input_shift, Span<int16_t> samples,
             Span<EarshotComplex16> scratch, Span<EarshotComplex16> spectrum);

}  // namespace earshot
