// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/window.h"

namespace earshot {
namespace {

// Four at once; some C libraries copy byte by byte. `to` may lie in front of `from`.
void CopySamples(const int16_t* from, size_t count, int16_t* to) {
  const int16_t* const end = from + count;
  for (; end - from >= 4; from += 4, to += 4) {
    const int16_t a = from[0];
    const int16_t b = from[1];
    const int16_t c = from[2];
    const int16_t d = from[3];
    to[0] = a;
    to[1] = b;
    to[2] = c;
    to[3] = d;
  }
  while (from != end) *to++ = *from++;
}

}  // namespace

size_t Framer::Take(Span<const int16_t> samples) {
  const size_t room = pending_.size() - used_;
  const size_t count = samples.size() < room ? samples.size() : room;
  CopySamples(samples.data(), count, pending_.data() + used_);
  used_ += count;
  return count;
}

void Framer::Advance() {
  const auto stride = static_cast<size_t>(stride_);
  used_ -= stride;
  CopySamples(pending_.data() + stride, used_, pending_.data());
}

}  // namespace earshot
