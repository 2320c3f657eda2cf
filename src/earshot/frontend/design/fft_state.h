// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The constants of an FFT, computed: for lengths that the standard tables do not have.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/frontend/kissfft_int16.h"

namespace earshot {

// How many 32-bit words kissfft's state for `points` complex points has.
size_t FftStateWords(int32_t points);

// Fills in kissfft's state (EARSHOT_FFT_STATE) and the twiddles by which a real FFT of 2 * points
// samples follows from it: floor(x * 32767 + 1/2) of cosines and sines in double precision, as in
// kissfft. `points` is a power of two, at least 2; `state` has FftStateWords(points) elements,
// `super_twiddles` points / 2. Either may be empty: it is left out.
void MakeFftState(int32_t points, Span<int32_t> state, Span<EarshotComplex16> super_twiddles);

}  // namespace earshot
