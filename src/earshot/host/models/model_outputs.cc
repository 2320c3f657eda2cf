// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/model_outputs.h"

namespace earshot::host {
namespace {

// The operator of the main graph that gives a tensor; null: none does.
const schema::Operator* SourceOf(const Model& model, int32_t tensor) {
  for (size_t i = 0; i < model.operator_count(0); ++i) {
    const schema::Operator& op = model.op(0, i);
    for (const int32_t output : Model::Indices(op.outputs())) {
      if (output == tensor) return &op;
    }
  }
  return nullptr;
}

// Whether an operator gives the numbers that it takes, in another form.
bool KeepsNumbers(BuiltinOperator code) {
  return code == BuiltinOperator::RESHAPE || code == BuiltinOperator::SQUEEZE ||
         code == BuiltinOperator::QUANTIZE || code == BuiltinOperator::DEQUANTIZE;
}

}  // namespace

bool ScoresShareCertainty(const Model& model) {
  const Span<const int32_t> outputs = Model::Indices(model.subgraph(0).outputs());
  if (outputs.empty()) return false;
  int32_t tensor = outputs[0];
  // A graph has no more steps than operators, whatever a damaged one claims.
  for (size_t steps = model.operator_count(0); steps > 0; --steps) {
    const schema::Operator* const op = SourceOf(model, tensor);
    if (op == nullptr) return false;
    const BuiltinOperator code = model.operator_code(*op);
    if (code == BuiltinOperator::SOFTMAX) return true;
    const Span<const int32_t> inputs = Model::Indices(op->inputs());
    if (!KeepsNumbers(code) || inputs.empty()) return false;
    tensor = inputs[0];
  }
  return false;
}

}  // namespace earshot::host
