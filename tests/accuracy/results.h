// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a model was measured to reach on a data set, and how that reads.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "earshot/models/embedded_model.h"
#include "tests/accuracy/data_sets.h"

namespace earshot::accuracy {

// "metrics", "gates" and "changes" of `earshot evaluate --json`, and "model_sha256".
using Result = nlohmann::ordered_json;

// Measures a model that has recorded gates. Throws std::runtime_error where that cannot be done.
Result Measure(const EmbeddedModel& model, const DataSet& data_set);

// Results lie in the build folder, from the tests to the report.
void SaveResult(const EmbeddedModel& model, const DataSet& data_set, const Result& result);
// Throws std::runtime_error: there is none of this model.
Result SavedResult(const EmbeddedModel& model, const DataSet& data_set);

size_t FailedGates(const Result& result);

// The gates that are not passed, and the answers behind them; then all answers that changed. As
// Markdown; empty: nothing of that.
std::string DetailsText(const std::string& model, const Result& result);

}  // namespace earshot::accuracy
