// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/accuracy/results.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/accuracy/recorded_gates.h"

namespace earshot::accuracy {
namespace {

constexpr int kGateFailed = 1;  // An exit code of evaluate.
constexpr char kHash[] = "model_sha256";

std::string PathOf(const EmbeddedModel& model, const DataSet& data_set) {
  return fmt::format("{}/{}_{}.json", EARSHOT_ACCURACY_DIR, model.name, data_set.name);
}

}  // namespace

Result Measure(const EmbeddedModel& model, const DataSet& data_set) {
  const RecordedGates recorded = ReadGates(model.name);
  std::vector<std::string> arguments = GateArguments(model.name, data_set, recorded);
  arguments.emplace_back("--json");
  const host::ProgramRun run = EvaluateOn(data_set, model, recorded.said_in_speech, arguments);
  if (run.exit_code != 0 && run.exit_code != kGateFailed) throw std::runtime_error(run.err);
  const Result measured = Result::parse(run.out).at("models").at(0);
  Result result = {{kHash, model.sha256}};
  for (const char* part : {"metrics", "gates", "changes"}) {
    if (measured.contains(part)) result[part] = measured[part];
  }
  return result;
}

void SaveResult(const EmbeddedModel& model, const DataSet& data_set, const Result& result) {
  std::filesystem::create_directories(EARSHOT_ACCURACY_DIR);
  host::WriteText(PathOf(model, data_set), result.dump(1) + "\n");
}

Result SavedResult(const EmbeddedModel& model, const DataSet& data_set) {
  const std::string path = PathOf(model, data_set);
  std::ifstream file(path);
  Result result;
  if (file) result = Result::parse(file);
  if (result.value(kHash, "") == model.sha256) return result;
  throw std::runtime_error(path + ": no result of this model; the accuracy tests make it");
}

size_t FailedGates(const Result& result) {
  size_t failed = 0;
  for (const Result& gate : result.at("gates")) failed += gate.at("passed") ? 0 : 1;
  return failed;
}

std::string DetailsText(const std::string& model, const Result& result) {
  std::string text;
  for (const Result& gate : result.at("gates")) {
    if (gate.at("passed")) continue;
    text += fmt::format("\n{}: FAILED `{}`\n\n", model, gate.at("gate").get<std::string>());
    for (const Result& wrong : gate.at("wrong")) text += "- " + wrong.get<std::string>() + "\n";
  }
  if (!result.contains("changes")) return text;
  text += "\n" + model + ": changed answers\n\n";
  for (const Result& change : result["changes"]) {
    text +=
        fmt::format("- {}: {}, was {}\n", change.at("what").get<std::string>(),
                    change.at("now").get<std::string>(), change.at("before").get<std::string>());
  }
  return text;
}

}  // namespace earshot::accuracy
