// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/operator_resolver.h"

namespace earshot {
namespace {

bool IsSameName(const char* a, const char* b) {
  for (; *a == *b; ++a, ++b) {
    if (*a == '\0') return true;
  }
  return false;
}

// Built-in operators have no names.
bool HasName(const OperatorView& op, const KernelKey& key) {
  return key.custom_name == nullptr || IsSameName(key.custom_name, op.custom_code());
}

bool HasTypes(const OperatorView& op, const KernelKey& key) {
  for (size_t role = 0; role < KernelKey::kRoles; ++role) {
    if (key.types[role] == kAnyType) continue;
    const size_t place = key.places[role];
    if (role == KernelKey::kOutput) {
      if (place >= op.output_count() || op.output(place).type != key.types[role]) return false;
    } else {
      if (!op.names_input(place) || op.input(place).type != key.types[role]) return false;
    }
  }
  return true;
}

}  // namespace

int OperatorResolver::Find(const OperatorView& op) const {
  const BuiltinOperator code = op.code();
  int answer = kNotAtAll;
  for (size_t i = 0; i < kernels_.size(); ++i) {
    const KernelKey& key = kernels_[i]->key;
    if (key.op() != code || !HasName(op, key)) continue;
    if (HasTypes(op, key)) return static_cast<int>(i);
    answer = kOtherTypesOnly;
  }
  return answer;
}

}  // namespace earshot
