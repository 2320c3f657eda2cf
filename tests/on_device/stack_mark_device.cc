// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "firmware/families/cortex_m/stack.h"
#include "firmware/port/system.h"
#include "tests/on_device/stack_mark.h"

extern "C" {
extern uint32_t linker_stack_end[];
}

namespace earshot::test {

const char* StackTarget() { return EARSHOT_STACK_TARGET; }

[[gnu::noinline]] uintptr_t StackMark::Paint() {
  // Of what is painted over now the end of the program is not told.
  EXPECT_LT(port::StackUsedBytes(), port::StackBytes());
  cortex_m::PaintStack();
  return reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
}

[[gnu::noinline]] size_t StackMark::UsedBelow(uintptr_t begin) {
  const auto end = reinterpret_cast<uintptr_t>(linker_stack_end);
  const size_t in_use_before = end - begin;
  const size_t in_use = port::StackUsedBytes();
  return in_use < in_use_before ? 0 : in_use - in_use_before;
}

}  // namespace earshot::test
