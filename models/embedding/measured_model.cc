// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "models/embedding/measured_model.h"

#include <algorithm>

#include "app/keyword_spotter.h"
#include "base/aligned_bytes.h"
#include "frontend/standard_tables.h"
#include "kernels/all_kernels.h"
#include "runtime/status_text.h"

namespace earshot {
namespace {

void ThrowUnlessOk(const Status& status) {
  if (status.ok()) return;
  char text[kStatusTextBytes];
  throw ModelError(StatusText(status, text));
}

// Preconditions: every operator has a first input, and a kernel for it.
std::vector<const Kernel*> FindKernels(const Model& model) {
  const OperatorResolver& resolver = AllKernelsResolver();
  std::vector<const Kernel*> kernels;
  for (size_t i = 0; i < model.operator_count(0); ++i) {
    const schema::Operator& op = model.op(0, i);
    const auto first_input = static_cast<size_t>(Model::Indices(op.inputs())[0]);
    const int index = resolver.Find(model.operator_code(op), model.tensor(0, first_input).type);
    const Kernel* kernel = &resolver.kernel(static_cast<size_t>(index));
    if (std::find(kernels.begin(), kernels.end(), kernel) == kernels.end()) {
      kernels.push_back(kernel);
    }
  }
  return kernels;
}

// Creates a spotter in exactly as much memory as it needs. Throws ModelError.
void Measure(const Model& model, const OperatorResolver& resolver, const SpotterConfig& config,
             MeasuredModel* measured) {
  size_t bytes = 0;
  for (;;) {
    AlignedBytes memory(bytes);
    KeywordSpotter spotter;
    const Status status = KeywordSpotter::Create(model, resolver, config, memory.span(), &spotter);
    if (status.ok()) {
      measured->spotter_bytes = spotter.used_bytes();
      measured->arena_bytes = spotter.arena_used_bytes();
      return;
    }
    const auto wanted = static_cast<size_t>(status.wanted);
    // A wish that is not larger than what there was would go on for ever.
    if (status.code != StatusCode::kArenaTooSmall || wanted <= bytes) ThrowUnlessOk(status);
    bytes = wanted;
  }
}

}  // namespace

MeasuredModel MeasureModel(Span<const uint8_t> bytes, const Manifest& manifest) {
  Model model;
  ThrowUnlessOk(Model::Load(bytes, &model));
  const SpotterConfig config = MakeSpotterConfig(manifest, kStandardTables);

  // With all kernels first: that tells what is wrong with the model, and afterwards every operator
  // is known to have its kernel.
  MeasuredModel measured;
  Measure(model, AllKernelsResolver(), config, &measured);
  measured.kernels = FindKernels(model);
  if (measured.kernels.empty()) throw ModelError("the model has no operators");
  Measure(model, OperatorResolver(measured.kernels), config, &measured);
  return measured;
}

}  // namespace earshot
