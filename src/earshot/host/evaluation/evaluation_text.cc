// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/evaluation_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "earshot/host/console/terminal_text.h"
#include "earshot/host/evaluation/gates.h"
#include "earshot/host/evaluation/metrics.h"

namespace earshot::host {
namespace {

constexpr size_t kWorstWords = 10;
constexpr size_t kMostLines = 40;  // Of a list whose rest is elsewhere.
constexpr char kNothingRow[] = "(nothing)";

// Rows of cells; the first column is aligned left, the others right.
class TextTable {
 public:
  void Add(std::vector<std::string> row) {
    for (std::string& cell : row) cell = Visible(cell);  // Words and names are anybody's.
    rows_.push_back(std::move(row));
  }

  std::string Text() const {
    std::vector<size_t> widths;
    for (const auto& row : rows_) {
      widths.resize(std::max(widths.size(), row.size()));
      for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Width(row[i]));
    }
    std::string text;
    for (const auto& row : rows_) {
      for (size_t i = 0; i < row.size(); ++i) {
        const std::string padding(widths[i] - Width(row[i]), ' ');
        text += i == 0 ? row[i] + padding : "  " + padding + row[i];
      }
      text.erase(text.find_last_not_of(' ') + 1);
      text += '\n';
    }
    return text;
  }

 private:
  // Code points.
  static size_t Width(const std::string& text) {
    return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char letter) {
      return (static_cast<unsigned char>(letter) & 0xC0) != 0x80;
    }));
  }

  std::vector<std::vector<std::string>> rows_;
};

std::string CountText(const Estimate& estimate) {
  return std::isnan(estimate.value)
             ? "-"
             : fmt::format("{:.0f} of {:.0f}", estimate.count, estimate.total);
}

std::string HoursText(const std::optional<StreamFigures>& streams) {
  return streams ? fmt::format("{:.2f}", streams->hours) : "-";
}

// Of all models: a row for each figure that is not about a single label.
std::string SummaryText(const std::vector<ModelFigures>& models) {
  TextTable table;
  const auto add = [&](const std::string& title, const auto& cell) {
    std::vector<std::string> row = {title};
    for (const ModelFigures& model : models) row.push_back(cell(model));
    if (std::any_of(row.begin() + 1, row.end(), [](const auto& text) { return text != "-"; })) {
      table.Add(std::move(row));
    }
  };
  const auto add_metric = [&](const std::string& name, const std::string& title) {
    add(title, [&](const ModelFigures& model) {
      for (const Metric& metric : MetricsOf(model)) {
        if (metric.name == name) return EstimateText(metric.value, metric.unit);
      }
      return std::string("-");
    });
  };
  add("", [](const ModelFigures& model) { return model.name; });
  add("clips", [](const ModelFigures& model) {
    return model.clips ? fmt::format("{}", model.clips->clips.size()) : "-";
  });
  add_metric("accuracy", "accuracy");
  add_metric("balanced_accuracy", "balanced accuracy");
  add_metric("other_words_accepted", "other words accepted");
  add("hours of streams", [](const ModelFigures& model) { return HoursText(model.streams); });
  add_metric("found", "words found");
  add("  of them", [](const ModelFigures& model) {
    return model.streams ? CountText(model.streams->found) : "-";
  });
  add("  found late", [](const ModelFigures& model) {
    return model.streams ? fmt::format("{}", model.streams->late) : "-";
  });
  add("  taken for another", [](const ModelFigures& model) {
    return model.streams ? fmt::format("{}", model.streams->wrong) : "-";
  });
  add_metric("median_delay_ms", "median delay, ms");
  add("90 % within, ms", [](const ModelFigures& model) {
    const double p90 = model.streams ? model.streams->p90_delay_ms : kNotMeasured;
    return std::isnan(p90) ? "-" : fmt::format("{:.0f}", p90);
  });
  add_metric("false_accepts_per_hour", "false accepts per hour");
  add("hours of negatives", [](const ModelFigures& model) { return HoursText(model.negatives); });
  add_metric("negatives_false_accepts_per_hour", "false accepts per hour, negatives");
  return table.Text();
}

