// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mixing/random.h"

namespace earshot::host {
namespace {

std::mt19937_64 Seeded(uint64_t seed, uint32_t purpose) {
  std::seed_seq sequence = {static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32),
                            purpose};
  return std::mt19937_64(sequence);
}

}  // namespace

Random::Random(uint64_t seed, uint32_t purpose) : engine_(Seeded(seed, purpose)) {}

uint64_t Random::Below(uint64_t count) {
  // The last, incomplete round of `count` numbers is passed over: it would favour the small ones.
  const uint64_t rounds = UINT64_MAX / count;
  uint64_t bits = engine_();
  while (bits / count >= rounds) bits = engine_();
  return bits % count;
}

int64_t Random::Between(int64_t low, int64_t high) {
  return low + static_cast<int64_t>(Below(static_cast<uint64_t>(high - low) + 1));
}

}  // namespace earshot::host
