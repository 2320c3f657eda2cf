// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/stage_sets.h"

#include "earshot/frontend/avx2/stages.h"

namespace earshot::avx2 {
namespace {

bool IsAvailable() { return __builtin_cpu_supports("avx2") != 0; }

}  // namespace

extern const StageSet kStageSet = {"avx2",         IsAvailable,     ApplyWindow, RealFft,
                                   SpectrumEnergy, ApplyFilterbank, SquareRoots};

}  // namespace earshot::avx2
