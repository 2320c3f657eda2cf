// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What is around each word, as files of their own.

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <utility>
#include <vector>

#include "earshot/app/units.h"
#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/audio/wav_writer.h"
#include "earshot/host/console/terminal_text.h"
#include "earshot/host/errors.h"
#include "earshot/host/listening/sound_recorder.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kMarginSamples = kSampleRateHz;  // Before and after the word.
constexpr int64_t kPastSamples = 10 * kSampleRateHz;

constexpr size_t kMostLabelBytes = 100;  // A file's name may have 255 in all.

bool IsWithinCharacter(char c) { return (static_cast<uint8_t>(c) & 0xC0) == 0x80; }

// Of a label, what may stand in a file's name wherever.
std::string FileName(const std::string& any_label) {
  std::string label = Visible(any_label);
  if (label.size() > kMostLabelBytes) {
    size_t end = kMostLabelBytes;
    while (end > 0 && IsWithinCharacter(label[end])) --end;
    label.resize(end);
  }
  for (char& c : label) {
    const bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                          (c >= 'a' && c <= 'z') || c == '-' || static_cast<uint8_t>(c) >= 0x80;
    if (!is_plain) c = '_';
  }
  return label;
}

class HitSaver : public PartialListenOutput {
 public:
  HitSaver(const std::string& directory, ReadDate date)
      : directory_(directory), date_(std::move(date)) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (!fs::is_directory(directory)) {
      throw InputError(directory + ": " + (error ? error.message() : "is not a directory"));
    }
  }

  void Start(const std::string&, const std::vector<const KeywordModel*>& models) override {
    models_ = models;
  }

  void Samples(Span<const int16_t> samples) override {
    past_.insert(past_.end(), samples.begin(), samples.end());
    heard_ += static_cast<int64_t>(samples.size());
    while (!hits_.empty() && hits_.front().end <= heard_) SaveFirst();
    Forget();
  }

  void Word(const HeardWord& word) override {
    const Detection& detection = word.detection;
    const std::string& label = models_[word.model]->labels()[static_cast<size_t>(detection.label)];
    Hit hit;
    hit.begin = detection.start_ms * kSamplesPerMs - kMarginSamples;
    hit.end = detection.end_ms * kSamplesPerMs + kMarginSamples;
    hit.name = fmt::format(
        "{:%Y%m%dT%H%M%S}Z_{:09.2f}s_{}_{:.2f}", std::chrono::floor<std::chrono::seconds>(date_()),
        SecondsOfMs(detection.time_ms), FileName(label), ScoreOf(detection.score));
    const auto later = [](const Hit& a, const Hit& b) { return a.end < b.end; };
    hits_.insert(std::upper_bound(hits_.begin(), hits_.end(), hit, later), std::move(hit));
  }

  // What comes after the last words is not heard any more.
  void Finish(const ListenTotals&) override {
    while (!hits_.empty()) SaveFirst();
  }

 private:
  struct Hit {
    int64_t begin = 0;  // Samples since the start; the first may be before it.
    int64_t end = 0;
    std::string name;
  };

  void SaveFirst() {
    const Hit hit = hits_.front();
    hits_.pop_front();  // Whatever happens now, once is enough.
    const int64_t oldest = heard_ - static_cast<int64_t>(past_.size());
    const int64_t begin = std::max(hit.begin, oldest) - oldest;
    const int64_t end = std::max(std::min(hit.end, heard_) - oldest, begin);
    const std::vector<int16_t> samples(past_.begin() + begin, past_.begin() + end);
    WavWriter file(NewFile(hit.name), WavWriter::Existing::kKeep);
    file.Write(samples);
    file.Finish();
  }

  std::string NewFile(const std::string& name) const {
    fs::path path = fs::path(directory_) / (name + ".wav");
    for (int i = 2; fs::exists(path); ++i) {
      path = fs::path(directory_) / fmt::format("{}-{}.wav", name, i);
    }
    return path.string();
  }

  // Forgets what is too old, but for what is to be saved yet.
  void Forget() {
    int64_t keep_from = heard_ - kPastSamples;
    for (const Hit& hit : hits_) keep_from = std::min(keep_from, hit.begin);
    const int64_t oldest = heard_ - static_cast<int64_t>(past_.size());
    if (keep_from > oldest) past_.erase(past_.begin(), past_.begin() + (keep_from - oldest));
  }

  const std::string directory_;
  const ReadDate date_;
  std::vector<const KeywordModel*> models_;
  std::deque<int16_t> past_;  // The newest of what was heard ...
  int64_t heard_ = 0;         // ... which was so much.
  std::deque<Hit> hits_;      // To be saved, ordered by their ends.
};

}  // namespace

std::unique_ptr<ListenOutput> MakeHitSaver(const std::string& directory, ReadDate date) {
  return std::make_unique<HitSaver>(directory, std::move(date));
}

}  // namespace earshot::host
