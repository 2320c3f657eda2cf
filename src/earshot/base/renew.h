// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <new>

namespace earshot {

// Makes `*object` as it is when newly made. An assignment would do the same by way of a second
// object on the stack, for which a microcontroller has better use.
template <typename T>
void Renew(T* object) {
  object->~T();
  new (object) T();
}

}  // namespace earshot
