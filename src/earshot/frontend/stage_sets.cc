// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/stage_sets.h"

#include <atomic>
#include <cstdlib>
#include <cstring>

#include "earshot/frontend/fft.h"
#include "earshot/frontend/filterbank.h"
#include "earshot/frontend/portable/stages.h"
#include "earshot/frontend/reference/stages.h"
#include "earshot/frontend/square_root.h"
#include "earshot/frontend/window.h"

namespace earshot {

// The sets for this architecture: the build knows which there are (CMakeLists.txt).
#define EARSHOT_STAGE_SET(set)     \
  namespace set {                  \
  extern const StageSet kStageSet; \
  }
#include "earshot/frontend/processor_stage_sets.inc"
#undef EARSHOT_STAGE_SET

namespace {

bool Always() { return true; }

constexpr StageSet kReference = {"reference",
                                 Always,
                                 reference::ApplyWindow,
                                 reference::RealFft,
                                 reference::SpectrumEnergy,
                                 reference::ApplyFilterbank,
                                 reference::SquareRoots};
constexpr StageSet kPortable = {"portable",
                                Always,
                                portable::ApplyWindow,
                                portable::RealFft,
                                portable::SpectrumEnergy,
                                portable::ApplyFilterbank,
                                portable::SquareRoots};

constexpr const StageSet* kSets[] = {
    &kReference,
    &kPortable,
#define EARSHOT_STAGE_SET(set) &set::kStageSet,
#include "earshot/frontend/processor_stage_sets.inc"
#undef EARSHOT_STAGE_SET
};

}  // namespace

Span<const StageSet* const> StageSets() { return kSets; }

const StageSet& FindStageSet(const char* name) {
  const StageSet* fastest = kSets[0];
  for (const StageSet* set : kSets) {
    if (!set->is_available()) continue;
    if (name != nullptr && std::strcmp(set->name, name) == 0) return *set;
    fastest = set;
  }
  return *fastest;
}

const StageSet& ChosenStageSet() {
  static std::atomic<const StageSet*> chosen{nullptr};
  if (const StageSet* set = chosen.load(std::memory_order_acquire); set != nullptr) return *set;
  const StageSet* set = &FindStageSet(std::getenv("EARSHOT_KERNELS"));
  // Of several first calls at the same time, one decides for all.
  const StageSet* decided = nullptr;
  return chosen.compare_exchange_strong(decided, set) ? *set : *decided;
}

int ApplyWindow(Span<const int16_t> samples, Span<const int16_t> coefficients,
                Span<int16_t> windowed) {
  return ChosenStageSet().apply_window(samples, coefficients, windowed);
}

void RealFft(const FftTables& tables, int input_shift, Span<int16_t> samples,
             Span<EarshotComplex16> scratch, Span<EarshotComplex16> spectrum) {
  ChosenStageSet().real_fft(tables, input_shift, samples, scratch, spectrum);
}

void SpectrumEnergy(const FilterbankTables& tables, Span<const EarshotComplex16> spectrum,
                    Span<uint32_t> energy) {
  ChosenStageSet().spectrum_energy(tables, spectrum, energy);
}

void ApplyFilterbank(const FilterbankTables& tables, Span<const uint32_t> energy,
                     Span<uint64_t> channels) {
  ChosenStageSet().apply_filterbank(tables, energy, channels);
}

void SquareRoots(Span<const uint64_t> values, int shift, Span<uint32_t> roots) {
  ChosenStageSet().square_roots(values, shift, roots);
}

}  // namespace earshot
