// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MicrophoneWatch: notices a microphone that gives nothing but one constant value: not wired, not
// powered, or stuck at a rail.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"

namespace earshot {

class MicrophoneWatch {
 public:
  // So much of the very same sample is no microphone: the quietest one has noise.
  static constexpr uint32_t kDeadAfterMs = 2000;

  enum class Change : uint8_t { kNone, kDied, kCameBack };

  // Looks at one block of 10 ms.
  Change Look(Span<const int16_t> block);

  bool dead() const { return dead_; }

 private:
  int16_t last_ = 0;
  uint32_t constant_ms_ = 0;
  bool dead_ = false;
};

}  // namespace earshot
