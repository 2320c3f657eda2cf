// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The tables of the log mel front end (earshot/frontend/log_mel_frontend.h), as constants in flash.
// There is one configuration, the one that MLPerf Tiny defines.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/frontend/frontend_tables.h"
#include "earshot/frontend/kissfft_real.h"

namespace earshot {

// 16 kHz, windows of 64 ms, FFTs of 1,024 points, 40 channels over 0..8000 Hz. That these are the
// tables tells code that takes any which front end they are for: IsLogMel().
//
// The window and the shares of the filters are Q15 here, and 32767 stands for 1 in the shares. The
// FFT's twiddles are below. What the other front end has beside is empty.
extern const FrontendTables kLogMelTables;

inline bool IsLogMel(const FrontendTables& tables) { return &tables == &kLogMelTables; }

constexpr size_t kLogMelWindow = 1024;
constexpr size_t kLogMelBins = kLogMelWindow / 2 + 1;
constexpr size_t kLogMelChannels = 40;

// The state of kissfft in int32: exp(-2*pi*j*i/512), Q31.
// A typedef gives the structure a name to link by, which `using` does not.
// NOLINTNEXTLINE(modernize-use-using)
typedef EARSHOT_FFT_STATE_OF(EarshotComplex32, kLogMelWindow / 2) LogMelFftState;
extern const LogMelFftState kLogMelFftState;

// exp(-pi*j*((i+1)/512 + 1/2)), Q31: what makes a real FFT of the complex one.
extern const EarshotComplex32 kLogMelSuperTwiddles[kLogMelWindow / 4];

}  // namespace earshot
