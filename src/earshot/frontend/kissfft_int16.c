// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// kissfft, compiled for int16 as one translation unit: that opens its private structures, which
// lets the tables be constants, and lets the linker drop what is not called.

#include "earshot/frontend/kissfft_int16.h"

#include <stddef.h>

// The lengths in use have no factor beyond 5, so kissfft never asks for temporary memory; without
// these, its branch for other lengths would pull malloc and stdio into the image.
#define FIXED_POINT 16
#define KISS_FFT_MALLOC(bytes) ((void)(bytes), (void*)0)
#define KISS_FFT_FREE(memory) ((void)(memory))
#include "kiss_fft_log.h"
#undef KISS_FFT_ERROR
#define KISS_FFT_ERROR(...) ((void)0)

// An application may link a kissfft of its own, built for float.
#define kiss_fft EarshotKissFft
#define kiss_fft_stride EarshotKissFftStride
#define kiss_fft_cleanup EarshotKissFftCleanup
#define kiss_fft_next_fast_size EarshotKissFftNextFastSize
#define kiss_fftr EarshotKissFftr
#define kiss_fftri EarshotKissFftri

// Declared static before kissfft declares them, its set-up functions are private to this file; as
// nobody calls them here, neither they nor the libm they use get into the object.
struct kiss_fft_state;
struct kiss_fftr_state;
static struct kiss_fft_state* kiss_fft_alloc(int points, int inverse, void* memory, size_t* bytes);
static struct kiss_fftr_state* kiss_fftr_alloc(int samples, int inverse, void* memory,
                                               size_t* bytes);

// FFTs here have a power of two as their length. Each of kissfft's butterflies first scales by its
// radix with this macro, which its header defines: told that the radices 3 and 5 do not occur, the
// compiler leaves their butterflies out.
#include "_kiss_fft_guts.h"
#undef C_FIXDIV
#define C_FIXDIV(number, radix)                                \
  do {                                                         \
    if ((radix) != 2 && (radix) != 4) __builtin_unreachable(); \
    DIVSCALAR((number).r, radix);                              \
    DIVSCALAR((number).i, radix);                              \
  } while (0)

#include "kiss_fft.c"
#include "kiss_fftr.c"

typedef EARSHOT_FFT_STATE(1) EarshotFftState;

_Static_assert(sizeof(kiss_fft_cpx) == sizeof(EarshotComplex16), "complex numbers agree");
_Static_assert(2 * MAXFACTORS == EARSHOT_FFT_FACTORS, "the number of factors agrees");
_Static_assert(offsetof(struct kiss_fft_state, factors) == offsetof(EarshotFftState, factors),
               "the factors' place agrees");
_Static_assert(offsetof(struct kiss_fft_state, twiddles) == offsetof(EarshotFftState, twiddles),
               "the twiddles' place agrees");

void EarshotRealFft(const void* state, const EarshotComplex16* super_twiddles, int16_t* samples,
                    EarshotComplex16* scratch, EarshotComplex16* spectrum) {
  // kissfft takes its constants through pointers that are not const, but only reads them.
  struct kiss_fftr_state real_state;
  real_state.substate = (kiss_fft_cfg)(uintptr_t)state;
  real_state.tmpbuf = (kiss_fft_cpx*)scratch;
  real_state.super_twiddles = (kiss_fft_cpx*)(uintptr_t)super_twiddles;
  kiss_fftr(&real_state, samples, (kiss_fft_cpx*)spectrum);
}
