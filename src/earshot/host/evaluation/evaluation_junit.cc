// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/evaluation_junit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "earshot/host/console/terminal_text.h"
#include "earshot/host/evaluation/gates.h"
#include "earshot/host/evaluation/metrics.h"

namespace earshot::host {
namespace {

// The length of the UTF-8 sequence at `at`, if XML can hold it; otherwise 0.
size_t SequenceLength(const std::string& text, size_t at) {
  const auto byte = [&text](size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto follows = [&](size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(at);
  if (first < 0x80) return first >= 0x20 || first == '\n' || first == '\t' ? 1 : 0;
  if (first >= 0xC2 && first <= 0xDF) return follows(at + 1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    // No overlong forms, no surrogates, not U+FFFE and U+FFFF.
    const bool second = follows(at + 1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
    const bool is_no_character = first == 0xEF && byte(at + 1) == 0xBF && byte(at + 2) >= 0xBE;
    return second && follows(at + 2) && !is_no_character ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool second = follows(at + 1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
    return second && follows(at + 2) && follows(at + 3) ? 4 : 0;
  }
  return 0;
}

std::string SuiteText(const ModelFigures& model) {
  const auto failures = std::count_if(model.gates.begin(), model.gates.end(),
                                      [](const GateResult& gate) { return !gate.passed; });
  std::string text = fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n    <properties>\n",
      XmlText(model.name), model.gates.size(), failures);
  for (const Metric& metric : MetricsOf(model)) {
    if (std::isnan(metric.value.value)) continue;
    text += fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", XmlText(metric.name),
                        metric.value.value);
  }
  text += "    </properties>\n";
  for (const GateResult& gate : model.gates) {
    text += fmt::format("    <testcase classname=\"{}\" name=\"{}\"", XmlText(model.name),
                        XmlText(gate.expression));
    if (gate.passed) {
      text += "/>\n";
      continue;
    }
    text += fmt::format(">\n      <failure message=\"{}\">", XmlText(GateText(gate)));
    for (const std::string& wrong : gate.wrong) {
      text += XmlText(Visible(wrong)) + "\n";
    }
    text += "</failure>\n    </testcase>\n";
  }
  return text + "  </testsuite>\n";
}

}  // namespace

std::string XmlText(const std::string& text) {
  std::string xml;
  for (size_t at = 0; at < text.size();) {
    const size_t length = SequenceLength(text, at);
    const std::string letter = length == 0 ? "?" : text.substr(at, length);
    at += std::max<size_t>(length, 1);
    if (letter == "&") {
      xml += "&amp;";
    } else if (letter == "<") {
      xml += "&lt;";
    } else if (letter == ">") {
      xml += "&gt;";
    } else if (letter == "\"") {
      xml += "&quot;";
    } else {
      xml += letter;
    }
  }
  return xml;
}

std::string EvaluationJunit(const Evaluation& evaluation) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"earshot\">\n";
  for (const ModelFigures& model : evaluation.models) text += SuiteText(model);
  if (!evaluation.unread.empty()) {
    text += fmt::format(
        "  <testsuite name=\"recordings\" tests=\"{0}\" failures=\"0\" errors=\"{0}\">\n",
        evaluation.unread.size());
    for (const Unread& file : evaluation.unread) {
      text += fmt::format(
          "    <testcase classname=\"recordings\" name=\"{}\">\n      <error message=\"{}\"/>\n"
          "    </testcase>\n",
          XmlText(file.path), XmlText(file.error));
    }
    text += "  </testsuite>\n";
  }
  return text + "</testsuites>\n";
}

}  // namespace earshot::host
