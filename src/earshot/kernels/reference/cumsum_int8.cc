// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/cumsum.h"
#include "earshot/kernels/reference/cumsum.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeCumsumInt8(const InvokeContext& context) {
  const auto& data = context.data<CumsumInt8>();
  RunCumsum<int8_t>(
      context, data.cumsum, StartOf(data.sum),
      [&data](int32_t sum, int8_t value) { return Added(sum, value, data.sum); },
      [&data](int32_t sum) { return ToOutput(sum, data.sum); });
}

}  // namespace

const Kernel kCumsumInt8 = {kCumsumInt8Key, PrepareCumsumInt8, InvokeCumsumInt8};

}  // namespace earshot::reference
