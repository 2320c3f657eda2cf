// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/accuracy/recorded_gates.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/support/golden.h"

namespace earshot::accuracy {
namespace {

using Json = nlohmann::ordered_json;

std::string FolderOf(const std::string& model) {
  return test::SourcePath("tests/accuracy/" + model + "/");
}

host::Estimate EstimateFrom(const Json& json) {
  host::Estimate estimate;
  estimate.value = json.at("value");
  estimate.low = json.at("low");
  estimate.high = json.at("high");
  estimate.count = json.at("count");
  estimate.total = json.at("total");
  return estimate;
}

Json JsonFrom(const host::Estimate& estimate) {
  return {{"value", estimate.value},
          {"low", estimate.low},
          {"high", estimate.high},
          {"count", estimate.count},
          {"total", estimate.total}};
}

// One line for each figure.
std::string DataSetText(const RecordedDataSet& data_set) {
  std::string text = "{\n    \"gates\": " + Json(data_set.gates).dump() + ",\n    \"figures\": {";
  const char* separator = "\n";
  for (const auto& [name, estimate] : data_set.figures) {
    text += separator + ("      " + Json(name).dump()) + ": " + JsonFrom(estimate).dump();
    separator = ",\n";
  }
  return text + "\n    }\n  }";
}

}  // namespace

std::string GatesPath(const std::string& model) { return FolderOf(model) + "gates.json"; }

std::string AnswersPath(const std::string& model, const DataSet& data_set) {
  return FolderOf(model) + data_set.name + ".csv";
}

RecordedGates ReadGates(const std::string& model) {
  const std::string path = GatesPath(model);
  std::ifstream file(path);
  if (!file)
    throw std::runtime_error(path + ": cannot be opened; record_gates " + model + " makes it");
  RecordedGates gates;
  try {
    const Json json = Json::parse(file);
    gates.model_sha256 = json.at("model_sha256");
    gates.said_in_speech = json.at("said_in_speech").get<std::vector<std::string>>();
    for (const auto& [name, recorded] : json.at("data_sets").items()) {
      RecordedDataSet& data_set = gates.data_sets[name];
      data_set.gates = recorded.at("gates").get<std::vector<std::string>>();
      for (const auto& [metric, estimate] : recorded.at("figures").items()) {
        data_set.figures[metric] = EstimateFrom(estimate);
      }
    }
  } catch (const Json::exception& error) {
    throw std::runtime_error(path + ": " + error.what());
  }
  return gates;
}

void WriteGates(const std::string& model, const RecordedGates& gates) {
  std::string text = "{\n\"model_sha256\": " + Json(gates.model_sha256).dump() +
                     ",\n\"said_in_speech\": " + Json(gates.said_in_speech).dump() +
                     ",\n\"data_sets\": {";
  const char* separator = "\n";
  for (const DataSet& data_set : DataSets()) {
    const auto found = gates.data_sets.find(data_set.name);
    if (found == gates.data_sets.end()) continue;
    text += separator + ("  " + Json(found->first).dump()) + ": " + DataSetText(found->second);
    separator = ",\n";
  }
  std::filesystem::create_directories(FolderOf(model));
  host::WriteText(GatesPath(model), text + "\n}\n}\n");
}

std::map<std::string, host::Estimate> MeasuredFigures(const Json& model) {
  std::map<std::string, host::Estimate> figures;
  for (const auto& [name, estimate] : model.at("metrics").items()) {
    if (!estimate.at("value").is_null()) figures[name] = EstimateFrom(estimate);
  }
  return figures;
}

std::vector<std::string> GateArguments(const std::string& model, const DataSet& data_set,
                                       const RecordedGates& gates) {
  std::vector<std::string> arguments;
  for (const std::string& gate : gates.data_sets.at(data_set.name).gates) {
    arguments.insert(arguments.end(), {"--gate", gate});
  }
  if (data_set.keeps_answers) {
    arguments.insert(arguments.end(), {"--compare", AnswersPath(model, data_set)});
  }
  return arguments;
}

}  // namespace earshot::accuracy
