// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/energy_gate.h"

#include <algorithm>
#include <cmath>

namespace earshot::host {
namespace {

// How much of the way to the level of a block the floor goes: three quarters in a quarter of a
// second down, in 5.5 s up. So a word hardly lifts it.
constexpr double kFloorDown = 0.2;
constexpr double kFloorUp = 0.01;

}  // namespace

EnergyGate::Result EnergyGate::Process(Span<const int16_t> samples) {
  Result result;
  result.consumed = std::min(samples.size(), kBlockSamples - count_);
  const Span<const int16_t> taken = samples.subspan(0, result.consumed);
  const bool was_open = is_open();
  if (was_open) {
    held_.clear();  // They passed when the gate opened.
    result.passed = taken;
  } else {
    held_.insert(held_.end(), taken.begin(), taken.end());
  }
  Add(taken);
  if (count_ == kBlockSamples) EndBlock();
  if (!was_open && is_open()) result.passed = held_;
  return result;
}

void EnergyGate::Add(Span<const int16_t> samples) {
  count_ += samples.size();
  for (const int16_t sample : samples) {
    sum_ += sample;
    sum_of_squares_ += int64_t{sample} * sample;
  }
}

void EnergyGate::EndBlock() {
  const double level_db = LevelDb();
  count_ = 0;
  sum_ = sum_of_squares_ = 0;
  Follow(level_db);
  const bool is_loud = level_db > floor_db_ + open_db_;
  quiet_blocks_ = is_loud ? 0 : std::min(quiet_blocks_ + 1, kHangoverBlocks);
  if (is_open()) return;
  // One block less than passes: the next one may open the gate.
  constexpr size_t kMostHeld = kPreRollSamples - kBlockSamples;
  if (held_.size() > kMostHeld) {
    held_.erase(held_.begin(), held_.end() - static_cast<ptrdiff_t>(kMostHeld));
  }
}

double EnergyGate::LevelDb() const {
  const double count = kBlockSamples;
  const double mean = static_cast<double>(sum_) / count;
  const double variance = static_cast<double>(sum_of_squares_) / count - mean * mean;
  return 10 * std::log10(std::max(variance, 1.0));  // Less than one step is silence.
}

void EnergyGate::Follow(double level_db) {
  if (!has_floor_) floor_db_ = level_db;
  has_floor_ = true;
  const double difference = level_db - floor_db_;
  floor_db_ += difference * (difference < 0 ? kFloorDown : kFloorUp);
}

}  // namespace earshot::host
