// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/signal_overlap_add.h"

namespace earshot::reference {
namespace {

void InvokeSignalOverlapAddInt16(const InvokeContext& context) {
  OverlapAdd<int16_t>(context, [](int32_t a, int32_t b) {
    return static_cast<int16_t>(std::clamp<int32_t>(a + b, INT16_MIN, INT16_MAX));
  });
}

}  // namespace

const Kernel kSignalOverlapAddInt16 = {kSignalOverlapAddInt16Key, PrepareSignalOverlapAdd,
                                       InvokeSignalOverlapAddInt16};

}  // namespace earshot::reference
