// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What an operator's output looks like, given what its inputs look like. For hosts only.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "earshot/models/resized_model.h"
#include "earshot/runtime/operator_view.h"

namespace earshot {

// An operator whose inputs may have other shapes than in the file.
struct ReshapedOperator {
  const OperatorView& op;
  std::vector<TensorShape> inputs;  // As many as the operator has; empty for one left out.
};

// The shape of the operator's only output. `*wrong`: why there is none, "output: found ..., wanted
// ..."; empty: there is. Precondition: its model is loaded, so that constants are what they seem.
TensorShape OutputShape(const ReshapedOperator& op, std::string* wrong);

}  // namespace earshot
