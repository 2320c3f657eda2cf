// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Values without a sign, as _mm512_dpbusd_epi32 wants one side.
#pragma once

#include <cstdint>

#include "earshot/kernels/avx512vnni/kernels.h"
#include "earshot/runtime/arena.h"
#include "earshot/runtime/packed_weights.h"

namespace earshot::avx512vnni {

constexpr int32_t kSignBit = 0x80;

// Adds 128 to `count` values.
void Raise(const int8_t* values, int32_t count, uint8_t* raised);

// So many bytes of a workspace that what follows them begins at a cache line.
constexpr uint64_t RoundedToLines(uint64_t bytes) {
  return AlignUp(bytes, PackContext::kAlignment);
}

}  // namespace earshot::avx512vnni
