// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// For people: a line per word; everything else to standard error.

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "earshot/app/units.h"
#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/console/terminal_text.h"
#include "earshot/host/listening/listen_outputs.h"

namespace earshot::host {
namespace {

// Of sound, between two lines about lost samples.
constexpr int64_t kLossPeriodSamples = kSampleRateHz;

class PlainListenOutput : public PartialListenOutput {
 public:
  PlainListenOutput(TextSink write, WarningSink warn, bool quiet)
      : write_(std::move(write)), warn_(std::move(warn)), quiet_(quiet) {}

  void Start(const std::string& source, const std::vector<const KeywordModel*>& models) override {
    models_ = models;
    std::string names;
    for (const KeywordModel* model : models_) {
      names += (names.empty() ? "" : ", ") + model->name();
      for (const std::string& label : model->labels()) {
        width_ = std::max(width_, Visible(label).size());
      }
    }
    if (!quiet_) warn_("listening to " + source + "; " + names);
  }

  void Notice(const std::string& text) override { warn_(text); }

  void Lost(int64_t samples, const ListenTotals& totals) override {
    untold_lost_ += samples;
    TellLost(totals);
  }

  void Word(const HeardWord& word) override {
    const Detection& detection = word.detection;
    const KeywordModel& model = *models_[word.model];
    const std::string label = Visible(model.labels()[static_cast<size_t>(detection.label)]);
    std::string line =
        fmt::format("{:8.2f} s  {:{}}  {:.3f}  latency {:.0f} ms", SecondsOfMs(detection.time_ms),
                    label, width_, ScoreOf(detection.score), word.latency_ms);
    if (models_.size() > 1) line += "  " + Visible(model.name());
    write_(line + "\n");
  }

  void Tick(const ListenTotals& totals) override { TellLost(totals); }

  void Finish(const ListenTotals& totals) override {
    next_loss_samples_ = 0;
    TellLost(totals);
    if (quiet_) return;
    warn_(fmt::format("heard {:.2f} s, {} word{}, lost {} samples, {}{:.1f} % of one core",
                      SecondsOfSamples(totals.samples), totals.words, totals.words == 1 ? "" : "s",
                      totals.lost_samples, Skipped(totals), 100 * totals.cpu_share));
  }

 private:
  // With a gate only.
  static std::string Skipped(const ListenTotals& totals) {
    if (!totals.skipped_samples) return "";
    const auto all = static_cast<double>(std::max<int64_t>(totals.samples, 1));
    return fmt::format("passed over {:.1f} %, ",
                       100 * static_cast<double>(*totals.skipped_samples) / all);
  }

  // Where much is lost, what is lost during a second becomes one line.
  void TellLost(const ListenTotals& totals) {
    if (untold_lost_ == 0 || totals.samples < next_loss_samples_) return;
    warn_(fmt::format("lost {} samples ({:.3f} s) of sound at {:.2f} s: too slow", untold_lost_,
                      SecondsOfSamples(untold_lost_), SecondsOfSamples(totals.samples)));
    untold_lost_ = 0;
    next_loss_samples_ = totals.samples + kLossPeriodSamples;
  }

  const TextSink write_;
  const WarningSink warn_;
  const bool quiet_;
  std::vector<const KeywordModel*> models_;
  size_t width_ = 0;
  int64_t untold_lost_ = 0;
  int64_t next_loss_samples_ = 0;
};

}  // namespace

std::unique_ptr<ListenOutput> MakePlainListenOutput(TextSink write, WarningSink warn, bool quiet) {
  return std::make_unique<PlainListenOutput>(std::move(write), std::move(warn), quiet);
}

}  // namespace earshot::host
