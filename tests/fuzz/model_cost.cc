// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/model_cost.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "earshot/runtime/operator_view.h"

namespace earshot::test {
namespace {

// One deeper than the interpreter follows.
constexpr int kMostCalls = 5;

// An extent of 0 counts as 1: what lies around it may still be gone through.
double Elements(const TensorInfo& tensor) {
  double elements = 1;
  for (const int32_t extent : tensor.shape) elements *= std::max(extent, 1);
  return elements;
}

double GraphCost(const Model& model, size_t graph, int calls) {
  if (calls > kMostCalls || graph >= model.subgraph_count()) return 1;
  double cost = 1;
  for (size_t i = 0; i < model.operator_count(graph); ++i) {
    const OperatorView op(model, graph, i);
    double largest = 1;
    double second = 1;
    const auto look_at = [&](const TensorInfo& tensor) {
      double elements = Elements(tensor);
      if (elements > largest) std::swap(elements, largest);
      second = std::max(second, elements);
    };
    for (size_t k = 0; k < op.input_count(); ++k) {
      if (op.names_input(k)) look_at(op.input(k));
    }
    for (size_t k = 0; k < op.output_count(); ++k) look_at(op.output(k));
    cost += largest * second;
    if (op.code() != BuiltinOperator::IF) continue;
    if (const auto* options = op.options<schema::IfOptions>()) {
      cost += GraphCost(model, static_cast<size_t>(options->then_subgraph_index()), calls + 1);
      cost += GraphCost(model, static_cast<size_t>(options->else_subgraph_index()), calls + 1);
    }
  }
  return cost;
}

}  // namespace

double InferenceCost(const Model& model) {
  double cost = GraphCost(model, 0, 0);
  if (model.remembers()) cost += GraphCost(model, kInitSubgraph, 0);
  return cost;
}

}  // namespace earshot::test
