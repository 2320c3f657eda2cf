// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A PNG file in memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "earshot/base/span.h"

namespace earshot::host {

struct Colour {
  uint8_t red, green, blue;
};
using Palette = std::array<Colour, 256>;

// A picture of one byte per pixel, row by row from the top, each the number of a colour. Stored
// without compression: spectrograms are small, and this needs no library. (W3C, "Portable Network
// Graphics", 2003; RFC 1950, RFC 1951.) Preconditions: width and height > 0, pixels.size() is their
// product.
std::string EncodePng(size_t width, size_t height, Span<const uint8_t> pixels,
                      const Palette& palette);

}  // namespace earshot::host
