// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Loads a model by its manifest, packs it, loads the slot, and says what both are.
#include <earshot/app/keyword_spotter.h>
#include <earshot/kernels/all_kernels.h>
#include <earshot/models/embedding/packed_model.h>
#include <earshot/models/enough_memory.h>
#include <earshot/models/spotter_model.h>

#include <cstdio>
#include <fstream>
#include <string>

namespace {

void Tell(const earshot::SpotterModel& model) {
  earshot::AlignedBytes memory;
  earshot::KeywordSpotter spotter;
  const auto create = [&](earshot::Span<uint8_t> bytes) {
    return earshot::KeywordSpotter::Create(model.model, earshot::AllKernelsResolver(), model.config,
                                           bytes, &spotter);
  };
  earshot::ThrowUnlessOk(earshot::CreateInEnoughMemory(model.origin, create, &memory),
                         model.origin);
  std::string labels;
  for (const std::string& label : model.labels) labels += " " + label;
  std::printf("%s: %s:%s, %u bytes\n", model.origin.c_str(), model.name.c_str(), labels.c_str(),
              static_cast<unsigned>(spotter.used_bytes()));
}

}  // namespace

int main() {
  try {
    const earshot::SpotterModel model = earshot::LoadSpotterModel(MODEL_DIR "/manifest.json");
    Tell(model);
    const earshot::AlignedBytes slot = earshot::PackModel(model).bytes;
    std::ofstream("word.slot", std::ios::binary)
        << std::string(slot.span().begin(), slot.span().end());
    Tell(earshot::LoadSpotterModel("word.slot"));
    earshot::LoadSpotterModel("no.json");
  } catch (const earshot::ModelError& error) {
    std::printf("%s\n", error.what());
  }
  return 0;
}
