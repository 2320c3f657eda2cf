// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_window.h"

#include <algorithm>
#include <cstdint>

#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeSignalWindow(const InvokeContext& context) {
  const auto& window = context.data<SignalWindow>();
  const auto* samples = context.input<int16_t>(0);
  const auto* coefficients = context.input<int16_t>(1);
  auto* output = context.output<int16_t>(0);
  for (int32_t frame = 0; frame < window.frames; ++frame) {
    for (int32_t i = 0; i < window.size; ++i) {
      const int32_t product = static_cast<int32_t>(*samples++) * coefficients[i];
      *output++ =
          static_cast<int16_t>(std::clamp<int32_t>(product >> window.shift, INT16_MIN, INT16_MAX));
    }
  }
}

}  // namespace

const Kernel kSignalWindow = {kSignalWindowKey, PrepareSignalWindow, InvokeSignalWindow};

}  // namespace earshot::reference
