// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/families/cortex_m/stack.h"

#include <cstdint>

#include "firmware/port/system.h"

extern "C" {
extern uint32_t linker_stack_begin[];
extern uint32_t linker_stack_end[];
}

namespace earshot {
namespace {

constexpr uint32_t kPaint = 0xA5C3A5C3;

uint32_t* StackPointer() {
  uint32_t* pointer = nullptr;
  asm volatile("mov %0, sp" : "=r"(pointer));
  return pointer;
}

uint32_t BytesBetween(const uint32_t* begin, const uint32_t* end) {
  return static_cast<uint32_t>(end - begin) * sizeof(uint32_t);
}

}  // namespace

void cortex_m::PaintStack() {
  uint32_t* const end = StackPointer();
  for (volatile uint32_t* word = linker_stack_begin; word < end; word = word + 1) *word = kPaint;
}

uint32_t port::StackBytes() { return BytesBetween(linker_stack_begin, linker_stack_end); }

uint32_t port::StackUsedBytes() {
  const uint32_t* word = linker_stack_begin;
  while (word < linker_stack_end && *word == kPaint) ++word;
  return BytesBetween(word, linker_stack_end);
}

}  // namespace earshot
