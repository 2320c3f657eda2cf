// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the targets of fuzzing have in common. A target is a function that gets any bytes and must
// come back: without a crash, without anything that sanitizers see, and with its checks passed.
// With clang, libFuzzer calls it on inputs that it makes up (EARSHOT_FUZZ); with any compiler
// replay_main.cc calls it on files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <type_traits>

#include "earshot/base/span.h"

// Both names are libFuzzer's. The target. Returns 0.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size);
#if EARSHOT_FUZZ
// What libFuzzer does without a mutator of ours: changes bytes in place, and returns how many there
// are then, at most `most`.
extern "C" size_t LLVMFuzzerMutate(uint8_t* bytes, size_t size, size_t most);
#endif

namespace earshot::test {

// Ends the program, so that the input is kept, unless the condition holds.
inline void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "fuzzing: not so: %s\n", what);
  std::abort();
}

// Numbers out of an input, one after the other; zeros behind its end.
class FuzzInput {
 public:
  explicit FuzzInput(Span<const uint8_t> bytes) : rest_(bytes) {}

  template <typename T>
  T Take() {
    static_assert(std::is_arithmetic_v<T> && !std::is_same_v<T, bool>);
    T value = 0;
    const size_t size = rest_.size() < sizeof(T) ? rest_.size() : sizeof(T);
    if (size != 0) std::memcpy(&value, rest_.data(), size);
    rest_ = rest_.subspan(size, rest_.size() - size);
    return value;
  }
  bool TakeFlag() { return (Take<uint8_t>() & 1) != 0; }

  Span<const uint8_t> rest() const { return rest_; }

 private:
  Span<const uint8_t> rest_;
};

}  // namespace earshot::test
