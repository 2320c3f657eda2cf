// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// RESIZE_BILINEAR of types whose pixels are blended in float.
#pragma once

#include <cstdint>

#include "earshot/kernels/reference/resize_pixels.h"
#include "earshot/kernels/resize_bilinear.h"

namespace earshot::reference {

inline Neighbors<float> FindInFloat(const ResizeBilinearFloat32& data,
                                    const ResizeAxisFloat32& axis, int32_t place) {
  const auto at = static_cast<float>(place);
  const float exact =
      data.half_pixel_centers != 0 ? (at + 0.5f) * axis.scale - 0.5f : at * axis.scale;
  const auto whole = static_cast<int32_t>(exact);  // Toward zero: what is below 0 is above -1.
  const int32_t up = exact > static_cast<float>(whole) ? 1 : 0;
  const int32_t first = InsideImage(whole, axis.input);
  return {first, InsideImage(whole + up, axis.input), exact - static_cast<float>(first)};
}

// store(blended): the element that is kept of it.
template <typename T, typename Store>
void BlendPixelsInFloat(const InvokeContext& context, const Store& store) {
  ForEachResizedPixel(context.data<ResizeBilinearFloat32>(), context.input<T>(0),
                      context.output<T>(0), FindInFloat,
                      [&store](float a, float b, float c, float d, float y, float x) {
                        return store(a * (1.0f - y) * (1.0f - x) + c * y * (1.0f - x) +
                                     b * (1.0f - y) * x + d * y * x);
                      });
}

}  // namespace earshot::reference
