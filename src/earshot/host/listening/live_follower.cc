// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/live_follower.h"

#include <algorithm>
#include <cmath>

#include "earshot/app/units.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/host/audio/audio_file.h"
#include "earshot/host/models/label_names.h"

namespace earshot::host {
namespace {

using std::chrono::milliseconds;

constexpr int kStrideMs = 20;
constexpr size_t kFramesPerColumn = 2;
constexpr size_t kMostColumns = 500;  // Wider terminals are rare.
constexpr int kLargestFeature = 666;  // What the feature buffer makes an int8 of 127.

constexpr int64_t kLevelSamples = kSampleRateHz / 20;

constexpr milliseconds kLevelMarkStays{1000};
constexpr milliseconds kBestAverageStays{2000};
constexpr milliseconds kSilentAfter{500};  // Blocks of sound come more often.

double Db(double amplitude) {
  if (amplitude <= 0) return LiveLevel::kSilenceDb;
  return std::max(LiveLevel::kSilenceDb, 20 * std::log10(amplitude / 32768));
}

double Threshold(const RecognizerConfig& config, size_t label) {
  return IsBackground(config.background_labels, label) ? 0 : ScoreOf(config.threshold);
}

}  // namespace

LiveFollower::LiveFollower()
    : extractor_(kStandardTables, kStrideMs),
      meter_(kLevelSamples, [this](const LevelLine& line) { AddLevel(line); }) {}

void LiveFollower::Start(const std::string& source,
                         const std::vector<const KeywordModel*>& models) {
  picture_.source = source;
  for (const KeywordModel* model : models) {
    LiveModel shown;
    shown.name = model->name();
    for (size_t i = 0; i < model->labels().size(); ++i) {
      shown.labels.push_back({model->labels()[i], Threshold(model->config().recognizer, i)});
    }
    answers_.emplace_back(shown.labels.size());
    picture_.models.push_back(std::move(shown));
  }
}

void LiveFollower::Samples(Span<const int16_t> samples) {
  meter_.Add(samples);
  extractor_.Extract(samples, &frames_);
  AddColumns();
}

void LiveFollower::AddColumns() {
  const size_t channels = extractor_.channels();
  size_t used = 0;
  while (frames_.size() - used >= kFramesPerColumn * channels) {
    std::vector<uint8_t> column(channels);
    for (size_t i = 0; i < kFramesPerColumn * channels; ++i) {
      const int feature = std::min<int>(frames_[used + i], kLargestFeature);
      uint8_t& brightness = column[i % channels];
      brightness = std::max(brightness, static_cast<uint8_t>(feature * 255 / kLargestFeature));
    }
    picture_.spectrogram.push_back(std::move(column));
    if (picture_.spectrogram.size() > kMostColumns) picture_.spectrogram.pop_front();
    used += kFramesPerColumn * channels;
  }
  frames_.erase(frames_.begin(), frames_.begin() + static_cast<std::ptrdiff_t>(used));
}

void LiveFollower::AddLevel(const LevelLine& line) {
  ++lines_;
  rms_square_sum_ += static_cast<double>(line.rms) * line.rms;
  peak_ = std::max(peak_, line.peak);
  clipped_ = clipped_ || line.clipped > 0;
}

void LiveFollower::Scores(size_t model, const KeywordDetector::Result& result) {
  std::vector<Answers>& labels = answers_[model];
  for (size_t i = 0; i < std::min(labels.size(), result.scores.size()); ++i) {
    labels[i].sum += result.scores[i];
    ++labels[i].count;
  }
  if (result.recognized.label < 0) return;
  Answers& top = labels[static_cast<size_t>(result.recognized.label)];
  top.best_average = std::max<int>(top.best_average, result.recognized.score);
}

const LivePicture& LiveFollower::Picture(Clock::time_point now, const ListenTotals& totals) {
  picture_.totals = totals;
  ShowLevel(now);
  ShowScores(now);
  return picture_;
}

void LiveFollower::ShowLevel(Clock::time_point now) {
  LiveLevel& level = picture_.level;
  if (lines_ > 0) {
    sound_at_ = now;
    level.sound = true;
    level.rms_db = Db(std::sqrt(rms_square_sum_ / lines_));
    const double peak_db = Db(peak_);
    if (peak_db >= level.peak_db || now - peak_at_ >= kLevelMarkStays) {
      level.peak_db = peak_db;
      peak_at_ = now;
    }
    if (clipped_) {
      level.clipped = true;
      clipped_at_ = now;
    }
  }
  if (now - clipped_at_ >= kLevelMarkStays) level.clipped = false;
  if (now - sound_at_ >= kSilentAfter) level.sound = false;
  lines_ = 0;
  rms_square_sum_ = 0;
  peak_ = 0;
  clipped_ = false;
}

void LiveFollower::ShowScores(Clock::time_point now) {
  for (size_t model = 0; model < answers_.size(); ++model) {
    for (size_t i = 0; i < answers_[model].size(); ++i) {
      Answers& answers = answers_[model][i];
      LiveLabel& label = picture_.models[model].labels[i];
      if (answers.count == 0) continue;
      // Half of what was shown stays: the bar glides.
      label.score = (label.score + answers.sum / kQ8One / answers.count) / 2;
      const double best = ScoreOf(answers.best_average);
      if (best >= label.best_average || now - answers.best_at >= kBestAverageStays) {
        label.best_average = best;
        answers.best_at = now;
      }
      answers.sum = answers.count = answers.best_average = 0;
    }
  }
}

}  // namespace earshot::host
