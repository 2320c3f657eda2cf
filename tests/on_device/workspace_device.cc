// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/on_device/workspace.h"

// From sections.ld and ram_limit.ld: the end of the last variable, and of the memory.
extern "C" {
extern uint8_t linker_ram_end[];
extern uint8_t linker_ram_limit[];
}

namespace earshot::test {

Span<uint8_t> Workspace() {
  const auto end = reinterpret_cast<uintptr_t>(linker_ram_end);
  const size_t padding = (kWorkspaceAlignment - end % kWorkspaceAlignment) % kWorkspaceAlignment;
  const auto limit = reinterpret_cast<uintptr_t>(linker_ram_limit);
  return Span<uint8_t>(linker_ram_end + padding, limit - end - padding);
}

}  // namespace earshot::test
