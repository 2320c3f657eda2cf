// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a model has reached, and must go on reaching: tests/accuracy/<model>/gates.json.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "earshot/host/evaluation/results.h"
#include "tests/accuracy/data_sets.h"

namespace earshot::accuracy {

struct RecordedDataSet {
  std::vector<std::string> gates;                 // As for `earshot evaluate --gate`.
  std::map<std::string, host::Estimate> figures;  // By the metric's name.
};

struct RecordedGates {
  std::string model_sha256;
  std::vector<std::string> said_in_speech;           // See EvaluateOn().
  std::map<std::string, RecordedDataSet> data_sets;  // By DataSet::name.
};

// The files of a model in this repository.
std::string GatesPath(const std::string& model);
std::string AnswersPath(const std::string& model, const DataSet& data_set);

// Throws std::runtime_error "<path>: ...".
RecordedGates ReadGates(const std::string& model);
void WriteGates(const std::string& model, const RecordedGates& gates);

// The "metrics" of a model in the JSON of `earshot evaluate` that were measured. Throws
// nlohmann::json::exception where there are none.
std::map<std::string, host::Estimate> MeasuredFigures(const nlohmann::ordered_json& model);

// What `earshot evaluate` is asked for to hold a model to its gates.
std::vector<std::string> GateArguments(const std::string& model, const DataSet& data_set,
                                       const RecordedGates& gates);

}  // namespace earshot::accuracy
