// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// AudioQueue: finished blocks on their way from a driver's interrupt to the application.
//
// One writer (the interrupt) and one reader (the main loop), each with a counter of its own that
// the other only reads, so no interrupt ever has to be locked out.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "firmware/port/audio_source.h"

namespace earshot::port {

// Constant-initialized: an AudioQueue of static storage needs no constructor to run. The image has
// one (firmware/port/driver_queue.h).
template <size_t kBlocks>
class AudioQueueOf {
 public:
  static_assert(kBlocks >= 2 && (kBlocks & (kBlocks - 1)) == 0, "a power of two, at least 2");

  // Interrupt: room for one block, or null when the application is behind: the block is lost then,
  // and counted.
  int16_t* BeginWrite() {
    if (written_ - read_ == kBlocks) {
      overruns_ = overruns_ + 1;
      return nullptr;
    }
    return blocks_[written_ % kBlocks];
  }
  // Interrupt: the block of BeginWrite() is complete.
  void EndWrite() {
    Barrier();
    written_ = written_ + 1;
  }

  Span<const int16_t> Front() const {
    if (written_ == read_) return {};
    Barrier();
    return blocks_[read_ % kBlocks];
  }
  void Pop() {
    Barrier();
    read_ = read_ + 1;
  }
  size_t size() const { return written_ - read_; }
  uint32_t overruns() const { return overruns_; }

 private:
  // Keeps the compiler from moving samples across a counter's change. One core, so the hardware
  // needs nothing.
  static void Barrier() { asm volatile("" ::: "memory"); }

  int16_t blocks_[kBlocks][kAudioBlockSamples] = {};
  volatile uint32_t written_ = 0;  // Blocks since the start; wraps.
  volatile uint32_t read_ = 0;
  volatile uint32_t overruns_ = 0;
};

}  // namespace earshot::port
