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

// Tools that compile a model for an accelerator put one custom operator of such a name in the place
// of many.
constexpr struct {
  const char* operator_name;
  const char* accelerator;
} kCompilers[] = {{"ethos-u", "Arm Ethos-U"},
                  {"edgetpu-custom-op", "Google's Edge TPU"},
                  {"NeutronGraph", "NXP eIQ Neutron"},
                  {"vsi-npu", "a VeriSilicon NPU"}};

// The types of data for which `resolver` has kernels of the same operator.
std::vector<std::string> TypesOf(const OperatorResolver& resolver, const OperatorView& op) {
  std::vector<std::string> types;
  for (size_t i = 0; i < resolver.size(); ++i) {
    const Kernel* const kernel[] = {&resolver.kernel(i)};
    const TensorType type = kernel[0]->key.types[KernelKey::kData];
    if (type == kAnyType || OperatorResolver(kernel).Find(op) == OperatorResolver::kNotAtAll) {
      continue;
    }
    const std::string name = TypeName(type);
    if (std::find(types.begin(), types.end(), name) == types.end()) types.push_back(name);
  }
  return types;
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
      const OperatorView op(model, subgraph, i);
      if (resolver.Find(op) >= 0) continue;
      const std::string name = OperatorName(model, op.op());
      const std::string type = op.names_input(0) ? TypeName(op.input(0).type) : "";
      const auto known = std::find_if(missing.begin(), missing.end(), [&](const auto& other) {
        return other.name == name && other.type == type;
      });
      if (known != missing.end()) {
        ++known->uses;
      } else {
        missing.push_back({name, type, 1, TypesOf(resolver, op)});
      }
    }
  }
  return missing;
}

std::string MissingText(const std::vector<MissingOperator>& missing) {
  for (const MissingOperator& op : missing) {
    for (const auto& compiler : kCompilers) {
      if (op.name != compiler.operator_name) continue;
      return std::string("compiled for ") + compiler.accelerator + " (operator " + op.name +
             "): use the .tflite file that it was made from";
    }
  }
  std::string text;
  for (const MissingOperator& op : missing) {
    text += text.empty() ? "no kernel for " : ", ";
    text += op.name;
    if (!op.type.empty()) text += " of " + op.type;
    for (size_t i = 0; i < op.other_types.size(); ++i) {
      text += (i == 0 ? " (only of " : i + 1 == op.other_types.size() ? " and " : ", ");
      text += op.other_types[i];
    }
    if (!op.other_types.empty()) text += ")";
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
