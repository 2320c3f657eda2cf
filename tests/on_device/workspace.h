// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Workspace: the memory that tests work in. Each test may use all of it from the beginning; nothing
// in it outlives a test.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

#include "earshot/base/span.h"

namespace earshot::test {

constexpr size_t kWorkspaceAlignment = 16;

// On a device all RAM that the image leaves over, on a host as much as any board has. Aligned to
// kWorkspaceAlignment.
Span<uint8_t> Workspace();

// The beginning of the workspace as a T, or null: it has not so many bytes.
template <typename T>
T* WorkspaceAs() {
  static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= kWorkspaceAlignment);
  return Workspace().size() < sizeof(T) ? nullptr : new (Workspace().data()) T();
}

}  // namespace earshot::test
