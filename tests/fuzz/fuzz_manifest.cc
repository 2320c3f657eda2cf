// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Any text as a manifest: parsed, then used for a model as far as that goes, to the spotter that
// hears a moment of noise. The first bytes that are no JSON are fine, too: they are refused.

#include <algorithm>
#include <string>
#include <vector>

#include "earshot/app/any_spotter.h"
#include "earshot/frontend/design/design_frontend.h"
#include "earshot/frontend/log_mel_tables.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/enough_memory.h"
#include "earshot/models/manifest.h"
#include "earshot/models/model_setup.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/streaming_model.h"
#if EARSHOT_FUZZ
#include "tests/fuzz/json_mutator.h"
#include "tests/models/manifest_text.h"
#endif

namespace earshot::test {
namespace {

constexpr size_t kMostMemory = 16 << 20;
constexpr size_t kHeardSamples = 4000;

// A model that is small, so that hearing takes no time.
struct SmallModel {
  explicit SmallModel(const ModelBuilder& builder) : file(builder.Build()) {
    Require(Model::Load(file.span(), &model).ok(), "the model is sound");
  }
  AlignedBytes file;
  Model model;
};

void Hear(const Model& model, const SpotterConfig& config) {
  AlignedBytes memory;
  AnySpotter spotter;
  const Status status = CreateInEnoughMemory(
      "model",
      [&](Span<uint8_t> block) {
        return AnySpotter::Create(model, AllKernelsResolver(), config, block, &spotter);
      },
      &memory);
  if (!status.ok()) return;
  std::vector<int16_t> noise(kHeardSamples);
  uint32_t state = 1;
  for (int16_t& sample : noise) {
    state = state * 1664525u + 1013904223u;
    sample = static_cast<int16_t>(state >> 16);
  }
  Span<const int16_t> rest = noise;
  AnySpotter::Result result;
  do {
    Require(spotter.Feed(rest, &result).ok(), "a spotter hears");
    rest = rest.subspan(result.consumed);
  } while (!rest.empty());
}

void Use(const Manifest& manifest) {
  static const SmallModel streaming(StreamingModel());
  static const SmallModel window(WindowModel());
  try {
    CheckNoStages(manifest);
    CheckStandardFrontend(manifest);
  } catch (const ManifestError&) {
    // It is another one.
  }
  DesignedTables designed;
  const bool is_log_mel = manifest.frontend.type == FrontendType::kLogMel;
  if (!is_log_mel && !DesignFrontend(manifest.frontend, &designed).ok()) return;
  const FrontendTables& tables = is_log_mel ? kLogMelTables : designed.tables();
  for (const SmallModel* small : {&streaming, &window}) {
    try {
      MakeChainConfig(small->model, manifest);
      Hear(small->model, MakeModelConfig(small->model, manifest, tables));
    } catch (const ModelError&) {
      // It belongs to another model, or takes too much memory.
    }
  }
}

void TryManifest(const std::string& text) {
  SetMaxMemory(kMostMemory);
  Manifest manifest;
  try {
    manifest = ParseManifest(text, "fuzz.json");
  } catch (const ManifestError& error) {
    Require(!error.wanted().empty(), "an error says what was wanted");
    return;
  }
  Use(manifest);
}

}  // namespace
}  // namespace earshot::test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  earshot::test::TryManifest(std::string(bytes, bytes + size));
  return 0;
}

#if EARSHOT_FUZZ
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* bytes, size_t size, size_t most,
                                          unsigned int seed) {
  static const nlohmann::json known = earshot::test::FullManifest();
  const std::string mutated =
      seed % 8 == 0 ? "" : earshot::test::MutateJson(std::string(bytes, bytes + size), known, seed);
  if (mutated.empty() || mutated.size() > most) return LLVMFuzzerMutate(bytes, size, most);
  std::copy(mutated.begin(), mutated.end(), bytes);
  return mutated.size();
}
#endif
