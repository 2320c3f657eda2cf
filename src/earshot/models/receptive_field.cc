// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/receptive_field.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "earshot/app/spotter_settings.h"

namespace earshot {
namespace {

// A deeper graph than any network's, but not deeper than the stack.
constexpr int kDeepest = 2000;

class Graph {
 public:
  Graph(const Model& model, int32_t window_ms, int32_t period_ms)
      : model_(model),
        window_ms_(window_ms),
        period_ms_(period_ms),
        sources_(model.tensor_count(0), -1),
        reaches_(model.tensor_count(0)),
        is_visited_(model.tensor_count(0)) {
    for (size_t i = 0; i < model.operator_count(0); ++i) {
      for (const int32_t output : Model::Indices(model.op(0, i).outputs())) {
        if (output >= 0) sources_[static_cast<size_t>(output)] = static_cast<int>(i);
      }
    }
  }

  // How far back a tensor depends on the audio, in ms; 0: not at all. Empty: unknown.
  std::optional<int64_t> Reach(int32_t tensor, int depth = 0) {
    if (tensor < 0) return 0;
    const auto index = static_cast<size_t>(tensor);
    if (is_visited_[index]) return reaches_[index];  // Of a tensor that depends on itself, none.
    if (depth > kDeepest) return {};
    is_visited_[index] = true;
    reaches_[index] = Work(tensor, depth + 1);
    return reaches_[index];
  }

 private:
  Span<const int32_t> Inputs(int op) const {
    return Model::Indices(model_.op(0, static_cast<size_t>(op)).inputs());
  }
  BuiltinOperator Code(int op) const {
    return op < 0 ? BuiltinOperator::CUSTOM
                  : model_.operator_code(model_.op(0, static_cast<size_t>(op)));
  }
  int Source(int32_t tensor) const {
    return tensor < 0 ? -1 : sources_[static_cast<size_t>(tensor)];
  }

  std::optional<int64_t> Work(int32_t tensor, int depth) {
    for (const int32_t input : Model::Indices(model_.subgraph(0).inputs())) {
      if (input == tensor) return window_ms_;
    }
    const int op = Source(tensor);
    if (op < 0) return 0;  // A constant.
    if (Code(op) == BuiltinOperator::READ_VARIABLE) return ReachOfVariable(op, depth);
    return Furthest(Inputs(op), -1, depth);
  }

  // Of these tensors, but for one.
  std::optional<int64_t> Furthest(Span<const int32_t> tensors, int32_t but, int depth) {
    int64_t furthest = 0;
    for (const int32_t tensor : tensors) {
      if (tensor == but) continue;
      const std::optional<int64_t> reach = Reach(tensor, depth);
      if (!reach) return {};
      furthest = std::max(furthest, *reach);
    }
    return furthest;
  }

  std::optional<int64_t> ReachOfVariable(int op, int depth) {
    const Span<const int32_t> inputs = Inputs(op);
    const int32_t value = inputs.empty() ? -1 : Assigned(NameOf(inputs[0]));
    if (value < 0) return 0;  // It keeps the value that it began with.
    const int queue = Before(value);
    if (Code(queue) == BuiltinOperator::CONCATENATION) {
      for (const int32_t old : Inputs(queue)) {
        const int source = Before(old);
        if (Code(source) != BuiltinOperator::READ_VARIABLE || Inputs(source).empty() ||
            NameOf(Inputs(source)[0]) != NameOf(inputs[0])) {
          continue;
        }
        return ReachOfQueue(queue, old, depth);
      }
    }
    const std::optional<int64_t> reach = Reach(value, depth);
    if (!reach) return {};
    return *reach + period_ms_;
  }

  // What is new in this concatenation covers the time of one inference, and what is `old` as much
  // more as it has of that.
  std::optional<int64_t> ReachOfQueue(int queue, int32_t old, int depth) {
    const std::optional<int64_t> fresh = Furthest(Inputs(queue), old, depth);
    const Span<const int32_t> outputs =
        Model::Indices(model_.op(0, static_cast<size_t>(queue)).outputs());
    const Span<const int32_t> kept = model_.tensor(0, static_cast<size_t>(old)).shape;
    const Span<const int32_t> all = model_.tensor(0, static_cast<size_t>(outputs[0])).shape;
    if (!fresh || kept.size() != all.size()) return {};
    for (size_t axis = 0; axis < all.size(); ++axis) {
      const int64_t added = int64_t{all[axis]} - kept[axis];
      if (added > 0) return *fresh + (kept[axis] * int64_t{period_ms_} + added - 1) / added;
    }
    return {};
  }

  // The operator that made what this tensor has a part of, or in another form; -1: none.
  int Before(int32_t tensor) const {
    int op = Source(tensor);
    for (size_t steps = model_.operator_count(0); op >= 0 && steps > 0; --steps) {
      const BuiltinOperator code = Code(op);
      const bool is_part = code == BuiltinOperator::STRIDED_SLICE ||
                           code == BuiltinOperator::RESHAPE || code == BuiltinOperator::QUANTIZE;
      if (!is_part || Inputs(op).empty()) return op;
      op = Source(Inputs(op)[0]);
    }
    return op;
  }

  // The name of the variable that a resource is of; empty: none.
  std::string NameOf(int32_t resource) const {
    const int source = Source(resource);
    if (Code(source) != BuiltinOperator::VAR_HANDLE) return "";
    const schema::Operator& op = model_.op(0, static_cast<size_t>(source));
    const auto* options = op.builtin_options_as_VarHandleOptions();
    if (options == nullptr) return "";
    const auto text = [](const flatbuffers::String* name) {
      return name == nullptr ? std::string() : name->str();
    };
    return text(options->container()) + '/' + text(options->shared_name());
  }

  // The tensor that is assigned to the variable; -1: none is.
  int32_t Assigned(const std::string& name) const {
    for (size_t i = 0; i < model_.operator_count(0) && !name.empty(); ++i) {
      const Span<const int32_t> inputs = Inputs(static_cast<int>(i));
      if (Code(static_cast<int>(i)) != BuiltinOperator::ASSIGN_VARIABLE || inputs.size() < 2) {
        continue;
      }
      if (NameOf(inputs[0]) == name) return inputs[1];
    }
    return -1;
  }

  const Model& model_;
  const int32_t window_ms_;
  const int32_t period_ms_;
  // One per tensor: the operator that gives it, or -1; what Reach() found; whether it was asked.
  std::vector<int> sources_;
  std::vector<std::optional<int64_t>> reaches_;
  std::vector<bool> is_visited_;
};

}  // namespace

int32_t ReceptiveFieldMs(const Model& model, int32_t window_ms, int32_t period_ms) {
  const Span<const int32_t> outputs = Model::Indices(model.subgraph(0).outputs());
  if (outputs.empty()) return 0;
  const std::optional<int64_t> reach = Graph(model, window_ms, period_ms).Reach(outputs[0]);
  return static_cast<int32_t>(
      std::min<int64_t>(reach.value_or(0), kSettingRanges.context_ms.highest));
}

}  // namespace earshot
