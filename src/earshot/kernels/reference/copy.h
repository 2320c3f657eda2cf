// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of operators that copy input 0 as it is; their data is a Reshape.
#pragma once

#include <cstdint>
#include <cstring>

#include "earshot/kernels/reshape.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

inline void InvokeCopy(const InvokeContext& context) {
  std::memcpy(context.output<uint8_t>(0), context.input<uint8_t>(0), context.data<Reshape>().bytes);
}

}  // namespace earshot::reference
