// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Model: a .tflite file in read-only memory, verified once and then read in place.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/runtime/schema/model_format_generated.h"
#include "earshot/runtime/tensor_info.h"

namespace earshot {

using schema::BuiltinOperator;

// Where model bytes must begin: constants inside the file are aligned relative to its start.
constexpr size_t kModelAlignment = 16;

// The subgraph that a model's first operator may call, if that is CALL_ONCE.
constexpr size_t kInitSubgraph = 1;

class Model {
 public:
  // An empty model: usable only as the target of Load().
  Model() = default;

  // Verifies `bytes` as a TensorFlow Lite model of schema version 3 and shows it through `model`.
  // Nothing is copied: the caller keeps the bytes alive and unchanged as long as the model, or
  // anything made from it, is used.
  //
  // Verified: every offset of the flatbuffer; indices of buffers, tensors and operator codes; and
  // of the tensors that are touched, by an operator that runs or from outside, shapes, sizes and
  // alignment of constants, and quantization parameters. What an operator demands of its tensors,
  // and that each is there when it is read, Interpreter::AllocateTensors() checks.
  //
  // kInvalidArgument: bytes do not begin at a multiple of kModelAlignment.
  // kInvalidModel: the file is damaged or contradicts itself.
  // kUnsupported: valid, but of a kind that Earshot does not read (sparse tensors, external data).
  static Status Load(Span<const uint8_t> bytes, Model* model);

  // The same without a look at the tensors: for showing what is in a file, above all the operators
  // that nobody has. Such a model must not be run.
  static Status LoadStructure(Span<const uint8_t> bytes, Model* model);

  // Shows bytes that Load() accepts, without verifying them again: for a model that is part of the
  // image and was loaded when the image was built, so that the image need not hold the verifier.
  // The bytes begin at a multiple of kModelAlignment, or are what VerifyModelOfWords() accepts. Any
  // others make everything undefined.
  static Model LoadVerified(Span<const uint8_t> bytes);

  bool loaded() const { return root_ != nullptr; }
  Span<const uint8_t> bytes() const { return bytes_; }

  // The rest: preconditions are loaded() and indices in range. Subgraph 0 is the main one.
  size_t subgraph_count() const { return root_->subgraphs()->size(); }
  size_t tensor_count(size_t subgraph) const;
  size_t operator_count(size_t subgraph) const;
  const schema::SubGraph& subgraph(size_t index) const;
  TensorInfo tensor(size_t subgraph, size_t index) const;
  // Empty: it has none.
  const char* tensor_name(size_t subgraph, size_t index) const;
  const schema::Operator& op(size_t subgraph, size_t index) const;
  BuiltinOperator operator_code(const schema::Operator& op) const;
  // The name of a custom operator; empty for the built-in ones.
  const char* custom_code(const schema::Operator& op) const;
  const char* description() const;
  // Whether it keeps something from one inference to the next: its first operator is CALL_ONCE, and
  // there is a subgraph for that to call, kInitSubgraph, which gives variables their start values.
  bool remembers() const;
  // The first so many subgraphs are what may run: all, where a model can call any (IF, WHILE).
  size_t running_subgraphs() const;

  // Indices of the tensors that a subgraph or an operator takes or gives.
  static Span<const int32_t> Indices(const flatbuffers::Vector<int32_t>* indices);

 private:
  Span<const uint8_t> bytes_;
  const schema::Model* root_ = nullptr;
};

}  // namespace earshot
