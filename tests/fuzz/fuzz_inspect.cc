// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as a model that hosts look at: what `earshot inspect` tells, what a manifest leaves to
// be worked out from the graph, and the file rewritten for another input.

#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/host/models/model_report.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/enough_memory.h"
#include "earshot/models/model_setup.h"
#include "earshot/models/receptive_field.h"
#include "earshot/models/resized_model.h"
#include "earshot/models/runnable_model.h"
#include "tests/fuzz/fuzz_target.h"
#if EARSHOT_FUZZ
#include "tests/fuzz/model_mutator.h"
#endif

namespace earshot::test {
namespace {

constexpr size_t kMostMemory = 16 << 20;

void Resize(const Model& model, int32_t change) {
  const TensorInfo input =
      model.tensor(0, static_cast<size_t>(Model::Indices(model.subgraph(0).inputs())[0]));
  if (input.rank() == 0) return;
  TensorShape shape(input.shape.begin(), input.shape.end());
  shape[static_cast<size_t>(input.rank()) / 2] += change;
  try {
    const AlignedBytes resized = WithInputShape("model", model, shape);
    Model loaded;
    if (Model::Load(resized.span(), &loaded).ok()) {
      Require(loaded.subgraph_count() == model.subgraph_count(), "it is the same model");
    }
  } catch (const ModelError& error) {
    Require(std::string(error.what()).rfind("model", 0) == 0, "an error names the model");
  }
}

void Inspect(Span<const uint8_t> bytes) {
  SetMaxMemory(kMostMemory);
  const AlignedBytes file(bytes);
  Model model;
  if (Model::LoadStructure(file.span(), &model).ok()) {
    try {
      host::ReportModel(model);
    } catch (const ModelError&) {
      // It needs too much memory.
    }
  }
  if (!LoadRunnable(file.span(), DeviceKernelsResolver(), &model).empty()) return;
  Require(ReceptiveFieldMs(model, 30, 20) >= 0, "a time is not negative");
  OutputCount(model);
  IsAlwaysCertain(model);
  TakesOtherFeatures(model);
  UsualStrides(model, 40);
  if (Model::Indices(model.subgraph(0).inputs()).size() == 1) {
    Resize(model, bytes[bytes.size() - 1] % 8 - 2);
  }
}

}  // namespace
}  // namespace earshot::test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  earshot::test::Inspect({bytes, size});
  return 0;
}

#if EARSHOT_FUZZ
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* bytes, size_t size, size_t most,
                                          unsigned int seed) {
  if (seed % 8 == 0) return LLVMFuzzerMutate(bytes, size, most);
  return earshot::test::MutateModel(bytes, size, most, seed);
}
#endif
