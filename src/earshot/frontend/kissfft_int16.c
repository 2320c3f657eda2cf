// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// kissfft for int16.

#define FIXED_POINT 16
#define EARSHOT_FFT_NAME(name) Earshot##name
#define EARSHOT_FFT_COMPLEX EarshotComplex16
#define EARSHOT_FFT_NUMBER int16_t
#define EARSHOT_FFT_FORWARD EarshotRealFft
#define EARSHOT_FFT_INVERSE EarshotInverseRealFft
#include "earshot/frontend/kissfft_real.inc"
