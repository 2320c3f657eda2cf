// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Listener: the loop of `earshot listen`, from a source of sound to those who are told.
//
//   AudioSource -> DetectorBank -> ListenOutput ...
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "earshot/host/listening/audio_source.h"
#include "earshot/host/listening/detector_bank.h"
#include "earshot/host/listening/energy_gate.h"
#include "earshot/host/listening/listen_clock.h"
#include "earshot/host/listening/listen_output.h"
#include "earshot/host/models/keyword_model.h"

namespace earshot::host {

struct ListenOptions {
  bool retry = true;  // Open a device that is gone again and again, until it is back.
  int64_t most_samples = INT64_MAX;  // Ends after so much sound, at 16 kHz.
  // Behind the end of a sound that comes to an end (of the source, or of most_samples), zeros are
  // heard for as long as each model needs (EndSilenceSamples()).
  bool hears_end = true;
  // Passes over sound that is not so many dB louder than the noise around (EnergyGate).
  std::optional<double> gate_db;
};

// What a listener works with; all of it outlives it.
struct ListenParts {
  std::vector<const KeywordModel*> models;  // At least one.
  // Opens the source: at the beginning, and when its device is gone. Null: it was asked to stop
  // while waiting.
  std::function<std::unique_ptr<AudioSource>()> open;
  std::vector<ListenOutput*> outputs;       // Told one after the other.
  const std::atomic<bool>* stop = nullptr;  // True: to end soon.
  ListenClock* clock = nullptr;
};

// Hears with all models the same sound. Lost samples do not disturb the models, which go on as if
// what came before and after were one sound; times of words count what was heard only. Nor does
// what a gate passes over, which is noise between noise; but it counts in times. After a device was
// gone they start anew.
class Listener {
 public:
  // Throws ModelError: a model does not run.
  Listener(const ListenOptions& options, ListenParts parts);

  // Listens to the end: of the source, of options.most_samples, or when asked to stop. Throws what
  // the source throws (DeviceError: it cannot be opened, or is gone and there is no retry), and
  // what outputs throw. Outputs that were started are finished in any case. Once.
  void Run();

  const ListenTotals& totals() const { return totals_; }

 private:
  using TimePoint = ListenClock::TimePoint;

  // How many samples all models hear before the first one hears more: words of several models come
  // in the order of the sound, to within this.
  static constexpr size_t kSliceSamples = 320;

  void StartOutputs();
  void FinishOutputs();
  void Loop();
  bool Reopen(const std::string& why);
  std::unique_ptr<AudioSource> TryToOpen(std::string* told);
  void Rest(ListenClock::Duration duration);
  void Hear(const AudioBlock& block);
  void HearSlice(Span<const int16_t> slice);
  void HearWithAll(Span<const int16_t> samples);
  void HearEnd();
  void HearAnswer(size_t model, const KeywordDetector::Result& result);
  void TellWord(size_t model, const Detection& detection);
  void TellNotice(const std::string& text);
  void TickIfDue();
  void UpdateCpuShare();
  bool Stopped() const { return parts_.stop->load(); }

  ListenOptions options_;
  ListenParts parts_;
  DetectorBank bank_;
  std::optional<EnergyGate> gate_;
  std::unique_ptr<AudioSource> source_;
  size_t started_outputs_ = 0;
  ListenTotals totals_;
  // What the models have heard since they were reset, how much longer all sound is, and where in
  // it the latest piece without a gap begins.
  int64_t heard_samples_ = 0;
  int64_t offset_samples_ = 0;
  int64_t piece_begin_ = 0;
  TimePoint begin_;
  std::chrono::duration<double> begin_cpu_{};
  TimePoint tick_;
  // Of the block that is heard: when its last sample was there, where that is in the sound, and
  // when the last one of the block before was there.
  TimePoint arrival_;
  int64_t block_end_ = 0;
  TimePoint arrival_before_;
};

}  // namespace earshot::host
