// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// kissfft's real FFT and its inverse, once for each type of number, with constants that the caller
// has: nothing is allocated or computed at start.
//
// kissfft keeps an FFT's constants in a private structure that its own set-up fills with sin() and
// cos(). EARSHOT_FFT_STATE has the same layout (earshot/frontend/kissfft_real.inc holds the two
// together), so the structure can be a constant in flash.
#ifndef EARSHOT_FRONTEND_KISSFFT_REAL_H_
#define EARSHOT_FRONTEND_KISSFFT_REAL_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// One complex number; the format of its parts is the user's to say.
typedef struct {
  int16_t re;
  int16_t im;
} EarshotComplex16;

typedef struct {
  int32_t re;
  int32_t im;
} EarshotComplex32;

typedef struct {
  float re;
  float im;
} EarshotComplexFloat;

// Pairs (radix, remaining length), from the outermost stage inwards.
#define EARSHOT_FFT_FACTORS 64

// kissfft's state for `points` complex points: twiddles[i] = exp(-2*pi*j*i/points), Q15 or Q31
// where Complex is of integers; exp(2*pi*j*i/points) for the inverse.
#define EARSHOT_FFT_STATE_OF(Complex, points) \
  struct {                                    \
    int nfft;                                 \
    int inverse; /* 0: forward. */            \
    int factors[EARSHOT_FFT_FACTORS];         \
    Complex twiddles[points];                 \
  }
#define EARSHOT_FFT_STATE(points) EARSHOT_FFT_STATE_OF(EarshotComplex16, points)

// Spectrum of 2 * points real samples: points + 1 bins in `spectrum`, divided by 2 * points where
// they are integers. `scratch` holds `points` complex numbers and is apart from the other two.
// `spectrum` may begin where `samples` do: kissfft has read them all when it begins to write. All
// three are aligned to 4 bytes.
void EarshotRealFft(const void* state, const EarshotComplex16* super_twiddles, int16_t* samples,
                    EarshotComplex16* scratch, EarshotComplex16* spectrum);
void EarshotRealFft32(const void* state, const EarshotComplex32* super_twiddles, int32_t* samples,
                      EarshotComplex32* scratch, EarshotComplex32* spectrum);
void EarshotRealFftFloat(const void* state, const EarshotComplexFloat* super_twiddles,
                         float* samples, EarshotComplexFloat* scratch,
                         EarshotComplexFloat* spectrum);

// The samples of a spectrum, with the inverse's state; as integers, divided by 2 * points. They may
// begin where the spectrum does.
void EarshotInverseRealFft(const void* state, const EarshotComplex16* super_twiddles,
                           const EarshotComplex16* spectrum, EarshotComplex16* scratch,
                           int16_t* samples);
void EarshotInverseRealFft32(const void* state, const EarshotComplex32* super_twiddles,
                             const EarshotComplex32* spectrum, EarshotComplex32* scratch,
                             int32_t* samples);
void EarshotInverseRealFftFloat(const void* state, const EarshotComplexFloat* super_twiddles,
                                const EarshotComplexFloat* spectrum, EarshotComplexFloat* scratch,
                                float* samples);

#ifdef __cplusplus
}
#endif

#endif  // EARSHOT_FRONTEND_KISSFFT_REAL_H_
