// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How much of the stack something takes, on emulated boards.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot::test {

// The processor that this runs on, as `earshot inspect --target` calls it; "" on hosts.
const char* StackTarget();

// Marks where the stack ends now; used() tells how far below that it has been written to since. On
// hosts that is nothing. One after the other, never one within another.
class StackMark {
 public:
  StackMark() : begin_(Paint()) {}
  size_t used() const { return UsedBelow(begin_); }

 private:
  // Where the caller's stack ends. What is below is painted.
  static uintptr_t Paint();
  static size_t UsedBelow(uintptr_t begin);

  uintptr_t begin_;
};

}  // namespace earshot::test
