// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/operator_resolver.h"

namespace earshot {

int OperatorResolver::Find(BuiltinOperator op, TensorType type) const {
  for (size_t i = 0; i < kernels_.size(); ++i) {
    if (kernels_[i]->op == op && kernels_[i]->type == type) return static_cast<int>(i);
  }
  return -1;
}

bool OperatorResolver::HasOperator(BuiltinOperator op) const {
  for (const Kernel* kernel : kernels_) {
    if (kernel->op == op) return true;
  }
  return false;
}

}  // namespace earshot
