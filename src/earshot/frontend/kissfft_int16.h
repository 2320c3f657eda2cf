// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// kissfft's int16 real FFT with constant tables: nothing is allocated or computed at start.
//
// kissfft keeps an FFT's constants in a private structure that its own set-up fills with sin() and
// cos(). EARSHOT_FFT_STATE has the same layout (earshot/frontend/kissfft_int16.c holds the two
// together), so the structure can be a constant in flash.
#ifndef EARSHOT_FRONTEND_KISSFFT_INT16_H_
#define EARSHOT_FRONTEND_KISSFFT_INT16_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// One complex number; the format of its parts is the user's to say.
typedef struct {
  int16_t re;
  int16_t im;
} EarshotComplex16;

// Pairs (radix, remaining length), from the outermost stage inwards.
#define EARSHOT_FFT_FACTORS 64

// kissfft's state for `points` complex points: twiddles[i] = exp(-2*pi*j*i/points), Q15.
#define EARSHOT_FFT_STATE(points)      \
  struct {                             \
    int nfft;                          \
    int inverse; /* 0: forward. */     \
    int factors[EARSHOT_FFT_FACTORS];  \
    EarshotComplex16 twiddles[points]; \
  }

// Spectrum of 2 * points real samples: points + 1 bins in `spectrum`. `scratch` holds `points`
// complex numbers and is apart from the other two. `spectrum` may begin where `samples` do: kissfft
// has read them all when it begins to write. All three are aligned to 4 bytes.
void EarshotRealFft(const void* state, const EarshotComplex16* super_twiddles, int16_t* samples,
                    EarshotComplex16* scratch, EarshotComplex16* spectrum);

#ifdef __cplusplus
}
#endif

#endif  // EARSHOT_FRONTEND_KISSFFT_INT16_H_
