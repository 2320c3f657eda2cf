// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The constants of an FFT, computed: for lengths that the standard tables do not have.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/frontend/kissfft_real.h"

namespace earshot {

// Both are there for EarshotComplex16, EarshotComplex32 and EarshotComplexFloat.

// How many 32-bit words kissfft's state for `points` complex points has.
template <typename Complex>
size_t FftStateWords(int32_t points);

// Fills in kissfft's state (EARSHOT_FFT_STATE_OF) and the twiddles by which a real FFT of 2 *
// points samples, or its inverse, follows from it: cosines and sines in double precision, for
// integers floor(x * highest + 1/2) of them, as in kissfft. `points` is a power of two, at least 2;
// `state` has FftStateWords(points) elements, `super_twiddles` points / 2. Either may be empty: it
// is left out.
template <typename Complex>
void MakeFftState(int32_t points, bool inverse, Span<int32_t> state, Span<Complex> super_twiddles);

// The front end's own twiddles for `points` complex points, a power of two, at least 8, in the
// order that FftTables has them.
size_t StageTwiddleCount(int32_t points);
void MakeStageTwiddles(int32_t points, Span<EarshotComplex16> twiddles);

}  // namespace earshot
