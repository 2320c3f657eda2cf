// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/mirror_pad.h"

#include <cstdint>
#include <cstring>

#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// The place of the input that shows at a place of the output.
int32_t MirroredPlace(const MirrorAxis& axis, int32_t skipped, int32_t place) {
  place -= axis.before;
  if (place < 0) return skipped - 1 - place;
  return place < axis.input ? place : axis.input - 1 - skipped - (place - axis.input);
}

// In bytes, for the output's index-th element.
uint32_t MirroredBytes(const MirrorPad& data, const MirrorAxis* axes, int32_t index) {
  uint32_t bytes = 0;
  for (int32_t i = data.rank - 1; i >= 0; --i) {
    const int32_t place = MirroredPlace(axes[i], data.skipped, index % axes[i].output);
    bytes += static_cast<uint32_t>(place) * axes[i].step;
    index /= axes[i].output;
  }
  return bytes;
}

void InvokeMirrorPad(const InvokeContext& context) {
  const auto& data = context.data<MirrorPad>();
  const auto* axes = context.array<MirrorAxis>(data.axes_offset);
  const auto* input = context.input<uint8_t>(0);
  auto* output = context.output<uint8_t>(0);
  for (int32_t i = 0; i < data.count; ++i, output += data.element_bytes) {
    std::memcpy(output, input + MirroredBytes(data, axes, i), data.element_bytes);
  }
}

}  // namespace

const Kernel kMirrorPad = {kMirrorPadKey, PrepareMirrorPad, InvokeMirrorPad};

}  // namespace earshot::reference
