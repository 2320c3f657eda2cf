// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ListenOutput: who is told what a listener hears.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "earshot/app/keyword_detector.h"
#include "earshot/base/span.h"
#include "earshot/host/models/keyword_model.h"

namespace earshot::host {

// A word that was announced. Times are of the sound since the start, in ms.
struct HeardWord {
  size_t model = 0;  // Index into the models of Start().
  Detection detection;
  // From when the sound in which it was decided had come in, to now.
  double latency_ms = 0;
};

// Counts since the start.
struct ListenTotals {
  int64_t samples = 0;  // At 16 kHz.
  int64_t lost_samples = 0;
  int64_t losses = 0;  // How often some were lost.
  int64_t words = 0;
  int64_t reconnections = 0;
  // How long a device was gone, from its last sound on. What could not be heard then is not lost.
  double away_s = 0;
  // Of `samples`, what a gate has kept from the models; none: there is no gate.
  std::optional<int64_t> skipped_samples;
  double cpu_share = 0;  // Of one core, of the whole program, 0 to 1 (or more).
};

// All calls come from one thread, in the order of the sound.
class ListenOutput {
 public:
  virtual ~ListenOutput() = default;

  // Once, before all others; `models` outlive the output. `source`: AudioSource::description().
  virtual void Start(const std::string& source, const std::vector<const KeywordModel*>& models) = 0;
  // Something that people should know: the device is gone, it is back ...
  virtual void Notice(const std::string& text) = 0;
  // So many samples were lost before what comes next.
  virtual void Lost(int64_t samples, const ListenTotals& totals) = 0;
  // What came in, 16 kHz mono, before it is heard.
  virtual void Samples(Span<const int16_t> samples) = 0;
  // A model has answered: `scores` Q0.8, one per label; the averages of `recognized` as well.
  virtual void Scores(size_t model, const KeywordDetector::Result& result) = 0;
  virtual void Word(const HeardWord& word) = 0;
  // From time to time, some ten times a second, and also when nothing comes in: the moment to draw.
  virtual void Tick(const ListenTotals& totals) = 0;
  // Once, after all others, also after errors: gives the terminal back as it was.
  virtual void Finish(const ListenTotals& totals) = 0;
};

// For outputs that want to know a part of it only: passes over everything.
class PartialListenOutput : public ListenOutput {
 public:
  void Start(const std::string&, const std::vector<const KeywordModel*>&) override {}
  void Notice(const std::string&) override {}
  void Lost(int64_t, const ListenTotals&) override {}
  void Samples(Span<const int16_t>) override {}
  void Scores(size_t, const KeywordDetector::Result&) override {}
  void Word(const HeardWord&) override {}
  void Tick(const ListenTotals&) override {}
  void Finish(const ListenTotals&) override {}
};

}  // namespace earshot::host
