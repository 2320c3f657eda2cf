// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// kissfft for int32.

#define FIXED_POINT 32
#define EARSHOT_FFT_NAME(name) Earshot##name##32
#define EARSHOT_FFT_COMPLEX EarshotComplex32
#define EARSHOT_FFT_NUMBER int32_t
#define EARSHOT_FFT_FORWARD EarshotRealFft32
#define EARSHOT_FFT_INVERSE EarshotInverseRealFft32
#include "earshot/frontend/kissfft_real.inc"
