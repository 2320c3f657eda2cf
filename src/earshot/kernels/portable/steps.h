// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Steps through an image, computed before it is known whether any is taken.
#pragma once

#include <cstdint>

namespace earshot::portable {

// a * b modulo 2^32. A filter may be dilated so far that all but one of its rows or columns lie
// outside of the image: the step from one to the next does not fit then, and is never taken.
constexpr int32_t Step(int32_t a, int32_t b) {
  return static_cast<int32_t>(static_cast<uint32_t>(a) * static_cast<uint32_t>(b));
}

// from - to, likewise.
constexpr int32_t Gap(int32_t from, int32_t to) {
  return static_cast<int32_t>(static_cast<uint32_t>(from) - static_cast<uint32_t>(to));
}

}  // namespace earshot::portable
