// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/embedding/measured_model.h"

#include <algorithm>

#include "earshot/app/keyword_spotter.h"
#include "earshot/base/aligned_bytes.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/model_setup.h"
#include "earshot/models/runnable_model.h"
#include "earshot/runtime/status_text.h"

namespace earshot {
namespace {

void ThrowUnlessOk(const Status& status) {
  if (status.ok()) return;
  char text[kStatusTextBytes];
  throw ModelError(StatusText(status, text));
}

// Precondition: there is a kernel for every operator of the subgraphs that run. (Others have none
// that count.)
std::vector<const Kernel*> FindKernels(const Model& model) {
  const OperatorResolver& resolver = DeviceKernelsResolver();
  std::vector<const Kernel*> kernels;
  for (size_t subgraph = 0; subgraph < model.subgraph_count(); ++subgraph) {
    for (size_t i = 0; i < model.operator_count(subgraph); ++i) {
      const int index = resolver.Find(model, subgraph, model.op(subgraph, i));
      if (index < 0) continue;
      const Kernel* kernel = &resolver.kernel(static_cast<size_t>(index));
      if (std::find(kernels.begin(), kernels.end(), kernel) == kernels.end()) {
        kernels.push_back(kernel);
      }
    }
  }
  return kernels;
}

size_t MeasureSpotter(const Model& model, const OperatorResolver& resolver,
                      const SpotterConfig& config) {
  AlignedBytes memory;
  KeywordSpotter spotter;
  ThrowUnlessOk(CreateInEnoughMemory(
      [&](Span<uint8_t> bytes) {
        return KeywordSpotter::Create(model, resolver, config, bytes, &spotter);
      },
      &memory));
  return spotter.used_bytes();
}

}  // namespace

MeasuredModel MeasureModel(Span<const uint8_t> bytes, const Manifest& manifest,
                           std::optional<int32_t> strides_per_inference,
                           const std::string& origin) {
  Model model;
  if (const std::string error = LoadRunnable(bytes, DeviceKernelsResolver(), &model);
      !error.empty()) {
    throw ModelError(error);
  }
  MeasuredModel measured;
  const SpotterConfig& config = measured.config =
      MakeModelConfig(model, manifest, kStandardTables, strides_per_inference, origin);

  // With all kernels first: that tells what is wrong with the model, and afterwards every operator
  // is known to have its kernel.
  MeasureSpotter(model, DeviceKernelsResolver(), config);
  measured.kernels = FindKernels(model);
  if (measured.kernels.empty()) throw ModelError("the model has no operators");
  measured.spotter_bytes = MeasureSpotter(model, OperatorResolver(measured.kernels), config);
  ArenaSize arena;
  ThrowUnlessOk(MeasureArena(model, OperatorResolver(measured.kernels), &arena));
  measured.arena_bytes = arena.bytes;
  return measured;
}

}  // namespace earshot
