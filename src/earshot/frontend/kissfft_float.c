// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// kissfft for float.

#define EARSHOT_FFT_NAME(name) Earshot##name##Float
#define EARSHOT_FFT_COMPLEX EarshotComplexFloat
#define EARSHOT_FFT_NUMBER float
#define EARSHOT_FFT_FORWARD EarshotRealFftFloat
#define EARSHOT_FFT_INVERSE EarshotInverseRealFftFloat
#include "earshot/frontend/kissfft_real.inc"
