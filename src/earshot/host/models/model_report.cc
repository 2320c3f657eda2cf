// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/model_report.h"

#include <algorithm>
#include <cctype>

#include "earshot/host/errors.h"
#include "earshot/host/models/model_file.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/kernels/kernel_sets.h"
#include "earshot/models/enough_memory.h"
#include "earshot/models/model_setup.h"
#include "earshot/models/offline_plan.h"
#include "earshot/models/placement_search.h"
#include "earshot/runtime/packed_weights.h"

namespace earshot::host {
namespace {

std::vector<int32_t> ToVector(Span<const int32_t> values) { return {values.begin(), values.end()}; }

std::vector<size_t> ToIndices(Span<const int32_t> values) { return {values.begin(), values.end()}; }

// "DEPTHWISE_CONV_2D" to "DepthwiseConv2D": how kernels are named.
std::string CamelCase(const std::string& name) {
  std::string camel;
  bool begins_word = true;
  for (const char letter : name) {
    const auto byte = static_cast<unsigned char>(letter);
    if (!std::isalnum(byte)) {
      begins_word = true;
      continue;
    }
    camel += static_cast<char>(begins_word ? std::toupper(byte) : std::tolower(byte));
    begins_word = std::isdigit(byte) != 0;
  }
  return camel;
}

TensorReport ReportTensor(const Model& model, size_t index) {
  const TensorInfo info = model.tensor(0, index);
  TensorReport report;
  report.index = index;
  report.name = model.tensor_name(0, index);
  report.type = TypeName(info.type);
  report.shape = ToVector(info.shape);
  report.bytes = info.bytes;
  report.constant = info.is_constant();
  report.scales = {info.scales.begin(), info.scales.end()};
  for (const schema::Int64& zero_point : info.zero_points) {
    report.zero_points.push_back(ValueOf(zero_point));
  }
  return report;
}

OperatorReport ReportOperator(const Model& model, size_t subgraph, size_t index) {
  const schema::Operator& op = model.op(subgraph, index);
  const BuiltinOperator code = model.operator_code(op);
  OperatorReport report;
  report.subgraph = subgraph;
  report.index = index;
  report.inputs = ToVector(Model::Indices(op.inputs()));
  report.outputs = ToVector(Model::Indices(op.outputs()));
  report.name = OperatorName(model, op);
  const OperatorResolver& resolver = DeviceKernelsResolver();
  if (const int kernel = resolver.Find(OperatorView(model, subgraph, index)); kernel >= 0) {
    const auto i = static_cast<size_t>(kernel);
    report.kernel = KernelSymbol(resolver.kernel(i));
    report.implementation = ImplementationName(AllKernelsResolver().kernel(i));
  }
  const auto tensor = [&](int32_t i) { return model.tensor(subgraph, static_cast<size_t>(i)); };
  if (!report.inputs.empty() && report.inputs[0] >= 0) {
    const TensorInfo input = tensor(report.inputs[0]);
    report.type = TypeName(input.type);
    report.in_shape = ToVector(input.shape);
  }
  if (!report.outputs.empty() && report.outputs[0] >= 0) {
    const TensorInfo output = tensor(report.outputs[0]);
    report.out_shape = ToVector(output.shape);
    if (report.inputs.size() > 1 && report.inputs[1] >= 0) {
      report.macs = MultiplyAccumulates(code, tensor(report.inputs[1]), output);
    }
  }
  return report;
}

// The name of a variable whose resource is the tensor `resource`; empty: nothing in the subgraph
// gives it.
std::string VariableName(const Model& model, size_t subgraph, int32_t resource) {
  for (size_t i = 0; i < model.operator_count(subgraph); ++i) {
    const schema::Operator& op = model.op(subgraph, i);
    const Span<const int32_t> outputs = Model::Indices(op.outputs());
    const auto* options = op.builtin_options_as_VarHandleOptions();
    if (outputs.empty() || outputs[0] != resource || options == nullptr) continue;
    const auto text = [](const flatbuffers::String* name) {
      return name == nullptr ? std::string() : name->str();
    };
    const std::string container = text(options->container());
    return (container.empty() ? "" : container + "/") + text(options->shared_name());
  }
  return "";
}

// Each variable that the initial subgraph assigns, once.
std::vector<VariableReport> ReportVariables(const Model& model) {
  std::vector<VariableReport> variables;
  if (!model.remembers()) return variables;
  for (size_t i = 0; i < model.operator_count(kInitSubgraph); ++i) {
    const schema::Operator& op = model.op(kInitSubgraph, i);
    const Span<const int32_t> inputs = Model::Indices(op.inputs());
    if (model.operator_code(op) != BuiltinOperator::ASSIGN_VARIABLE || inputs.size() != 2 ||
        inputs[1] < 0) {
      continue;
    }
    const TensorInfo value = model.tensor(kInitSubgraph, static_cast<size_t>(inputs[1]));
    const VariableReport variable = {VariableName(model, kInitSubgraph, inputs[0]),
                                     TypeName(value.type), ToVector(value.shape), value.bytes};
    const bool is_known =
        std::any_of(variables.begin(), variables.end(),
                    [&](const VariableReport& other) { return other.name == variable.name; });
    if (!is_known) variables.push_back(variable);
  }
  return variables;
}

void ListKernel(const std::string& kernel, std::vector<std::string>* kernels) {
  if (kernel.empty()) return;
  if (std::find(kernels->begin(), kernels->end(), kernel) == kernels->end()) {
    kernels->push_back(kernel);
  }
}

Status ReportArena(const Model& model, const OperatorResolver& resolver, ModelReport* report) {
  std::vector<PlannedBuffer> buffers;
  PlanOptions plan = Observe(&buffers);
  ArenaSize arena;
  EARSHOT_RETURN_IF_ERROR(MeasureArena("", model, resolver, plan, &arena));
  report->arena_bytes = arena.bytes;
  report->persistent_bytes = arena.persistent_bytes;
  OfflinePlan offline;
  try {
    offline = ReadOfflinePlan("", model);
  } catch (const ModelError& error) {
    report->offline_plan_error = error.what();
  }
  report->offline_plan_bytes = OfflineBytes(offline, buffers);
  if (report->offline_plan_error.empty()) {
    report->offline_plan_error = OverlapIn(offline, buffers);
  }
  report->placed_first = FindPlacement(buffers, PlacementOf(offline, buffers));
  plan.placed_first = report->placed_first;
  EARSHOT_RETURN_IF_ERROR(MeasureArena("", model, resolver, plan, &arena));
  report->placed_arena_bytes = arena.bytes;
  report->arena = MapArena(model, buffers);
  plan = ObserveInPlace(&buffers);
  EARSHOT_RETURN_IF_ERROR(MeasureArena("", model, resolver, plan, &arena));
  report->in_place_placed_first = FindPlacement(buffers);
  plan.placed_first = report->in_place_placed_first;
  EARSHOT_RETURN_IF_ERROR(MeasureArena("", model, resolver, plan, &arena));
  report->in_place_arena_bytes = arena.bytes;
  return OkStatus();
}

// 0 also where the model takes more memory than may be taken.
size_t PackedBytesHere(const Model& model, size_t arena_bytes) {
  if (arena_bytes > MaxMemory()) return 0;
  ModelRunner runner;
  const Status status = MakeRunner("", model, AllKernelsResolver(), &runner);
  return status.ok() ? PackedBytes(runner.interpreter) : 0;
}

}  // namespace

std::string KernelSymbolOf(const MissingOperator& op) {
  return "kernels::k" + CamelCase(op.name) + CamelCase(op.type);
}

uint64_t MultiplyAccumulates(BuiltinOperator op, const TensorInfo& filter,
                             const TensorInfo& output) {
  const auto outputs = static_cast<uint64_t>(output.count());
  const auto extent = [&](int32_t axis) { return static_cast<uint64_t>(filter.dim(axis)); };
  switch (op) {
    case BuiltinOperator::CONV_2D:  // Filter [output channels, height, width, input channels].
      return filter.rank() == 4 ? outputs * extent(1) * extent(2) * extent(3) : 0;
    case BuiltinOperator::DEPTHWISE_CONV_2D:  // Filter [1, height, width, output channels].
      return filter.rank() == 4 ? outputs * extent(1) * extent(2) : 0;
    case BuiltinOperator::FULLY_CONNECTED:  // Weights [outputs, inputs].
      return filter.rank() == 2 ? outputs * extent(1) : 0;
    default:
      return 0;
  }
}

ModelReport ReportModel(const Model& model, const OperatorResolver& resolver) {
  ModelReport report;
  report.description = model.description();
  report.file_bytes = model.bytes().size();
  report.subgraphs = model.subgraph_count();
  report.inputs = ToIndices(Model::Indices(model.subgraph(0).inputs()));
  report.outputs = ToIndices(Model::Indices(model.subgraph(0).outputs()));
  for (size_t i = 0; i < model.tensor_count(0); ++i) {
    report.tensors.push_back(ReportTensor(model, i));
  }
  for (size_t subgraph = 0; subgraph < model.subgraph_count(); ++subgraph) {
    for (size_t i = 0; i < model.operator_count(subgraph); ++i) {
      report.operators.push_back(ReportOperator(model, subgraph, i));
      ListKernel(report.operators.back().kernel, &report.kernels);
      if (subgraph == 0) report.macs += report.operators.back().macs;
    }
  }
  report.variables = ReportVariables(model);
  report.takes_other_features = TakesOtherFeatures(model);
  report.missing = FindMissingOperators(model, resolver);
  Model runnable;
  report.error = LoadRunnable(model.bytes(), resolver, &runnable);
  if (!report.error.empty()) return report;
  try {
    const Status status = ReportArena(runnable, resolver, &report);
    report.runs = status.ok();
    if (!status.ok()) report.error = Text(status);
    if (status.ok()) report.packed_bytes = PackedBytesHere(runnable, report.arena_bytes);
  } catch (const ModelError& error) {
    report.error = error.what();
  }
  return report;
}

}  // namespace earshot::host
