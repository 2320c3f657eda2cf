// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/circular_buffer.h"

#include <cstdint>
#include <cstring>

#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeCircularBufferInt8(const InvokeContext& context) {
  const auto& buffer = context.data<CircularBuffer>();
  const auto kept = static_cast<size_t>(buffer.kept_bytes);
  const auto slot = static_cast<size_t>(buffer.slot_bytes);
  auto* slots = context.state<int8_t>(buffer.slots_offset);
  auto& cycles = *context.state<int32_t>(buffer.cycles_offset);
  if (context.starts_anew()) {
    std::memset(slots, buffer.zero_point, kept + slot);
    cycles = buffer.cycles_max;
  }
  std::memmove(slots, slots + slot, kept);
  std::memcpy(slots + kept, context.input<int8_t>(0), slot);
  std::memcpy(context.output<int8_t>(0), slots, kept + slot);
  const bool is_ready = --cycles == 0;
  if (is_ready) cycles = buffer.cycles_max;
  if (buffer.tells != 0) {
    *context.output<uint8_t>(1) = is_ready ? 1 : 0;
  } else if (!is_ready) {
    context.EndInvoke();
  }
}

}  // namespace

const Kernel kCircularBufferInt8 = {kCircularBufferInt8Key, PrepareCircularBufferInt8,
                                    InvokeCircularBufferInt8};

}  // namespace earshot::reference
