// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <cstring>

#include "earshot/kernels/fill.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeZerosLike(const InvokeContext& context) {
  std::memset(context.output<uint8_t>(0), 0, context.data<Fill>().bytes);
}

}  // namespace

const Kernel kZerosLike = {kZerosLikeKey, PrepareZerosLike, InvokeZerosLike};

}  // namespace earshot::reference
