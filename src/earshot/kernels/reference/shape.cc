// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/shape.h"

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeShape(const InvokeContext& context) {
  const auto& shape = context.data<Shape>();
  const auto* extents = context.array<int32_t>(shape.extents_offset);
  auto* output = context.output<int32_t>(0);
  for (int32_t i = 0; i < shape.rank; ++i) output[i] = extents[i];
}

}  // namespace

const Kernel kShape = {kShapeKey, PrepareShape, InvokeShape};

}  // namespace earshot::reference
