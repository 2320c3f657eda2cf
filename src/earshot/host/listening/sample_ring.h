// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SampleRing: carries samples from an audio callback to another thread.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "earshot/base/span.h"

namespace earshot::host {

// A ring for one thread that writes and one that reads, and an exact account of what was lost in
// between. No call waits, and Write() neither allocates nor locks: it may be called where sound
// must not wait.
//
// A block that does not fit is lost as a whole, and so is what follows until half of the ring is
// free again: one long gap can be told to people, many short ones spoil all that is heard.
class SampleRing {  // NOLINT(clang-analyzer-optin.performance.Padding): see the counts below.
 public:
  // Holds at least `capacity` samples.
  explicit SampleRing(size_t capacity);

  // Writer: adds a block, at most as long as half the ring. `lost_before`: samples that are missing
  // between the block before and this one, for whatever reason.
  void Write(Span<const int16_t> block, int64_t lost_before = 0);

  // Reader: replaces `*samples` with all that are there, up to the next gap, and returns how many
  // were lost just before them. Losses are told with the samples that follow them: where none are
  // there, it returns 0.
  int64_t Read(std::vector<int16_t>* samples);

 private:
  struct Gap {
    uint64_t position = 0;  // Of the first sample behind it.
    int64_t lost = 0;
  };
  static constexpr size_t kMostGaps = 64;  // Waiting to be read; while there are more, all is lost.

  bool Fits(size_t count) const;

  std::vector<int16_t> samples_;
  std::array<Gap, kMostGaps> gaps_;

  // Counts since the beginning; an index is a count modulo the size. On lines of their own, so that
  // the two threads do not take them from each other's caches.
  alignas(64) std::atomic<uint64_t> written_{0};
  std::atomic<uint64_t> gaps_written_{0};
  int64_t lost_ = 0;  // The writer's: not told yet.
  bool full_ = false;
  alignas(64) std::atomic<uint64_t> read_{0};
  std::atomic<uint64_t> gaps_read_{0};

  static_assert(std::atomic<uint64_t>::is_always_lock_free);
};

}  // namespace earshot::host
