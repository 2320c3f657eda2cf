// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/fill.h"

#include <cstdint>

#include "earshot/kernels/reference/fill.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeFill(const InvokeContext& context) {
  const auto& data = context.data<Fill>();
  FillWithElement(context.input<uint8_t>(1), data.element_bytes, context.output<uint8_t>(0),
                  data.bytes);
}

}  // namespace

const Kernel kFill = {kFillKey, PrepareFill, InvokeFill};

}  // namespace earshot::reference
