// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Loading a model so that the first answer is the one that helps: what is damaged, then which
// operators nobody has, then what is wrong with the others. For hosts only: it has a heap.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "earshot/base/span.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot {

// "int8", "float32": the format's name in lower case.
std::string TypeName(TensorType type);

// "CONV_2D"; a custom operator's own name.
std::string OperatorName(const Model& model, const schema::Operator& op);

// An operator without a kernel for the type of its first input.
struct MissingOperator {
  std::string name;
  std::string type;  // As TypeName() says; empty: it has no such input.
  size_t uses = 0;
  std::vector<std::string> other_types;  // For which the operator has kernels.
};

// Each once, in the order of the file. `model` needs no more than Model::LoadStructure(). Subgraphs
// that do not run (Model::running_subgraphs()) are left out.
std::vector<MissingOperator> FindMissingOperators(const Model& model,
                                                  const OperatorResolver& resolver);

// "no kernel for LSTM of int8, ADD of float32 (only of int8)"; of a model that was compiled for an
// accelerator, that. Empty: none is missing.
std::string MissingText(const std::vector<MissingOperator>& missing);

// As Model::Load(), for a model that is to run on `resolver`'s kernels. Returns why it does not
// load: an error's text, or that of all missing operators, where the file is sound as such. Empty:
// it is loaded.
std::string LoadRunnable(Span<const uint8_t> bytes, const OperatorResolver& resolver, Model* model);

}  // namespace earshot
