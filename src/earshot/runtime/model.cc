// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/model.h"

#include "earshot/runtime/model_verifier.h"

namespace earshot {
namespace {

static_assert(FLATBUFFERS_LITTLEENDIAN, "model files are little-endian and read in place");

flatbuffers::uoffset_t At(size_t index) { return static_cast<flatbuffers::uoffset_t>(index); }

// A vector of the file as a Span; a missing one is empty.
template <typename T>
Span<const T> Elements(const flatbuffers::Vector<T>* vector) {
  if (vector == nullptr) return {};
  return Span<const T>(vector->data(), vector->size());
}
template <typename Struct>
Span<const Struct> Elements(const flatbuffers::Vector<const Struct*>* vector) {
  if (vector == nullptr) return {};
  const void* begin = vector->Data();
  return Span<const Struct>(static_cast<const Struct*>(begin), vector->size());
}

BuiltinOperator CodeOf(const schema::OperatorCode& code) {
  // Files made before there were more than 127 operators only fill the older field.
  const auto older = static_cast<BuiltinOperator>(code.deprecated_builtin_code());
  return code.builtin_code() > older ? code.builtin_code() : older;
}

}  // namespace

Status Model::LoadStructure(Span<const uint8_t> bytes, Model* model) {
  EARSHOT_RETURN_IF_ERROR(VerifyStructure(bytes));
  *model = LoadVerified(bytes);
  return OkStatus();
}

Status Model::Load(Span<const uint8_t> bytes, Model* model) {
  EARSHOT_RETURN_IF_ERROR(VerifyModel(bytes));
  *model = LoadVerified(bytes);
  return OkStatus();
}

const schema::SubGraph& Model::subgraph(size_t index) const {
  return *root_->subgraphs()->Get(At(index));
}

const schema::Operator& Model::op(size_t subgraph, size_t index) const {
  return *this->subgraph(subgraph).operators()->Get(At(index));
}

Model Model::LoadVerified(Span<const uint8_t> bytes) {
  Model model;
  model.bytes_ = bytes;
  model.root_ = schema::GetModel(bytes.data());
  return model;
}

size_t Model::tensor_count(size_t subgraph) const {
  const auto* tensors = this->subgraph(subgraph).tensors();
  return tensors == nullptr ? 0 : tensors->size();
}

size_t Model::operator_count(size_t subgraph) const {
  const auto* operators = this->subgraph(subgraph).operators();
  return operators == nullptr ? 0 : operators->size();
}

TensorInfo Model::tensor(size_t subgraph, size_t index) const {
  const schema::Tensor& tensor = *this->subgraph(subgraph).tensors()->Get(At(index));
  TensorInfo info;
  info.type = tensor.type();
  info.shape = Elements(tensor.shape());
  info.bytes = ElementBytes(info.type) * static_cast<uint32_t>(info.count());
  info.is_variable = tensor.is_variable();
  if (root_->buffers() != nullptr) {
    info.data = Elements(root_->buffers()->Get(tensor.buffer())->data());
  }
  if (const auto* quantization = tensor.quantization(); quantization != nullptr) {
    info.zero_points = Elements(quantization->zero_point());
    if (!info.zero_points.empty()) info.scales = Elements(quantization->scale());
    info.quantized_dimension = quantization->quantized_dimension();
  }
  return info;
}

const char* Model::tensor_name(size_t subgraph, size_t index) const {
  const auto* name = this->subgraph(subgraph).tensors()->Get(At(index))->name();
  return name == nullptr ? kNoName : name->c_str();
}

BuiltinOperator Model::operator_code(const schema::Operator& op) const {
  return CodeOf(*root_->operator_codes()->Get(op.opcode_index()));
}

const char* Model::custom_code(const schema::Operator& op) const {
  const auto* name = root_->operator_codes()->Get(op.opcode_index())->custom_code();
  return name == nullptr ? kNoName : name->c_str();
}

const char* Model::description() const {
  return root_->description() == nullptr ? kNoName : root_->description()->c_str();
}

bool Model::remembers() const {
  return subgraph_count() > kInitSubgraph && operator_count(0) != 0 &&
         operator_code(op(0, 0)) == BuiltinOperator::CALL_ONCE;
}

size_t Model::running_subgraphs() const {
  const auto* codes = root_->operator_codes();
  for (size_t i = 0; codes != nullptr && i < codes->size(); ++i) {
    const BuiltinOperator code = CodeOf(*codes->Get(At(i)));
    if (code == BuiltinOperator::IF || code == BuiltinOperator::WHILE) return subgraph_count();
  }
  return remembers() ? kInitSubgraph + 1 : 1;
}

Span<const int32_t> Model::Indices(const flatbuffers::Vector<int32_t>* indices) {
  return Elements(indices);
}

}  // namespace earshot
