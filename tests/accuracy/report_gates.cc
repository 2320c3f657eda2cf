// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// report_gates FOLDER: writes what README.md says into FOLDER, of what the accuracy tests of this
// build have measured. Exit code 1: a gate is not passed.

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <functional>
#include <map>
#include <stdexcept>

#include "earshot/host/evaluation/metrics.h"
#include "earshot/models/shipped_models.h"
#include "tests/accuracy/data_sets.h"
#include "tests/accuracy/recorded_gates.h"
#include "tests/accuracy/results.h"

namespace earshot::accuracy {
namespace {

// What one model achieves on one data set.
struct Measured {
  std::string model;
  std::map<std::string, host::Estimate> figures;
  std::map<std::string, host::Estimate> recorded;
  Result result;
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

std::vector<Measured> ReadAll(const DataSet& data_set) {
  std::vector<Measured> all;
  for (const EmbeddedModel* model : ShippedModels()) {
    Measured measured;
    measured.model = model->name;
    measured.result = SavedResult(*model, data_set);
    measured.figures = MeasuredFigures(measured.result);
    measured.recorded = ReadGates(model->name).data_sets.at(data_set.name).figures;
    all.push_back(std::move(measured));
  }
  return all;
}

// One page of all models on the data set. `more`: further arguments of evaluate.
void WritePage(const DataSet& data_set, const std::string& page, std::vector<std::string> more) {
  const auto models = ShippedModels();
  for (size_t i = 1; i < models.size(); ++i) more.insert(more.end(), {"--model", models[i]->name});
  more.insert(more.end(), {"--report", page});
  const host::ProgramRun run = EvaluateOn(data_set, *models[0], {}, more);
  if (run.exit_code != 0) throw std::runtime_error(run.err);
}

std::string FigureCell(const Measured& measured, const Row& row) {
  const auto text_of = [&row](const std::map<std::string, host::Estimate>& figures) {
    const auto found = figures.find(row.metric);
    return found == figures.end() ? "-" : host::EstimateText(found->second, row.unit);
  };
  const std::string now = text_of(measured.figures);
  const std::string recorded = text_of(measured.recorded);
  return now == recorded ? now : now + "<br>recorded: " + recorded;
}

// A row of the summary's table: a title, and a cell for each model.
std::string RowText(const std::string& title, const std::vector<Measured>& all,
                    const std::function<std::string(const Measured&)>& cell_of) {
  std::string text = "| " + title + " |";
  for (const Measured& measured : all) text += " " + cell_of(measured) + " |";
  return text + "\n";
}

std::string TableText(const DataSet& data_set, const std::vector<Measured>& all) {
  std::string text = fmt::format("\n## {}\n\n", data_set.title);
  text += RowText("", all, [](const Measured& measured) { return measured.model; });
  text += RowText("---", all, [](const Measured&) { return "---"; });
  for (const Row& row : kRows) {
    if (all[0].figures.count(row.metric) == 0) continue;
    text += RowText(row.title, all,
                    [&row](const Measured& measured) { return FigureCell(measured, row); });
  }
  return text + RowText("gates", all, [](const Measured& measured) {
           const size_t failed = FailedGates(measured.result);
           return failed > 0 ? fmt::format("**{} FAILED**", failed)
                             : fmt::format("{} passed", measured.result.at("gates").size());
         });
}

int Main(const std::string& folder) {
  std::filesystem::create_directories(folder);
  const std::string out = std::filesystem::absolute(folder).string() + "/";
  std::string summary = "# Accuracy of the shipped models\n\nIn brackets: 95 % intervals.\n";
  Result figures;
  size_t failed = 0;
  for (const DataSet& data_set : DataSets()) {
    if (!IsThere(data_set)) {
      summary += fmt::format("\n## {}\n\nThe recordings are not here.\n", data_set.title);
      continue;
    }
    const std::vector<Measured> all = ReadAll(data_set);
    summary += TableText(data_set, all);
    for (const Measured& measured : all) {
      summary += DetailsText(measured.model, measured.result);
      figures[measured.model][data_set.name] = measured.result;
      failed += FailedGates(measured.result);
    }
    const std::string name = data_set.name;
    if (name == "samples_clips") WritePage(data_set, out + "report.html", {"--stream", "streams"});
    if (name == "corpus_clips") WritePage(data_set, out + "corpus.html", {});
  }
  host::WriteText(out + "summary.md", summary);
  host::WriteText(out + "figures.json", figures.dump(1) + "\n");
  fmt::print("{}", summary);
  return failed == 0 ? 0 : 1;
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
