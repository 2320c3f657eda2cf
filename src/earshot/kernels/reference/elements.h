// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Runs of elements, for images that hold nothing of the C++ library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace earshot::reference {

// The two may overlap.
template <typename T>
void MoveElements(const T* from, int32_t count, T* to) {
  std::memmove(to, from, static_cast<size_t>(count) * sizeof(T));
}

// To 0.
template <typename T>
void ClearElements(T* elements, int32_t count) {
  std::memset(elements, 0, static_cast<size_t>(count) * sizeof(T));
}

}  // namespace earshot::reference
