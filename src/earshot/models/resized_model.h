// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A model for an input of another shape. Converters write models whose input has an extent that is
// left open, with some extent in its place (1, mostly); the interpreter plans for what the file
// says. For hosts only: it allocates and throws.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/runtime/model.h"

namespace earshot {

using TensorShape = std::vector<int32_t>;

// A copy of the model's file in which its only input has this shape, and every tensor that depends
// on it the shape that follows. Numbers of dimensions stay as they are; constants are not touched.
// To be loaded anew, by Model::Load(): what operators demand of the new shapes is left to them.
//
// Throws ModelError, which begins with `name`: another number of dimensions; the input reaches an
// operator of which nobody here knows what it does to shapes, or that cannot take it; tensors share
// one shape in the file and would need two. Precondition: the model is loaded, and has one input.
AlignedBytes WithInputShape(const std::string& name, const Model& model, const TensorShape& shape);

}  // namespace earshot
