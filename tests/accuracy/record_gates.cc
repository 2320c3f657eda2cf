// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// record_gates [MODEL...]: measures shipped models, all without arguments, and writes what was
// found as the gates that they must pass from now on (tests/accuracy/README.md).

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "earshot/host/evaluation/metrics.h"
#include "earshot/host/files/csv.h"
#include "earshot/models/shipped_models.h"
#include "tests/accuracy/data_sets.h"
#include "tests/accuracy/recorded_gates.h"
#include "tests/support/golden.h"

namespace earshot::accuracy {
namespace {

constexpr double kGateDigits = 1e4;

bool IsBetterWhenHigher(const std::string& metric) {
  return metric == "accuracy" || metric == "found" || metric.rfind("recall.", 0) == 0;
}

bool IsGated(const DataSet& data_set, const std::string& metric) {
  return std::any_of(data_set.gated.begin(), data_set.gated.end(), [&metric](std::string gated) {
    return gated.back() == '.' ? metric.rfind(gated, 0) == 0 : metric == gated;
  });
}

std::vector<std::string> GatesFor(const DataSet& data_set,
                                  const std::map<std::string, host::Estimate>& figures) {
  std::vector<std::string> gates;
  for (const auto& [metric, found] : figures) {
    if (!IsGated(data_set, metric)) continue;
    if (IsBetterWhenHigher(metric)) {
      const double limit = data_set.is_exact ? found.value : found.low;
      gates.push_back(fmt::format("{}>={}", metric, std::floor(limit * kGateDigits) / kGateDigits));
    } else {
      const double limit = data_set.is_exact ? found.value : found.high;
      gates.push_back(fmt::format("{}<={}", metric, std::ceil(limit * kGateDigits) / kGateDigits));
    }
  }
  if (IsGated(data_set, host::kWorseMetric)) {
    gates.push_back(fmt::format("{}<=0", host::kWorseMetric));
  }
  return gates;
}

// The keywords, and what the model's recipe says sounds like them.
std::vector<std::string> SaidInSpeech(const EmbeddedModel& model) {
  std::vector<std::string> words = Keywords(model);
  std::ifstream recipe(
      test::SourcePath(fmt::format("models/training/recipes/{}.json", model.name)));
  if (!recipe) return words;
  for (const auto& word :
       nlohmann::json::parse(recipe).value("sounds_like", nlohmann::json::array())) {
    words.push_back(word);
  }
  return words;
}

// Empties the column of the model, the first one: the folder says which it is, and a file of one
// model is compared with any.
void LeaveOutModel(const std::string& answers) {
  std::ifstream file(answers);
  std::string line;
  std::getline(file, line);
  std::string text = line + "\n";
  while (std::getline(file, line)) text += line.substr(line.find(',')) + "\n";
  file.close();
  host::WriteText(answers, text);
}

void Record(const EmbeddedModel& model) {
  RecordedGates recorded;
  recorded.model_sha256 = model.sha256;
  recorded.said_in_speech = SaidInSpeech(model);
  std::filesystem::create_directories(std::filesystem::path(GatesPath(model.name)).parent_path());
  for (const DataSet& data_set : DataSets()) {
    std::vector<std::string> more = {"--json"};
    if (data_set.keeps_answers) {
      more.insert(more.end(), {"--save-answers", AnswersPath(model.name, data_set)});
    }
    const host::ProgramRun run = EvaluateOn(data_set, model, recorded.said_in_speech, more);
    if (run.exit_code != 0) throw std::runtime_error(run.err);
    if (data_set.keeps_answers) LeaveOutModel(AnswersPath(model.name, data_set));
    RecordedDataSet& result = recorded.data_sets[data_set.name];
    result.figures = MeasuredFigures(nlohmann::ordered_json::parse(run.out).at("models").at(0));
    result.gates = GatesFor(data_set, result.figures);
    fmt::print("{} {}: {}\n", model.name, data_set.name, fmt::join(result.gates, ", "));
    std::fflush(stdout);
  }
  WriteGates(model.name, recorded);
}

const EmbeddedModel& ShippedModel(const std::string& name) {
  std::vector<std::string> names;
  for (const EmbeddedModel* model : ShippedModels()) {
    if (name == model->name) return *model;
    names.emplace_back(model->name);
  }
  throw std::runtime_error(
      fmt::format("{}: no shipped model; there are: {}", name, fmt::join(names, ", ")));
}

int Main(const std::vector<std::string>& names) {
  for (const DataSet& data_set : DataSets()) {
    if (IsThere(data_set)) continue;
    throw std::runtime_error("needs the larger test data; set EARSHOT_SHARED_DIR to its folder");
  }
  std::vector<const EmbeddedModel*> wanted;
  for (const std::string& name : names) wanted.push_back(&ShippedModel(name));
  if (names.empty()) wanted.assign(ShippedModels().begin(), ShippedModels().end());
  for (const EmbeddedModel* model : wanted) Record(*model);
  return 0;
}

}  // namespace
}  // namespace earshot::accuracy

int main(int argc, char** argv) {
  try {
    return earshot::accuracy::Main({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    fmt::print(stderr, "record_gates: {}\n", error.what());
    return 3;
  }
}
