// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>

#include "earshot/base/aligned_bytes.h"
#include "earshot/frontend/frontend.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/host/commands/commands.h"
#include "earshot/host/commands/number_option.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/console/terminal_text.h"
#include "earshot/host/console/text_table.h"
#include "earshot/host/errors.h"
#include "earshot/host/models/model_file.h"
#include "earshot/host/models/model_report.h"
#include "earshot/host/models/model_timing.h"
#include "earshot/models/model_files.h"
#include "earshot/models/runnable_model.h"
#include "earshot/models/shipped_models.h"

namespace earshot::host {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kExamples[] =
    "  earshot bench                         the shipped models, on the kernels of choice here\n"
    "  earshot bench --kernels portable --kernels avx2 model.tflite\n"
    "  earshot bench --operators --json model.tflite\n";

constexpr char kDescription[] =
    "Times models: the processor time of one inference, which other programs that run beside it "
    "hardly change. Sets of kernels take turns, so their ratios are of one machine at one time.";

struct Options {
  std::vector<std::string> models;
  std::vector<std::string> kernels;
  double seconds = 0.5;
  bool operators = false;
  bool frontend = false;
  bool json = false;
};

struct Timed {
  std::string path;
  ModelReport report;
  std::vector<ModelTiming> timings;
};

std::vector<const KernelSet*> SetsOf(const std::vector<std::string>& names) {
  std::vector<const KernelSet*> sets;
  for (const std::string& name : names) {
    const KernelSet* const set = FindKernelSet(name.c_str());
    if (set == nullptr) {
      throw UsageError("--kernels: found " + name + ", which this machine or this program has not");
    }
    sets.push_back(set);
  }
  if (sets.empty()) sets.push_back(&ChosenKernelSet());
  return sets;
}

Timed TimeFile(const std::string& path, const std::vector<const KernelSet*>& sets,
               const TimingOptions& options) {
  const AlignedBytes file = ReadModelBytes(path);
  ModelSlot slot;
  Span<const uint8_t> bytes;
  ThrowUnlessOk(FindModelBytes(file.span(), &slot, &bytes), path);
  Model model;
  const std::string error = LoadRunnable(bytes, DeviceKernelsResolver(), &model);
  if (!error.empty()) throw ModelError(path + ": " + error);
  return {path, ReportModel(model), TimeModel(path, model, sets, options)};
}

// Processor time of the standard front end for a frame of 30 ms of noise, every 20 ms: median of
// turns of a second of sound.
double FrameMicroseconds(double seconds) {
  constexpr int32_t kStride = 320;
  AlignedBytes memory(Frontend::RequiredBytes(kStandardTables));
  Frontend frontend;
  ThrowUnlessOk(Frontend::Create(kStandardTables, kStride, memory.span(), &frontend), "front end");
  std::mt19937 random;
  std::vector<int16_t> noise(16000);
  for (int16_t& sample : noise) sample = static_cast<int16_t>(random());
  std::vector<double> turns;
  const double begin = ThreadSeconds();
  do {
    const double turn_begin = ThreadSeconds();
    int frames = 0;
    for (Span<const int16_t> rest = noise; !rest.empty();) {
      const Frontend::Result result = frontend.Process(rest);
      frames += result.features.empty() ? 0 : 1;
      rest = rest.subspan(result.consumed);
    }
    turns.push_back((ThreadSeconds() - turn_begin) / frames * 1e6);
  } while (ThreadSeconds() - begin < seconds);
  return MiddleOf(turns);
}

std::string ModelsText(const std::vector<Timed>& models) {
  std::vector<std::vector<std::string>> rows = {
      {"model", "kernels", "us", "fastest", "MACs/us", "arena", "packed"}};
  for (const Timed& model : models) {
    for (const ModelTiming& timing : model.timings) {
      rows.push_back(
          {Visible(model.path), timing.kernels, fmt::format("{:.2f}", timing.microseconds),
           fmt::format("{:.2f}", timing.fastest),
           fmt::format("{:.0f}", static_cast<double>(model.report.macs) / timing.microseconds),
           std::to_string(timing.arena_bytes), std::to_string(timing.packed_bytes)});
    }
  }
  return TextTable(rows, {2, 3, 4, 5, 6});
}

std::string OperatorsText(const Timed& model) {
  std::string text;
  for (const ModelTiming& timing : model.timings) {
    std::vector<std::vector<std::string>> rows = {{"#", "operator", "us", "MACs/us", "runs on"}};
    for (size_t i = 0; i < timing.operators.size(); ++i) {
      const OperatorTiming& op = timing.operators[i];
      const OperatorReport& report = model.report.operators[i];
      const bool has_macs = report.macs != 0 && op.microseconds > 0;
      rows.push_back(
          {std::to_string(i), report.name, fmt::format("{:.2f}", op.microseconds),
           has_macs ? fmt::format("{:.0f}", static_cast<double>(report.macs) / op.microseconds)
                    : "",
           op.implementation});
    }
    text += fmt::format("\n{}, {}:\n{}", Visible(model.path), timing.kernels,
                        TextTable(rows, {0, 2, 3}));
  }
  return text;
}

Json TimingJson(const Timed& model, const ModelTiming& timing) {
  Json json = {{"kernels", timing.kernels},
               {"microseconds", timing.microseconds},
               {"fastest", timing.fastest},
               {"arena_bytes", timing.arena_bytes},
               {"packed_bytes", timing.packed_bytes}};
  for (size_t i = 0; i < timing.operators.size(); ++i) {
    const OperatorTiming& op = timing.operators[i];
    json["operators"].push_back({{"operator", model.report.operators[i].name},
                                 {"macs", model.report.operators[i].macs},
                                 {"microseconds", op.microseconds},
                                 {"implementation", op.implementation}});
  }
  return json;
}

Json BenchJson(const std::vector<Timed>& models) {
  Json json = {{"v", 1}, {"models", Json::array()}};
  for (const Timed& model : models) {
    Json timings = Json::array();
    for (const ModelTiming& timing : model.timings) timings.push_back(TimingJson(model, timing));
    json["models"].push_back(
        {{"path", model.path}, {"macs", model.report.macs}, {"timings", std::move(timings)}});
  }
  return json;
}

int Bench(const Options& options) {
  const std::vector<const KernelSet*> sets = SetsOf(options.kernels);
  std::vector<std::string> paths = options.models;
  if (paths.empty()) {
    for (const EmbeddedModel* model : ShippedModels()) paths.push_back(model->name);
  }
  TimingOptions timing;
  timing.seconds = options.seconds;
  timing.operators = options.operators;
  std::vector<Timed> models;
  models.reserve(paths.size());
  for (const std::string& path : paths) models.push_back(TimeFile(path, sets, timing));
  const double frame = options.frontend ? FrameMicroseconds(options.seconds) : 0;
  if (options.json) {
    Json json = BenchJson(models);
    if (options.frontend) json["frontend"] = {{"frame_microseconds", frame}};
    WriteStandardOutput(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return kExitOk;
  }
  std::string text = ModelsText(models);
  if (options.frontend) text += fmt::format("\nFront end: {:.2f} us for each frame\n", frame);
  if (options.operators) {
    for (const Timed& model : models) text += OperatorsText(model);
  }
  WriteStandardOutput(text);
  return kExitOk;
}

}  // namespace

void AddBenchCommand(Program& program) {
  const auto options = std::make_shared<Options>();
  CommandLine command = program.AddCommand("bench", kDescription, kExamples);
  command
      .Add("model", &options->models,
           ".tflite files, manifests, packed slots, or names of shipped models; without any, these")
      .TypeName("MODEL");
  command
      .Add("--kernels", &options->kernels,
           "A set of kernels (reference, portable, or one for a processor); again for another to "
           "compare with. Without it, the fastest here")
      .TypeName("SET")
      .OneValueEach();
  AddNumber(command, "--seconds", &options->seconds, "About how long each model runs on each set",
            0.01, 3600.0)
      .TypeName("S");
  command.AddFlag("--operators", &options->operators, "Also time operator by operator");
  command.AddFlag("--frontend", &options->frontend, "Also time the standard front end");
  command.AddFlag("--json", &options->json, "Write one JSON object instead of text");
  command.SetRun([options] { return Bench(*options); });
}

}  // namespace earshot::host
