// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/embedding/measured_model.h"

#include <algorithm>

#include "earshot/app/any_spotter.h"
#include "earshot/base/aligned_bytes.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/enough_memory.h"
#include "earshot/models/model_error.h"
#include "earshot/models/offline_plan.h"
#include "earshot/models/placement_search.h"
#include "earshot/runtime/in_place.h"

namespace earshot {
namespace {

// Bytes of PlanInPlace() in an image, for a Cortex-M4.
constexpr size_t kInPlaceCode = 944;

// Precondition: there is a kernel for every operator of the subgraphs that run. (Others have none
// that count.)
std::vector<const Kernel*> FindKernels(const Model& model) {
  const OperatorResolver& resolver = DeviceKernelsResolver();
  std::vector<const Kernel*> kernels;
  for (size_t subgraph = 0; subgraph < model.subgraph_count(); ++subgraph) {
    for (size_t i = 0; i < model.operator_count(subgraph); ++i) {
      const int index = resolver.Find(OperatorView(model, subgraph, i));
      if (index < 0) continue;
      const Kernel* kernel = &resolver.kernel(static_cast<size_t>(index));
      if (std::find(kernels.begin(), kernels.end(), kernel) == kernels.end()) {
        kernels.push_back(kernel);
      }
    }
  }
  return kernels;
}

size_t MeasureSpotter(const SpotterModel& model, const OperatorResolver& resolver,
                      const PlanOptions& plan) {
  AlignedBytes memory;
  AnySpotter spotter;
  SpotterConfig config = model.config;
  config.plan = plan;
  const auto create = [&](Span<uint8_t> bytes) {
    return AnySpotter::Create(model.model, resolver, config, bytes, &spotter);
  };
  ThrowUnlessOk(CreateInEnoughMemory(model.origin, create, &memory), model.origin);
  return spotter.used_bytes();
}

// Searches for a plan, and measures what the model takes with it.
void PlaceBuffers(const SpotterModel& model, MeasuredModel* measured) {
  const OperatorResolver resolver(measured->kernels);
  PlanOptions plan;
  plan.make = measured->in_place ? PlanInPlace : nullptr;
  const auto measure = [&](const PlanOptions& options) {
    measured->spotter_bytes = MeasureSpotter(model, resolver, options);
  };
  std::vector<PlannedBuffer> buffers;
  measure(measured->in_place ? ObserveInPlace(&buffers) : Observe(&buffers));
  const size_t unplaced_bytes = measured->spotter_bytes;
  const OfflinePlan offline = ReadOfflinePlan(model.origin, model.model);
  measured->placed_first = FindPlacement(buffers, PlacementOf(offline, buffers));
  plan.placed_first = measured->placed_first;
  measure(plan);
  // Beside a smaller plan something else may be what takes most.
  if (measured->spotter_bytes == unplaced_bytes) measured->placed_first.clear();
  plan.placed_first = measured->placed_first;
  ArenaSize arena;
  ThrowUnlessOk(MeasureArena(model.origin, model.model, resolver, plan, &arena), model.origin);
  measured->arena_bytes = arena.bytes;
}

}  // namespace

MeasuredModel MeasureModel(const SpotterModel& model, bool may_be_in_place) {
  // With all kernels first: that tells what is wrong with the model, and afterwards every operator
  // is known to have its kernel.
  MeasureSpotter(model, DeviceKernelsResolver(), {});
  MeasuredModel measured;
  measured.kernels = FindKernels(model.model);
  if (measured.kernels.empty()) throw ModelError(model.origin + ": the model has no operators");
  PlaceBuffers(model, &measured);
  if (!may_be_in_place) return measured;
  MeasuredModel other = measured;
  other.in_place = true;
  PlaceBuffers(model, &other);
  return other.spotter_bytes + kInPlaceCode <= measured.spotter_bytes ? other : measured;
}

}  // namespace earshot
