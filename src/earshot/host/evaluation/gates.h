// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Gates: what a model must reach, e.g. "accuracy>=0.93" or "recall.yes.low>0.9".
#pragma once

#include <string>
#include <vector>

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

struct Gate {
  enum class Part { kValue, kLow, kHigh };

  std::string expression;  // As given.
  std::string metric;      // Of MetricsOf().
  Part part = Part::kValue;
  std::string comparison;  // ">=", "<=", ">" or "<".
  double limit = 0;
};

// METRIC, with .low or .high for an end of its interval, a comparison, a number; spaces around each
// are fine. `model` says which metrics there are (only its labels are needed). Throws UsageError.
Gate ParseGate(const std::string& expression, const ModelFigures& model);

// A figure that was not measured passes no gate. Where a gate is not passed, `wrong` says which
// answers are behind it; when the model's answers were compared with earlier ones, those that have
// become wrong.
GateResult CheckGate(const Gate& gate, const ModelFigures& model);

// For people: "passed" or "FAILED", the expression, and the figure.
std::string GateText(const GateResult& gate);

}  // namespace earshot::host
