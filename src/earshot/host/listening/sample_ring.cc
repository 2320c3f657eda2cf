// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/sample_ring.h"

#include <algorithm>

namespace earshot::host {

SampleRing::SampleRing(size_t capacity) : samples_(capacity) {}

// For the writer. What the reader takes meanwhile only makes more room.
bool SampleRing::Fits(size_t count) const {
  const uint64_t used =
      written_.load(std::memory_order_relaxed) - read_.load(std::memory_order_acquire);
  const size_t room = samples_.size() - static_cast<size_t>(used);
  if (room < (full_ ? samples_.size() / 2 : count)) return false;
  return gaps_written_.load(std::memory_order_relaxed) -
             gaps_read_.load(std::memory_order_acquire) <
         kMostGaps;
}

void SampleRing::Write(Span<const int16_t> block, int64_t lost_before) {
  lost_ += lost_before;
  full_ = !Fits(block.size());
  if (full_) {
    lost_ += static_cast<int64_t>(block.size());
    return;
  }
  const uint64_t written = written_.load(std::memory_order_relaxed);
  if (lost_ > 0) {
    const uint64_t gaps = gaps_written_.load(std::memory_order_relaxed);
    gaps_[gaps % kMostGaps] = {written, lost_};
    gaps_written_.store(gaps + 1, std::memory_order_release);
    lost_ = 0;
  }
  const auto begin = static_cast<size_t>(written % samples_.size());
  const size_t first = std::min(block.size(), samples_.size() - begin);
  std::copy_n(block.data(), first, samples_.data() + begin);
  std::copy_n(block.data() + first, block.size() - first, samples_.data());
  written_.store(written + block.size(), std::memory_order_release);
}

int64_t SampleRing::Read(std::vector<int16_t>* samples) {
  const uint64_t read = read_.load(std::memory_order_relaxed);
  uint64_t end = written_.load(std::memory_order_acquire);
  const uint64_t gaps_end = gaps_written_.load(std::memory_order_acquire);
  uint64_t gaps = gaps_read_.load(std::memory_order_relaxed);
  samples->clear();
  if (end == read) return 0;  // A gap may be there already, but not what follows it.

  int64_t lost = 0;
  for (; gaps != gaps_end; ++gaps) {
    const Gap& gap = gaps_[gaps % kMostGaps];
    if (gap.position != read) {
      end = std::min(end, gap.position);
      break;
    }
    lost += gap.lost;
  }
  const auto begin = static_cast<size_t>(read % samples_.size());
  const auto count = static_cast<size_t>(end - read);
  const size_t first = std::min(count, samples_.size() - begin);
  const auto at = samples_.begin() + static_cast<ptrdiff_t>(begin);
  samples->assign(at, at + static_cast<ptrdiff_t>(first));
  samples->insert(samples->end(), samples_.begin(),
                  samples_.begin() + static_cast<ptrdiff_t>(count - first));
  gaps_read_.store(gaps, std::memory_order_release);
  read_.store(end, std::memory_order_release);
  return lost;
}

}  // namespace earshot::host
