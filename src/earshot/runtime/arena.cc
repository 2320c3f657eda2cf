// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/arena.h"

namespace earshot {

void Arena::Reserve(uint64_t bytes, size_t alignment, uint32_t* offset) {
  const uint64_t begin = AlignUp(used_, alignment);
  const uint64_t end = begin + bytes;
  used_ = end < UINT32_MAX ? static_cast<uint32_t>(end) : UINT32_MAX;
  *offset = static_cast<uint32_t>(begin);
}

void* Arena::AllocateBytes(uint64_t bytes, size_t alignment, uint32_t* offset) {
  Reserve(bytes, alignment, offset);
  if (!fits()) return nullptr;
  const Span<uint8_t> place = memory_.subspan(*offset, static_cast<size_t>(bytes));
  for (uint8_t& byte : place) byte = 0;
  return place.data();
}

}  // namespace earshot
