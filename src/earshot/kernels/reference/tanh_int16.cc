// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/logistic.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeTanhInt16(const InvokeContext& context) {
  const auto& data = context.data<LogisticInt16>();
  const auto* input = context.input<int16_t>(0);
  auto* output = context.output<int16_t>(0);
  for (int32_t i = 0; i < data.count; ++i) {
    output[i] = TableTanh(input[i], data.scale);
  }
}

}  // namespace

const Kernel kTanhInt16 = {kTanhInt16Key, PrepareTanhInt16, InvokeTanhInt16};

}  // namespace earshot::reference
