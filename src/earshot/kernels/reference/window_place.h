// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Where the window of SLICE and DYNAMIC_UPDATE_SLICE lies this time.
#pragma once

#include <cstdint>

#include "earshot/kernels/window.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// One number of a place, as bytes.
inline uint32_t BytesTo(int64_t place, const PlaceAxis& axis) {
  const int64_t inside = place < 0 ? 0 : place > axis.most ? axis.most : place;
  return static_cast<uint32_t>(inside) * static_cast<uint32_t>(axis.step);
}

// In bytes from the beginning of the tensor that it is a part of. `input`: of the place.
inline uint32_t WindowPlace(const InvokeContext& context, size_t input) {
  const auto& data = context.data<Window>();
  const auto* axes = context.array<PlaceAxis>(data.places_offset);
  uint32_t bytes = 0;
  for (int32_t i = 0; i < data.rank; ++i) {
    const int64_t place = data.places_are_int64 != 0
                              ? ValueOf(context.input<schema::Int64>(input)[i])
                              : context.input<int32_t>(input)[i];
    bytes += BytesTo(place, axes[i]);
  }
  return bytes;
}

}  // namespace earshot::reference
