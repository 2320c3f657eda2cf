// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_delay.h"

#include <cstdint>

#include "earshot/kernels/reference/elements.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeSignalDelay(const InvokeContext& context) {
  const auto& data = context.data<SignalDelay>();
  const int32_t delay = data.delay, size = data.size;
  const auto* input = context.input<int16_t>(0);
  auto* output = context.output<int16_t>(0);
  auto* late = context.state<int16_t>(data.late_offset);
  if (context.starts_anew()) ClearElements(late, data.streams * delay);
  for (int32_t stream = 0; stream < data.streams; ++stream) {
    for (int32_t i = 0; i < size; ++i) output[i] = i < delay ? late[i] : input[i - delay];
    for (int32_t i = 0; i < delay; ++i) {
      const int32_t from = i + size;
      late[i] = from < delay ? late[from] : input[from - delay];
    }
    input += size;
    output += size;
    late += delay;
  }
}

}  // namespace

const Kernel kSignalDelay = {kSignalDelayKey, PrepareSignalDelay, InvokeSignalDelay};

}  // namespace earshot::reference
