// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/on_device/workspace.h"

namespace earshot::test {

Span<uint8_t> Workspace() {
  alignas(kWorkspaceAlignment) static uint8_t memory[2 * 1024 * 1024];
  return memory;
}

}  // namespace earshot::test
