// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Everything that `earshot inspect` tells about a model.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "earshot/host/models/arena_map.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/runnable_model.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot::host {

struct TensorReport {
  size_t index = 0;
  std::string name;
  std::string type;  // "int8", "float32" ...
  std::vector<int32_t> shape;
  size_t bytes = 0;
  bool constant = false;
  std::vector<float> scales;
  std::vector<int64_t> zero_points;  // As many as `scales`, or one for all.
};

struct OperatorReport {
  size_t subgraph = 0;
  size_t index = 0;
  std::string name;             // "CONV_2D"; a custom operator's own name.
  std::string type;             // Element type of its first input; empty: it has none.
  std::vector<int32_t> inputs;  // Indices of tensors; -1: an optional one left out.
  std::vector<int32_t> outputs;
  std::vector<int32_t> in_shape;   // Of the first input ...
  std::vector<int32_t> out_shape;  // ... and of the first output.
  uint64_t macs = 0;               // Multiply-accumulates of one invocation.
  std::string kernel;              // The C++ name of the kernel that runs it; empty: there is none.
  std::string implementation;      // Which of its implementations runs it here, e.g. "portable".
};

// What a model remembers from one inference to the next.
struct VariableReport {
  std::string name;
  std::string type;
  std::vector<int32_t> shape;  // Of its start value.
  size_t bytes = 0;
};

struct ModelReport {
  std::string description;
  size_t file_bytes = 0;
  size_t subgraphs = 0;
  std::vector<size_t> inputs;  // Indices into tensors.
  std::vector<size_t> outputs;
  std::vector<TensorReport> tensors;      // Of the main subgraph.
  std::vector<OperatorReport> operators;  // Of all subgraphs.
  std::vector<VariableReport> variables;  // Those that have a start value.
  std::vector<std::string> kernels;       // Each that the model needs, once.
  std::vector<MissingOperator> missing;
  uint64_t macs = 0;                  // Of the main subgraph.
  bool takes_other_features = false;  // TakesOtherFeatures().

  bool runs = false;
  std::string error;  // Why it does not run; empty: it does.
  // When it runs: the arena that it needs, on every target, and what part of it is persistent.
  size_t arena_bytes = 0;
  size_t persistent_bytes = 0;
  // The same with the best plan that FindPlacement() finds, how to get it, and the plan.
  size_t placed_arena_bytes = 0;
  std::vector<uint16_t> placed_first;
  // What the file's own plan takes for activations (earshot/models/offline_plan.h), 0: it has none;
  // or what is wrong with it.
  uint64_t offline_plan_bytes = 0;
  std::string offline_plan_error;
  // The same in a plan of PlanInPlace(), and how to get it.
  size_t in_place_arena_bytes = 0;
  std::vector<uint16_t> in_place_placed_first;
  // What the kernels that run here pack, beside the arena (earshot/runtime/packed_weights.h).
  size_t packed_bytes = 0;
  ArenaMap arena;
};

// Looks at a model, of which Model::LoadStructure() suffices, and at whether it runs: with the
// kernels of `resolver`, by default as devices run it, whatever kernels this machine has.
ModelReport ReportModel(const Model& model,
                        const OperatorResolver& resolver = DeviceKernelsResolver());

// What the kernel of a missing operator would be called, e.g. "kernels::kSvdfInt16".
std::string KernelSymbolOf(const MissingOperator& op);

// Multiply-accumulates of the operators whose work they are (convolutions and fully connected
// layers); 0 for all others. Padding is counted as if it were data.
uint64_t MultiplyAccumulates(BuiltinOperator op, const TensorInfo& filter,
                             const TensorInfo& output);

}  // namespace earshot::host
