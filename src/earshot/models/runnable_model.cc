// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/runnable_model.h"

#include <algorithm>
#include <cctype>

#include "earshot/runtime/status_text.h"

namespace earshot {
namespace {

std::string Text(const Status& status) {
  char text[kStatusTextBytes];
  return StatusText(status, text);
}

}  // namespace

std::string TypeName(TensorType type) {
  std::string name = schema::EnumNameTensorType(type);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return name.empty() ? "type " + std::to_string(static_cast<int>(type)) : name;
}

std::string OperatorName(const Model& model, const schema::Operator& op) {
  const BuiltinOperator code = model.operator_code(op);
  const std::string name = code == BuiltinOperator::CUSTOM ? model.custom_code(op)
                                                           : schema::EnumNameBuiltinOperator(code);
  return name.empty() ? "operator " + std::to_string(static_cast<int>(code)) : name;
}

std::vector<MissingOperator> FindMissingOperators(const Model& model,
                                                  const OperatorResolver& resolver) {
  std::vector<MissingOperator> missing;
  for (size_t subgraph = 0; subgraph < model.running_subgraphs(); ++subgraph) {
    for (size_t i = 0; i < model.operator_count(subgraph); ++i) {
      const schema::Operator& op = model.op(subgraph, i);
      if (resolver.Find(model, subgraph, op) >= 0) continue;
      const Span<const int32_t> inputs = Model::Indices(op.inputs());
      const bool has_type = !inputs.empty() && inputs[0] >= 0;
      const std::string name = OperatorName(model, op);
      const std::string type =
          has_type ? TypeName(model.tensor(subgraph, static_cast<size_t>(inputs[0])).type) : "";
      const auto known = std::find_if(missing.begin(), missing.end(), [&](const auto& other) {
        return other.name == name && other.type == type;
      });
      if (known != missing.end()) {
        ++known->uses;
      } else {
        missing.push_back({name, type, 1});
      }
    }
  }
  return missing;
}

std::string MissingText(const std::vector<MissingOperator>& missing) {
  std::string text;
  for (const MissingOperator& op : missing) {
    text += text.empty() ? "no kernel for " : ", ";
    text += op.name;
    if (!op.type.empty()) text += " of " + op.type;
  }
  return text;
}

std::string LoadRunnable(Span<const uint8_t> bytes, const OperatorResolver& resolver,
                         Model* model) {
  if (const Status status = Model::LoadStructure(bytes, model); !status.ok()) return Text(status);
  if (const auto missing = FindMissingOperators(*model, resolver); !missing.empty()) {
    return MissingText(missing);
  }
  const Status status = Model::Load(bytes, model);
  return status.ok() ? "" : Text(status);
}

}  // namespace earshot
