// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// report_gates FOLDER: measures all shipped models on the data sets that are there, and writes what
// README.md says into FOLDER. Exit code 1: a gate is not passed.

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host/evaluation/metrics.h"
#include "models/shipped_models.h"
#include "tests/accuracy/data_sets.h"
#include "tests/accuracy/recorded_gates.h"

namespace earshot::accuracy {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kGateFailed = 1;  // An exit code, of evaluate and of this program.

// What one model achieves on one data set.
struct Result {
  std::string model;
  std::map<std::string, host::Estimate> figures;
  std::map<std::string, host::Estimate> recorded;
  Json json;  // "metrics", "gates" and "changes" of `earshot evaluate --json`.
};

struct Row {
  const char* metric;
  const char* title;
  host::MetricUnit unit;
};

// What the summary shows, where it was measured; figures.json has all.
constexpr Row kRows[] = {
    {"accuracy", "accuracy", host::MetricUnit::kShare},
    {"balanced_accuracy", "balanced accuracy", host::MetricUnit::kShare},
    {"other_words_accepted", "other words accepted", host::MetricUnit::kShare},
    {"found", "words found", host::MetricUnit::kShare},
    {"false_accepts_per_hour", "false accepts per hour", host::MetricUnit::kPerHour},
    {"median_delay_ms", "median delay, ms", host::MetricUnit::kMilliseconds},
    {"negatives_false_accepts_per_hour", "false accepts per hour", host::MetricUnit::kPerHour},
};

Result Measure(const EmbeddedModel& model, const DataSet& data_set) {
  const RecordedGates recorded = ReadGates(model.name);
  std::vector<std::string> arguments = GateArguments(model.name, data_set, recorded);
  arguments.emplace_back("--json");
  const host::ProgramRun run = EvaluateOn(data_set, model, recorded.said_in_speech, arguments);
  if (run.exit_code != 0 && run.exit_code != kGateFailed) throw std::runtime_error(run.err);
  Result result;
  result.model = model.name;
  result.recorded = recorded.data_sets.at(data_set.name).figures;
  result.figures = MeasuredFigures(run.out);
  const Json measured = Json::parse(run.out).at("models").at(0);
  for (const char* part : {"metrics", "gates", "changes"}) {
    if (measured.contains(part)) result.json[part] = measured[part];
  }
  return result;
}

// All models at a time, each on a thread of its own.
std::vector<Result> MeasureAll(const DataSet& data_set) {
  std::vector<std::future<Result>> measuring;
  for (const EmbeddedModel* model : ShippedModels()) {
    measuring.push_back(
        std::async(std::launch::async, [model, &data_set] { return Measure(*model, data_set); }));
  }
  std::vector<Result> results;
  results.reserve(measuring.size());
  for (auto& result : measuring) results.push_back(result.get());
  return results;
}

// One page of all models on the data set. `more`: further arguments of evaluate.
void WritePage(const DataSet& data_set, const std::string& page, std::vector<std::string> more) {
  const auto models = ShippedModels();
  for (size_t i = 1; i < models.size(); ++i) more.insert(more.end(), {"--model", models[i]->name});
  more.insert(more.end(), {"--report", page});
  const host::ProgramRun run = EvaluateOn(data_set, *models[0], {}, more);
  if (run.exit_code != 0) throw std::runtime_error(run.err);
}

size_t FailedGates(const Result& result) {
  size_t failed = 0;
  for (const Json& gate : result.json.at("gates")) failed += gate.at("passed") ? 0 : 1;
  return failed;
}

std::string FigureCell(const Result& result, const Row& row) {
  const auto text_of = [&row](const std::map<std::string, host::Estimate>& figures) {
    const auto found = figures.find(row.metric);
    return found == figures.end() ? "-" : host::EstimateText(found->second, row.unit);
  };
  const std::string now = text_of(result.figures);
  const std::string recorded = text_of(result.recorded);
  return now == recorded ? now : now + "<br>recorded: " + recorded;
}

// A row of the summary's table: a title, and a cell for each model.
std::string RowText(const std::string& title, const std::vector<Result>& results,
                    const std::function<std::string(const Result&)>& cell_of) {
  std::string text = "| " + title + " |";
  for (const Result& result : results) text += " " + cell_of(result) + " |";
  return text + "\n";
}

std::string TableText(const DataSet& data_set, const std::vector<Result>& results) {
  std::string text = fmt::format("\n## {}\n\n", data_set.title);
  text += RowText("", results, [](const Result& result) { return result.model; });
  text += RowText("---", results, [](const Result&) { return "---"; });
  for (const Row& row : kRows) {
    if (results[0].figures.count(row.metric) == 0) continue;
    text += RowText(row.title, results,
                    [&row](const Result& result) { return FigureCell(result, row); });
  }
  return text + RowText("gates", results, [](const Result& result) {
           const size_t failed = FailedGates(result);
           return failed > 0 ? fmt::format("**{} FAILED**", failed)
                             : fmt::format("{} passed", result.json.at("gates").size());
         });
}

// The gates that are not passed, and the answers behind them; then all answers that changed.
std::string DetailsText(const Result& result) {
  std::string text;
  for (const Json& gate : result.json.at("gates")) {
    if (gate.at("passed")) continue;
    text += fmt::format("\n{}: FAILED `{}`\n\n", result.model, gate.at("gate").get<std::string>());
    for (const Json& wrong : gate.at("wrong")) text += "- " + wrong.get<std::string>() + "\n";
  }
  if (!result.json.contains("changes")) return text;
  text += "\n" + result.model + ": changed answers\n\n";
  for (const Json& change : result.json["changes"]) {
    text +=
        fmt::format("- {}: {}, was {}\n", change.at("what").get<std::string>(),
                    change.at("now").get<std::string>(), change.at("before").get<std::string>());
  }
  return text;
}

int Main(const std::string& folder) {
  std::filesystem::create_directories(folder);
  const std::string out = std::filesystem::absolute(folder).string() + "/";
  std::string summary = "# Accuracy of the shipped models\n\nIn brackets: 95 % intervals.\n";
  Json figures;
  size_t failed = 0;
  for (const DataSet& data_set : DataSets()) {
    if (!IsThere(data_set)) {
      summary += fmt::format("\n## {}\n\nThe recordings are not here.\n", data_set.title);
      continue;
    }
    const std::vector<Result> results = MeasureAll(data_set);
    summary += TableText(data_set, results);
    for (const Result& result : results) {
      summary += DetailsText(result);
      figures[result.model][data_set.name] = result.json;
      failed += FailedGates(result);
    }
    const std::string name = data_set.name;
    if (name == "samples_clips") WritePage(data_set, out + "report.html", {"--stream", "streams"});
    if (name == "corpus_clips") WritePage(data_set, out + "corpus.html", {});
  }
  host::WriteText(out + "summary.md", summary);
  host::WriteText(out + "figures.json", figures.dump(1) + "\n");
  fmt::print("{}", summary);
  return failed == 0 ? 0 : kGateFailed;
}

}  // namespace
}  // namespace earshot::accuracy

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: report_gates FOLDER\n");
    return 2;
  }
  try {
    return earshot::accuracy::Main(argv[1]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "report_gates: {}\n", error.what());
    return 3;
  }
}