std::string LabelsText(const ModelFigures& model) {
  TextTable table;
  table.Add({"label", "clips", "recall", "precision", "ROC AUC"});
  const ClipFigures& clips = *model.clips;
  for (size_t i = 0; i < model.labels.size(); ++i) {
    table.Add({model.is_keyword[i] ? model.labels[i] : "[" + model.labels[i] + "]",
               fmt::format("{:.0f}", clips.recall[i].total),
               EstimateText(clips.recall[i], MetricUnit::kShare),
               EstimateText(clips.precision[i], MetricUnit::kShare),
               EstimateText(clips.auc[i], MetricUnit::kArea)});
  }
  if (clips.confusion.size() > model.labels.size()) {
    table.Add({kNothingRow, fmt::format("{:.0f}", clips.nothing_recall.total),
               EstimateText(clips.nothing_recall, MetricUnit::kShare),
               EstimateText(clips.nothing_precision, MetricUnit::kShare), "-"});
  }
  return table.Text();
}

std::string ConfusionText(const ModelFigures& model) {
  TextTable table;
  std::vector<std::string> header = {"said \\ heard"};
  const auto name = [&model](size_t i) {
    return i < model.labels.size() ? model.labels[i] : std::string(kNothingRow);
  };
  const size_t size = model.clips->confusion.size();
  for (size_t i = 0; i < size; ++i) header.push_back(name(i));
  table.Add(std::move(header));
  for (size_t i = 0; i < size; ++i) {
    std::vector<std::string> row = {name(i)};
    for (const size_t count : model.clips->confusion[i]) row.push_back(fmt::format("{}", count));
    table.Add(std::move(row));
  }
  return table.Text();
}

std::string OtherWordsText(const std::vector<OtherWord>& words) {
  TextTable table;
  for (size_t i = 0; i < std::min(kWorstWords, words.size()); ++i) {
    if (words[i].accepted.count == 0) break;
    table.Add({"  " + words[i].word, CountText(words[i].accepted)});
  }
  const std::string text = table.Text();
  return text.empty() ? "" : "\nother words taken for a keyword most often\n" + text;
}

std::string FoundText(const ModelFigures& model) {
  TextTable table;
  table.Add({"keyword", "said", "found"});
  for (size_t i = 0; i < model.labels.size(); ++i) {
    if (!model.is_keyword[i]) continue;
    const Estimate& found = model.streams->found_by_label[i];
    table.Add({model.labels[i], fmt::format("{:.0f}", found.total),
               EstimateText(found, MetricUnit::kShare)});
  }
  return table.Text();
}

// The first lines of a list, indented.
std::string ListText(const std::vector<std::string>& lines) {
  std::string text;
  for (size_t i = 0; i < std::min(kMostLines, lines.size()); ++i) {
    text += "    " + Visible(lines[i]) + "\n";
  }
  if (lines.size() > kMostLines) {
    text += fmt::format("    and {} more (--json has all)\n", lines.size() - kMostLines);
  }
  return text;
}

std::string ChangesText(const std::vector<ChangedAnswer>& changes) {
  std::string text;
  for (const bool is_better : {false, true}) {
    std::vector<std::string> lines;
    for (const ChangedAnswer& change : changes) {
      if (change.is_better != is_better) continue;
      lines.push_back(fmt::format("{}: {}, was {}", change.what, change.now, change.before));
    }
    if (lines.empty()) continue;
    text += fmt::format("  {} {}\n", lines.size(), is_better ? "better" : "worse");
    text += ListText(lines);
  }
  return text.empty() ? "" : "\nchanged answers\n" + text;
}

std::string GatesText(const std::vector<GateResult>& gates) {
  std::string text = gates.empty() ? "" : "\ngates\n";
  for (const GateResult& gate : gates)
    text += "  " + Visible(GateText(gate)) + "\n" + ListText(gate.wrong);
  return text;
}

}  // namespace

std::string EvaluationText(const Evaluation& evaluation) {
  std::string text = SummaryText(evaluation.models);
  for (const ModelFigures& model : evaluation.models) {
    if (evaluation.models.size() > 1) text += fmt::format("\n== {}\n", Visible(model.name));
    if (model.clips) {
      text += "\n" + LabelsText(model) + "\n" + ConfusionText(model);
      text += OtherWordsText(model.clips->by_word);
    }
    if (model.streams) text += "\n" + FoundText(model);
    text += ChangesText(model.changes) + GatesText(model.gates);
  }
  return text + "\nIn brackets: 95 % intervals.\n";
}

}  // namespace earshot::host
