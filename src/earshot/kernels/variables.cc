// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/variables.h"

#include <cstring>

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

// A missing text is an empty one.
bool Equal(const flatbuffers::String* a, const flatbuffers::String* b) {
  const size_t size = a == nullptr ? 0 : a->size();
  if (size != (b == nullptr ? 0 : b->size())) return false;
  return size == 0 || std::memcmp(a->data(), b->data(), size) == 0;
}

bool SameName(const schema::VarHandleOptions& a, const schema::VarHandleOptions& b) {
  return Equal(a.shared_name(), b.shared_name()) && Equal(a.container(), b.container());
}

// The name in an operator; null: it is no VAR_HANDLE with options.
const schema::VarHandleOptions* NameIn(const Model& model, const schema::Operator& op) {
  if (model.operator_code(op) != BuiltinOperator::VAR_HANDLE) return nullptr;
  return op.builtin_options_as_VarHandleOptions();
}

bool Is(const Span<const int32_t>& indices, int32_t tensor) {
  return !indices.empty() && indices[0] == tensor;
}

// Finds the value that is assigned to `resource` behind this operator. Nothing but the verifier has
// looked at those operators.
bool FindAssignedValue(const PrepareContext& context, int32_t resource, TensorInfo* value) {
  const Model& model = context.model();
  const size_t subgraph = context.subgraph();
  for (size_t i = context.op_index() + 1; i < model.operator_count(subgraph); ++i) {
    const schema::Operator& op = model.op(subgraph, i);
    const Span<const int32_t> inputs = Model::Indices(op.inputs());
    if (model.operator_code(op) != BuiltinOperator::ASSIGN_VARIABLE || !Is(inputs, resource)) {
      continue;
    }
    if (inputs.size() < 2 || inputs[1] < 0) return false;
    *value = model.tensor(subgraph, static_cast<size_t>(inputs[1]));
    return true;
  }
  return false;
}

Verdict AllocateVariable(PrepareContext& context) {
  TensorInfo value;
  if (!FindAssignedValue(context, Model::Indices(context.op().outputs())[0], &value)) {
    return context.Unsupported("VAR_HANDLE: assignments in CALL_ONCE's subgraph"_text, 0, 1);
  }
  if (value.bytes == 0) {
    return context.UnsupportedType("VAR_HANDLE: type"_text, value.type, TensorType::INT8);
  }
  Variable variable = {0, static_cast<uint32_t>(value.bytes), static_cast<int32_t>(value.type)};
  const size_t words = (value.bytes + sizeof(uint32_t) - 1) / sizeof(uint32_t);
  context.ReserveArray<uint32_t>(words, &variable.offset);  // CALL_ONCE assigns it first.
  context.SetData(variable);
  return Verdict::Ok();
}

// Takes over the Variable of the resource that is input 0, and checks it against the value that is
// read or assigned.
Verdict PrepareAccess(PrepareContext& context, const TensorInfo& value) {
  const Model& model = context.model();
  const size_t subgraph = context.subgraph();
  const int32_t resource = Model::Indices(context.op().inputs())[0];
  for (size_t i = 0; i < context.op_index(); ++i) {
    const schema::Operator& op = model.op(subgraph, i);
    if (!Is(Model::Indices(op.outputs()), resource) || NameIn(model, op) == nullptr) continue;
    const auto* variable = context.ShareData<Variable>(subgraph, i);
    if (variable == nullptr) return Verdict::Ok();  // The arena is too small.
    const auto type = static_cast<TensorType>(variable->type);
    if (value.type != type) {
      return context.InvalidType("variable: type of a value"_text, value.type, type);
    }
    return CheckEqual(context, "variable: bytes of a value"_text, static_cast<int32_t>(value.bytes),
                      static_cast<int32_t>(variable->bytes));
  }
  return context.Invalid("variable: VAR_HANDLE in front of it"_text, 0, 1);
}

}  // namespace

Verdict PrepareVarHandle(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 0, 0));
  EARSHOT_RETURN_IF_ERROR(
      CheckType(context, "output: type"_text, context.output(0), TensorType::RESOURCE));
  const auto* name = context.options<schema::VarHandleOptions>();
  if (name == nullptr) return MissingOptions(context);
  if (!context.model().remembers() || context.model().operator_count(kInitSubgraph) == 0) {
    return context.Unsupported("VAR_HANDLE: CALL_ONCE as the model's first operator"_text, 0, 1);
  }

  const Model& model = context.model();
  const bool is_in_init = context.subgraph() == kInitSubgraph;
  const size_t end = is_in_init ? context.op_index() : model.operator_count(kInitSubgraph);
  for (size_t i = 0; i < end; ++i) {
    const auto* other = NameIn(model, model.op(kInitSubgraph, i));
    if (other == nullptr || !SameName(*other, *name)) continue;
    context.ShareData<Variable>(kInitSubgraph, i);
    return Verdict::Ok();
  }
  if (is_in_init) return AllocateVariable(context);
  return context.Unsupported("VAR_HANDLE: variables of its name in CALL_ONCE's subgraph"_text, 0,
                             1);
}

Verdict PrepareReadVariable(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  if (context.subgraph() == kInitSubgraph) {
    return context.Unsupported("READ_VARIABLE: times in CALL_ONCE's subgraph"_text, 1, 0);
  }
  return PrepareAccess(context, context.output(0));
}

Verdict PrepareAssignVariable(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2, 0));
  return PrepareAccess(context, context.input(1));
}

}  // namespace earshot
