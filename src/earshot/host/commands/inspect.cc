// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/commands.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "earshot/host/commands/choice_option.h"
#include "earshot/host/commands/memory_option.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/console/terminal_text.h"
#include "earshot/host/console/text_table.h"
#include "earshot/host/errors.h"
#include "earshot/host/files/output_check.h"
#include "earshot/host/files/output_file.h"
#include "earshot/host/models/model_file.h"
#include "earshot/host/models/model_report.h"
#include "earshot/host/models/slot_report.h"
#include "earshot/host/models/target_memory.h"
#include "earshot/host/report/arena_drawing.h"
#include "earshot/kernels/all_kernels.h"

namespace earshot::host {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kExamples[] =
    "  earshot inspect model.tflite                operators, memory, and whether it will run\n"
    "  earshot inspect --json model.tflite         the same for programs\n"
    "  earshot inspect model.tflite && make flash  goes on only with a model that runs\n"
    "  earshot inspect --target cortex-m3 tiny_conv_yes_no\n"
    "                                              arena, activations, scratch and stack there\n"
    "  earshot inspect my_word.slot                what `earshot pack` has packed\n";

constexpr char kDescription[] =
    "Looks into a .tflite model: operators, tensors, multiply-accumulates, the exact arena that it "
    "needs on any target, and whether it runs or what is missing. Exit code 0: it runs, 4: not.";

// Converters string together the names of all that they fused; the beginning tells enough.
constexpr int kLongestName = 48;  // Columns.

// Names in a model file are anybody's.
std::string Name(const std::string& text) { return Fit(Visible(text), kLongestName, true); }

std::string Shape(const std::vector<int32_t>& shape) {
  return fmt::format("[{}]", fmt::join(shape, ","));
}

std::string Quantization(const TensorReport& tensor) {
  if (tensor.scales.empty()) return "";
  if (tensor.scales.size() > 1) return fmt::format("{} scales", tensor.scales.size());
  return fmt::format("scale {:g}, zero point {}", tensor.scales[0], tensor.zero_points[0]);
}

std::string OperatorTable(const ModelReport& report) {
  std::vector<std::vector<std::string>> rows = {
      {"#", "operator", "type", "input", "output", "MACs", "kernel", "runs here"}};
  for (const OperatorReport& op : report.operators) {
    const std::string index = op.subgraph == 0 ? fmt::format("{}", op.index)
                                               : fmt::format("{}.{}", op.subgraph, op.index);
    rows.push_back({index, Name(op.name), op.type, Shape(op.in_shape), Shape(op.out_shape),
                    fmt::format("{}", op.macs), op.kernel.empty() ? "(missing)" : op.kernel,
                    op.implementation});
  }
  return TextTable(rows, {0, 5});
}

std::string TensorTable(const ModelReport& report) {
  std::vector<std::vector<std::string>> rows = {
      {"#", "tensor", "type", "shape", "bytes", "", "quantization"}};
  const auto holds = [](const std::vector<size_t>& indices, size_t index) {
    return std::find(indices.begin(), indices.end(), index) != indices.end();
  };
  for (const TensorReport& tensor : report.tensors) {
    const char* role = holds(report.inputs, tensor.index)    ? "input"
                       : holds(report.outputs, tensor.index) ? "output"
                       : tensor.constant                     ? "constant"
                                                             : "";
    rows.push_back({fmt::format("{}", tensor.index), Name(tensor.name), tensor.type,
                    Shape(tensor.shape), fmt::format("{}", tensor.bytes), role,
                    Quantization(tensor)});
  }
  return TextTable(rows, {0, 4});
}

std::string VariableText(const ModelReport& report) {
  if (report.variables.empty()) return "";
  std::vector<std::vector<std::string>> rows = {{"variable", "type", "shape", "bytes"}};
  size_t bytes = 0;
  for (const VariableReport& variable : report.variables) {
    rows.push_back({Name(variable.name), variable.type, Shape(variable.shape),
                    fmt::format("{}", variable.bytes)});
    bytes += variable.bytes;
  }
  return TextTable(rows, {3}) +
         fmt::format("\nRemembers {} bytes from one inference to the next\n", bytes);
}

std::string VerdictText(const ModelReport& report) {
  std::string text;
  if (report.runs) {
    text += fmt::format("Arena: {} bytes exactly ({} persistent, {} for activations)\n",
                        report.arena_bytes, report.persistent_bytes,
                        report.arena_bytes - report.persistent_bytes);
    if (report.placed_arena_bytes < report.arena_bytes) {
      text += fmt::format("Embedded or packed: {} bytes, in a plan that was searched for\n",
                          report.placed_arena_bytes);
    }
    if (report.offline_plan_bytes != 0 && report.offline_plan_error.empty()) {
      text +=
          fmt::format("The file's own plan: {} bytes for activations\n", report.offline_plan_bytes);
    }
    if (!report.offline_plan_error.empty()) {
      text += "The file's own plan is not used: " + report.offline_plan_error + "\n";
    }
    if (report.in_place_arena_bytes < report.placed_arena_bytes) {
      text += fmt::format(
          "In place: {} bytes, where operators overwrite their inputs "
          "(PlanOptions::make = PlanInPlace)\n",
          report.in_place_arena_bytes);
    }
    if (report.packed_bytes != 0) {
      text += fmt::format("On this machine, beside the arena: {} bytes of packed weights\n",
                          report.packed_bytes);
    }
    text += "Resolver for this model:\n";
    for (const std::string& kernel : report.kernels) text += fmt::format("    &{},\n", kernel);
    if (report.takes_other_features) {
      text += fmt::format(
          "Input: float32 {}, not the front end's features; `listen` wants to know the models that "
          "make them (--features, or earshot.features of a manifest)\n",
          Shape(report.tensors[report.inputs[0]].shape));
    }
    return text + "Verdict: runs\n";
  }
  for (const MissingOperator& missing : report.missing) {
    text += fmt::format(
        "Missing: {}{} ({} use{}): Earshot has no such kernel; once there is one, list it in the "
        "resolver:\n    &{},\n",
        Name(missing.name), missing.type.empty() ? "" : " for " + missing.type, missing.uses,
        missing.uses == 1 ? "" : "s", Name(KernelSymbolOf(missing)));
  }
  return text + fmt::format("Verdict: does not run: {}\n", Visible(report.error));
}

// What lies where while which operators run, and what makes the arena as large as it is.
std::string ArenaText(const ArenaMap& map) {
  if (map.buffers.empty()) return "";
  std::vector<std::vector<std::string>> rows = {{"operators", "from", "bytes", "", "buffer"}};
  for (const ArenaBuffer& buffer : map.buffers) {
    const bool at_peak = buffer.first <= map.peak && map.peak <= buffer.last;
    rows.push_back({fmt::format("{}-{}", buffer.first, buffer.last),
                    fmt::format("{}", buffer.offset), fmt::format("{}", buffer.bytes),
                    at_peak ? "*" : "", Name(buffer.name)});
  }
  return TextTable(rows, {0, 1, 2}) +
         fmt::format("Activations: {} bytes; most is in use (*), {} bytes, while {} runs\n\n",
                     map.bytes, map.least_bytes, Name(map.operators[map.peak]));
}

std::string ReportText(const std::string& path, const ModelReport& report,
                       const std::optional<TargetMemory>& memory) {
  std::string text = fmt::format("{}: {} bytes", Visible(path), report.file_bytes);
  if (!report.description.empty()) text += ", \"" + Name(report.description) + "\"";
  if (report.subgraphs > 1) text += fmt::format(", {} subgraphs", report.subgraphs);
  return text + "\n\n" + OperatorTable(report) + "\n" + TensorTable(report) + "\n" +
         VariableText(report) + ArenaText(report.arena) +
         (memory ? TargetMemoryText(*memory) + "\n" : "") +
         fmt::format("Multiply-accumulates: {}\n", report.macs) + VerdictText(report);
}

Json ArenaJson(const ArenaMap& map) {
  Json buffers = Json::array();
  for (const ArenaBuffer& buffer : map.buffers) {
    buffers.push_back({{"name", buffer.name},
                       {"offset", buffer.offset},
                       {"bytes", buffer.bytes},
                       {"first", buffer.first},
                       {"last", buffer.last}});
  }
  return {{"bytes", map.bytes},
          {"least_bytes", map.least_bytes},
          {"peak", map.peak},
          {"operators", map.operators},
          {"buffers", std::move(buffers)}};
}

Json ReportJson(const std::string& path, const ModelReport& report) {
  Json operators = Json::array();
  for (const OperatorReport& op : report.operators) {
    operators.push_back({{"subgraph", op.subgraph},
                         {"index", op.index},
                         {"name", op.name},
                         {"type", op.type},
                         {"inputs", op.inputs},
                         {"outputs", op.outputs},
                         {"input_shape", op.in_shape},
                         {"output_shape", op.out_shape},
                         {"macs", op.macs},
                         {"kernel", op.kernel},
                         {"implementation", op.implementation}});
  }
  Json tensors = Json::array();
  for (const TensorReport& tensor : report.tensors) {
    tensors.push_back({{"index", tensor.index},
                       {"name", tensor.name},
                       {"type", tensor.type},
                       {"shape", tensor.shape},
                       {"bytes", tensor.bytes},
                       {"constant", tensor.constant},
                       {"scales", tensor.scales},
                       {"zero_points", tensor.zero_points}});
  }
  Json variables = Json::array();
  for (const VariableReport& variable : report.variables) {
    variables.push_back({{"name", variable.name},
                         {"type", variable.type},
                         {"shape", variable.shape},
                         {"bytes", variable.bytes}});
  }
  Json missing = Json::array();
  for (const MissingOperator& kernel : report.missing) {
    missing.push_back({{"name", kernel.name},
                       {"type", kernel.type},
                       {"uses", kernel.uses},
                       {"register", "&" + KernelSymbolOf(kernel)}});
  }
  Json json = {{"v", 1},
               {"path", path},
               {"bytes", report.file_bytes},
               {"description", report.description},
               {"runs", report.runs}};
  if (!report.error.empty()) json["error"] = report.error;
  if (report.runs) {
    json["arena"] = {{"bytes", report.arena_bytes},
                     {"persistent", report.persistent_bytes},
                     {"activations", report.arena_bytes - report.persistent_bytes},
                     {"placed_bytes", report.placed_arena_bytes},
                     {"placed_first", report.placed_first},
                     {"offline_plan_bytes", report.offline_plan_bytes},
                     {"offline_plan_error", report.offline_plan_error},
                     {"in_place_bytes", report.in_place_arena_bytes},
                     {"in_place_placed_first", report.in_place_placed_first},
                     {"map", ArenaJson(report.arena)}};
    json["packed_bytes"] = report.packed_bytes;
  }
  json["takes_other_features"] = report.takes_other_features;
  json["macs"] = report.macs;
  json["inputs"] = report.inputs;
  json["outputs"] = report.outputs;
  json["kernels"] = report.kernels;
  json["missing"] = std::move(missing);
  json["operators"] = std::move(operators);
  json["tensors"] = std::move(tensors);
  json["variables"] = std::move(variables);
  return json;
}

// A model to look at, or the one in a packed slot, which stays closed otherwise.
Status Load(Span<const uint8_t> file, ModelSlot* slot, Model* model) {
  Span<const uint8_t> bytes;
  EARSHOT_RETURN_IF_ERROR(FindModelBytes(file, slot, &bytes));
  return Model::LoadStructure(bytes, model);
}

// For programs: why there is no report.
int TellAsJson(const std::string& path, const std::string& error) {
  const Json json = {{"v", 1}, {"path", path}, {"runs", false}, {"error", error}};
  WriteStandardOutput(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  return kExitBadModel;
}

struct Options {
  std::string model;
  std::string svg;
  std::string target;
  bool json = false;
};

int Inspect(const Options& options) {
  const std::string& path = options.model;
  const bool as_json = options.json;
  CheckOutputs({{"--arena-svg", options.svg}}, [&](const AddInput& add) { add(path); });
  AlignedBytes bytes;
  try {
    bytes = ReadModelBytes(path);
  } catch (const ModelError& error) {
    if (!as_json) throw;
    return TellAsJson(path, error.what());
  }
  Model model;
  ModelSlot slot;
  const Status loaded = Load(bytes.span(), &slot, &model);
  if (!loaded.ok() && as_json) return TellAsJson(path, Text(loaded));
  ThrowUnlessOk(loaded, path);
  const ModelReport report = ReportModel(
      model, options.target == kHostTarget ? AllKernelsResolver() : DeviceKernelsResolver());
  if (!options.svg.empty() && report.runs) WriteFile(options.svg, ArenaSvg(path, report.arena));
  std::optional<TargetMemory> memory;
  if (!options.target.empty() && report.runs) memory = MeasureTargetMemory(report, options.target);
  if (as_json) {
    Json json = ReportJson(path, report);
    if (slot.opened()) json["slot"] = SlotJson(slot);
    if (memory) json["memory"] = TargetMemoryJson(*memory);
    WriteStandardOutput(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  } else if (slot.opened()) {
    WriteStandardOutput(
        fmt::format("{}: model slot, {} bytes\n", Visible(path), slot.bytes().size()) +
        SlotText(slot) + "\n" + ReportText("model", report, memory));
  } else {
    WriteStandardOutput(ReportText(path, report, memory));
  }
  return report.runs ? kExitOk : kExitBadModel;
}

}  // namespace

void AddInspectCommand(Program& program) {
  const auto options = std::make_shared<Options>();
  CommandLine command = program.AddCommand("inspect", kDescription, kExamples);
  command
      .Add("model", &options->model,
           "A .tflite file, its manifest, a packed slot, or the name of a shipped model")
      .Required()
      .TypeName("MODEL");
  std::vector<std::pair<std::string, std::string>> targets;
  for (const std::string& target : MemoryTargets()) targets.emplace_back(target, target);
  AddChoice(command, "--target", &options->target,
            "Also tell what the model takes of this processor's memory, part by part", targets);
  command.AddFlag("--json", &options->json, "Write one JSON object instead of text");
  command
      .Add("--arena-svg", &options->svg,
           "Also draw what lies where in the arena while which operators run")
      .TypeName("FILE.svg");
  AddMaxMemory(command);
  command.SetRun([options] { return Inspect(*options); });
}

}  // namespace earshot::host
