// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/resized_model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstring>
#include <map>

#include "earshot/models/model_error.h"
#include "earshot/models/runnable_model.h"
#include "earshot/models/shape_rules.h"
#include "earshot/runtime/operator_view.h"

namespace earshot {
namespace {

// New shapes of a model's tensors, worked out in the order of its operators. The file stays as it
// is until all are known: a damaged one may have shapes that lie in one another.
class NewShapes {
 public:
  NewShapes(const std::string& name, const Model& model) : name_(name), model_(model) {}

  void Set(int32_t tensor, const TensorShape& shape) {
    const TensorShape before = InFile(tensor);
    if (shape.size() != before.size()) {
      throw ModelError(
          fmt::format("{}: tensor {}: found the shape [{}], wanted {} dimensions, as "
                      "in the file",
                      name_, tensor, fmt::join(shape, ","), before.size()));
    }
    if (shape != before) changed_[tensor] = shape;
  }

  void Follow(const OperatorView& op) {
    ReshapedOperator reshaped = {op, {}};
    bool is_touched = false;
    for (const int32_t input : op.inputs()) {
      is_touched = is_touched || changed_.count(input) != 0;
      reshaped.inputs.push_back(input < 0 ? TensorShape() : Of(input));
    }
    if (!is_touched) return;
    std::string wrong;
    const TensorShape shape = OutputShape(reshaped, &wrong);
    if (wrong.empty() && op.output_count() != 1) wrong = "found several outputs, wanted one";
    if (!wrong.empty()) {
      throw ModelError(fmt::format("{}: operator {} ({}), for an input of another shape: {}", name_,
                                   op.op_index(), OperatorName(model_, op.op()), wrong));
    }
    Set(op.outputs()[0], shape);
  }

  AlignedBytes Write() const {
    AlignedBytes file(model_.bytes());
    std::map<size_t, TensorShape> at;  // By where they lie in the file.
    for (const auto& [tensor, shape] : changed_) at[PlaceOf(0, tensor)] = shape;
    CheckShared(at);
    for (const auto& [place, shape] : at) {
      std::memcpy(file.span().data() + place, shape.data(), shape.size() * sizeof(int32_t));
    }
    return file;
  }

 private:
  TensorShape InFile(int32_t tensor) const {
    const Span<const int32_t> shape = model_.tensor(0, static_cast<size_t>(tensor)).shape;
    return {shape.begin(), shape.end()};
  }

  TensorShape Of(int32_t tensor) const {
    const auto changed = changed_.find(tensor);
    return changed == changed_.end() ? InFile(tensor) : changed->second;
  }

  size_t PlaceOf(size_t subgraph, int32_t tensor) const {
    const Span<const int32_t> shape = model_.tensor(subgraph, static_cast<size_t>(tensor)).shape;
    return static_cast<size_t>(reinterpret_cast<const uint8_t*>(shape.data()) -
                               model_.bytes().data());
  }

  // Equal shapes may be one in the file, for several tensors; they must stay equal.
  void CheckShared(const std::map<size_t, TensorShape>& at) const {
    for (size_t subgraph = 0; subgraph < model_.subgraph_count(); ++subgraph) {
      for (size_t i = 0; i < model_.tensor_count(subgraph); ++i) {
        const auto tensor = static_cast<int32_t>(i);
        if (model_.tensor(subgraph, i).shape.empty()) continue;
        const auto changed = at.find(PlaceOf(subgraph, tensor));
        if (changed == at.end() || (subgraph == 0 && Of(tensor) == changed->second)) continue;
        throw ModelError(
            fmt::format("{}: tensor {}: found a shape that other tensors share, wanted "
                        "one of its own, for an input of another shape",
                        name_, tensor));
      }
    }
  }

  const std::string& name_;
  const Model& model_;
  std::map<int32_t, TensorShape> changed_;
};

}  // namespace

AlignedBytes WithInputShape(const std::string& name, const Model& model, const TensorShape& shape) {
  NewShapes shapes(name, model);
  shapes.Set(Model::Indices(model.subgraph(0).inputs())[0], shape);
  for (size_t i = 0; i < model.operator_count(0); ++i) shapes.Follow(OperatorView(model, 0, i));
  return shapes.Write();
}

}  // namespace earshot
