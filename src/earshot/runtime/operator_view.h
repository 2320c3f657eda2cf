// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// OperatorView: one operator of a model as it stands in the file.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/tensor_info.h"

namespace earshot {

// To be passed by reference or copied; the model outlives it.
class OperatorView {
 public:
  // Precondition: the model is loaded, at least by Model::LoadStructure(); both numbers are in
  // range.
  OperatorView(const Model& model, size_t subgraph, size_t index)
      : model_(model),
        subgraph_(subgraph),
        index_(index),
        op_(model.op(subgraph, index)),
        inputs_(Model::Indices(op_.inputs())),
        outputs_(Model::Indices(op_.outputs())) {}

  const Model& model() const { return model_; }
  size_t subgraph() const { return subgraph_; }
  // Its place among the operators of its subgraph.
  size_t op_index() const { return index_; }
  const schema::Operator& op() const { return op_; }
  BuiltinOperator code() const { return model_.operator_code(op_); }
  // The name of a custom operator; empty for the built-in ones.
  const char* custom_code() const { return model_.custom_code(op_); }

  // Its options; empty: none. In a form that the operator's author chose, mostly a FlexbufferMap.
  Span<const uint8_t> custom_options() const {
    const auto* options = op_.custom_options();
    return options == nullptr ? Span<const uint8_t>()
                              : Span<const uint8_t>(options->data(), options->size());
  }

  // Indices of tensors in the subgraph; negative: an optional input that is left out.
  Span<const int32_t> inputs() const { return inputs_; }
  Span<const int32_t> outputs() const { return outputs_; }
  size_t input_count() const { return inputs_.size(); }
  size_t output_count() const { return outputs_.size(); }

  // Whether input `i` is given: optional ones may be left out, be marked as absent, or be tensors
  // without elements, as some converters write them.
  bool has_input(size_t i) const;
  // Whether it names a tensor as its input `i`, be it one without elements.
  bool names_input(size_t i) const { return i < inputs_.size() && inputs_[i] >= 0; }
  // Precondition: names_input(i).
  TensorInfo input(size_t i) const { return tensor(inputs_[i]); }
  // Precondition: i < output_count().
  TensorInfo output(size_t i) const { return tensor(outputs_[i]); }

  // The operator's options, e.g. schema::Conv2DOptions, or null when the file has none of this
  // kind.
  template <typename Options>
  const Options* options() const {
    return op_.builtin_options_as<Options>();
  }

 protected:
  TensorInfo tensor(int32_t index) const {
    return model_.tensor(subgraph_, static_cast<size_t>(index));
  }

 private:
  const Model& model_;
  size_t subgraph_;
  size_t index_;
  const schema::Operator& op_;
  Span<const int32_t> inputs_;
  Span<const int32_t> outputs_;
};

}  // namespace earshot
