// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// EnergyGate: lets sound pass while it is louder than the noise around, so that nothing is computed
// in silence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "earshot/base/span.h"

namespace earshot::host {

// Looks at blocks of 40 ms, so that what is passed over is a whole number of the frames that most
// models take at a time. A block opens the gate whose level (its variance, so that an offset of
// the samples does not count) is so many dB above the noise floor; what came just before passes
// with it. The gate closes when no block was so loud for a while. It begins open.
//
// The noise floor follows the level, quickly down and slowly up: it is that of the quiet moments.
// After noise has become louder, the gate stays open until the floor has come after.
class EnergyGate {
 public:
  static constexpr size_t kBlockSamples = 640;
  // What passes with a block that opens the gate, itself included: the quiet beginning of a word,
  // and some noise before it.
  static constexpr size_t kPreRollSamples = 8 * kBlockSamples;
  // How many blocks pass after the last loud one, 1.5 s: a word's quiet end, and as long as a
  // spotter averages to decide on it. With half a second most words are lost.
  static constexpr int kHangoverBlocks = 38;

  struct Result {
    size_t consumed = 0;  // Samples taken from the front of what was given: at least one.
    // What passes, up to the last one consumed: these samples, those that were held back, or none.
    // Valid until the next call, while the caller keeps what was given.
    Span<const int16_t> passed;
  };

  // `open_db`: how far above the floor a block is loud.
  explicit EnergyGate(double open_db) : open_db_(open_db) {}

  // Takes some samples (not none), 16 kHz, mono, at most to the end of a block. What passes depends
  // on the samples only, not on how they are cut into calls.
  Result Process(Span<const int16_t> samples);

  // As freshly made.
  void Reset() { *this = EnergyGate(open_db_); }

  bool is_open() const { return quiet_blocks_ < kHangoverBlocks; }
  double floor_db() const { return floor_db_; }  // Above samples of 1 rms.

 private:
  void Add(Span<const int16_t> samples);
  void EndBlock();
  double LevelDb() const;
  void Follow(double level_db);

  double open_db_;
  double floor_db_ = 0;
  bool has_floor_ = false;
  int quiet_blocks_ = 0;  // Since the last loud one.
  // Of the block that is not complete yet.
  size_t count_ = 0;
  int64_t sum_ = 0;
  int64_t sum_of_squares_ = 0;
  std::vector<int16_t> held_;  // The latest, while the gate is closed.
};

}  // namespace earshot::host
