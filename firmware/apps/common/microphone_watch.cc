// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/apps/common/microphone_watch.h"

namespace earshot {
namespace {

constexpr uint32_t kBlockMs = 10;

}  // namespace

MicrophoneWatch::Change MicrophoneWatch::Look(Span<const int16_t> block) {
  bool constant = true;
  for (const int16_t sample : block) constant &= sample == last_;
  if (!constant) {
    last_ = block[block.size() - 1];
    constant_ms_ = 0;
    if (!dead_) return Change::kNone;
    dead_ = false;
    return Change::kCameBack;
  }
  if (constant_ms_ < kDeadAfterMs) constant_ms_ += kBlockMs;
  if (dead_ || constant_ms_ < kDeadAfterMs) return Change::kNone;
  dead_ = true;
  return Change::kDied;
}

}  // namespace earshot
