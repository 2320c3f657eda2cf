// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/operator_resolver.h"

namespace earshot {

int OperatorResolver::Find(BuiltinOperator op, TensorType type) const {
  for (size_t i = 0; i < kernels_.size(); ++i) {
    if (kernels_[i]->op == op && kernels_[i]->type == type) return static_cast<int>(i);
  }
  return -1;
}

int OperatorResolver::Find(const Model& model, size_t subgraph, const schema::Operator& op) const {
  const Span<const int32_t> inputs = Model::Indices(op.inputs());
  TensorType type = TensorType::RESOURCE;
  if (!inputs.empty()) {
    if (inputs[0] < 0) return -1;
    type = model.tensor(subgraph, static_cast<size_t>(inputs[0])).type;
  }
  return Find(model.operator_code(op), type);
}

bool OperatorResolver::HasOperator(BuiltinOperator op) const {
  for (const Kernel* kernel : kernels_) {
    if (kernel->op == op) return true;
  }
  return false;
}

}  // namespace earshot
