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

bool HasType(const KernelKey& key, size_t role, const schema::SubGraph& graph,
             const schema::Operator& op) {
  if (key.types[role] == kAnyType) return true;
  const auto* indices = role == KernelKey::kOutput ? op.outputs() : op.inputs();
  if (indices == nullptr || key.places[role] >= indices->size()) return false;
  const int32_t index = indices->Get(key.places[role]);
  if (index < 0) return false;
  const auto place = static_cast<flatbuffers::uoffset_t>(index);
  return graph.tensors()->Get(place)->type() == key.types[role];
}

}  // namespace

KeyFit FitsData(const KernelKey& key, const Model& model, size_t subgraph,
                const schema::Operator& op) {
  const bool fits = HasType(key, KernelKey::kData, model.subgraph(subgraph), op);
  return fits ? KeyFit::kFits : KeyFit::kOtherTypes;
}

KeyFit FitsAll(const KernelKey& key, const Model& model, size_t subgraph,
               const schema::Operator& op) {
  if (key.custom_name != nullptr && !IsSameName(key.custom_name, model.custom_code(op))) {
    return KeyFit::kOtherName;
  }
  for (size_t role = 0; role < KernelKey::kRoles; ++role) {
    if (!HasType(key, role, model.subgraph(subgraph), op)) return KeyFit::kOtherTypes;
  }
  return KeyFit::kFits;
}

int OperatorResolver::Find(const Model& model, size_t subgraph, const schema::Operator& op) const {
  const BuiltinOperator code = model.operator_code(op);
  int answer = kNotAtAll;
  for (size_t i = 0; i < kernels_.size(); ++i) {
    const KernelKey& key = kernels_[i]->key;
    if (key.op() != code) continue;
    const KeyFit fit = key.fits(key, model, subgraph, op);
    if (fit == KeyFit::kFits) return static_cast<int>(i);
    if (fit == KeyFit::kOtherTypes) answer = kOtherTypesOnly;
  }
  return answer;
}

}  // namespace earshot
