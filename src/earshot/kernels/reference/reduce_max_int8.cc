// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reduce.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeReduceMaxInt8(const InvokeContext& context) {
  Reduce(
      context.data<Reduction>(), context.input<int8_t>(0), context.output<int8_t>(0),
      int8_t{INT8_MIN},
      [](int8_t value, int8_t element) { return element > value ? element : value; },
      [](int8_t value) { return value; });
}

}  // namespace

const Kernel kReduceMaxInt8 = {kReduceMaxInt8Key, PrepareReductionInt8, InvokeReduceMaxInt8};

}  // namespace earshot::reference
