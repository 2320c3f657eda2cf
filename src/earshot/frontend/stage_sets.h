// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// On hosts, the implementation of the stages in which the front end spends its time is chosen when
// the program runs. All give the same bits. Devices have one, chosen by the build.
#pragma once

#include "earshot/base/span.h"
#include "earshot/frontend/frontend_tables.h"

namespace earshot {

struct StageSet {
  const char* name;        // That of its folder: "reference", "portable", "avx2".
  bool (*is_available)();  // Whether the processor has what the set needs.

  // As window.h, fft.h, filterbank.h and square_root.h declare them.
  int (*apply_window)(Span<const int16_t> samples, Span<const int16_t> coefficients,
                      Span<int16_t> windowed);
  void (*real_fft)(const FftTables& tables, int input_shift, Span<int16_t> samples,
                   Span<EarshotComplex16> scratch, Span<EarshotComplex16> spectrum);
  void (*spectrum_energy)(const FilterbankTables& tables, Span<const EarshotComplex16> spectrum,
                          Span<uint32_t> energy);
  void (*apply_filterbank)(const FilterbankTables& tables, Span<const uint32_t> energy,
                           Span<uint64_t> channels);
  void (*square_roots)(Span<const uint64_t> values, int shift, Span<uint32_t> roots);
};

// The sets of this build, slowest first: "reference", "portable", then those for this architecture.
Span<const StageSet* const> StageSets();

// The set of that name; null, or a name that no available set has: the fastest available one.
const StageSet& FindStageSet(const char* name);

// The set that ApplyWindow(), RealFft() and so on are of. Chosen by the first call, for good: the
// one that the environment variable EARSHOT_KERNELS names, as it does for operators
// (earshot/kernels/kernel_sets.h). Any thread may call it.
const StageSet& ChosenStageSet();

}  // namespace earshot
