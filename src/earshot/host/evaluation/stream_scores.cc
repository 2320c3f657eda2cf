// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/stream_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "earshot/app/units.h"
#include "earshot/host/audio/audio_file.h"
#include "earshot/host/classification/end_silence.h"
#include "earshot/host/classification/ordered_batch.h"
#include "earshot/host/errors.h"
#include "earshot/host/evaluation/event_units.h"
#include "earshot/host/models/label_names.h"

namespace earshot::host {
namespace {

constexpr double kSecondsPerHour = 3600;
constexpr size_t kBlockSamples = 4096;

struct Heard {
  StreamRecording recording;
  std::string error;  // Empty: none.
};

Heard HearOrSayWhyNot(ScoreKeeper& keeper, const std::string& path, int channel) {
  Heard heard;
  try {
    heard.recording = keeper.Hear(path, channel);
  } catch (const InputError& error) {
    heard.error = error.what();
  }
  return heard;
}

// Returns whether it was heard.
bool AddRecording(const std::string& path, Heard heard, StreamFigures* figures,
                  std::vector<Unread>* unread) {
  if (!heard.error.empty()) {
    unread->push_back({path, std::move(heard.error)});
    return false;
  }
  AddFlaws(path, heard.recording.flaws, unread);
  figures->hours += heard.recording.seconds / kSecondsPerHour;
  figures->recordings.push_back(std::move(heard.recording));
  return true;
}

// Takes out the words behind the end of a recording that has less sound than it should: nobody
// could hear them.
void DropUnheard(const StreamRecording& recording, std::vector<SaidWord>* words,
                 std::vector<Unread>* unread) {
  const double limit = recording.seconds + kMostOverhangSeconds;
  const auto heard = std::stable_partition(
      words->begin(), words->end(), [limit](const SaidWord& word) { return word.end <= limit; });
  const auto count = words->end() - heard;
  words->erase(heard, words->end());
  if (count == 0) return;
  unread->push_back(
      {FindEventList(recording.path),
       fmt::format("{} of its words end behind {:.2f} s, where the sound ends, and do "
                   "not count",
                   count, recording.seconds),
       UnreadPart::kSome});
}

// The events of the latest recording.
void AddEvents(std::vector<SaidWord> words, const KeywordModel& model, StreamFigures* figures,
               std::vector<Unread>* unread) {
  DropUnheard(figures->recordings.back(), &words, unread);
  const uint32_t background = model.config().recognizer.background_labels;
  for (const SaidWord& word : words) {
    StreamEvent event;
    event.recording = figures->recordings.size() - 1;
    event.word = word.word;
    event.start = word.start;
    event.end = word.end;
    const int label = TargetOf(word.word, model.labels(), background);
    if (label >= 0 && !IsBackground(background, static_cast<size_t>(label))) event.target = label;
    figures->events.push_back(std::move(event));
  }
}

}  // namespace

ScoreKeeper::ScoreKeeper(const KeywordModel& model)
    : spotter_(model, model.config()),
      end_samples_(EndSilenceSamples(model)),
      label_count_(model.labels().size()),
      period_ms_(model.config().stride_ms * model.config().strides_per_inference),
      has_gate_(model.voice() != nullptr) {}

StreamRecording ScoreKeeper::Hear(const std::string& path, int channel) {
  StreamRecording recording;
  recording.path = path;
  recording.kept.label_count = label_count_;
  recording.kept.period_ms = period_ms_;
  AudioFile file(path, channel);
  begin_samples_ = heard_samples_;
  std::vector<int16_t> block(kBlockSamples);
  while (const size_t count = file.Read(block)) {
    Feed(Span<const int16_t>(block.data(), count), &recording.kept);
  }
  recording.flaws = file.FlawsOfSome();
  recording.seconds = SecondsOfSamples(file.samples_read());
  return recording;
}

void ScoreKeeper::HearEnd(StreamRecording* recording) {
  Feed(std::vector<int16_t>(end_samples_), &recording->kept);
}

void ScoreKeeper::Feed(Span<const int16_t> samples, KeptScores* kept) {
  heard_samples_ += static_cast<int64_t>(samples.size());
  while (!samples.empty()) {
    const Spotter::Result result = spotter_.Feed(samples);
    samples = samples.subspan(result.consumed);
    if (result.scores.empty()) continue;
    if (kept->scores.empty()) {
      kept->first_ms = (result.time_ms * kSamplesPerMs - begin_samples_) / kSamplesPerMs;
    }
    kept->scores.insert(kept->scores.end(), result.scores.begin(), result.scores.end());
    if (has_gate_) kept->gate_closed.push_back(result.gate_is_closed);
  }
}

void ScoreKeeper::Reset() {
  spotter_.Reset();
  heard_samples_ = begin_samples_ = 0;
}

StreamFigures HearStreams(const KeywordModel& model, const std::vector<LabelledStream>& streams,
                          size_t jobs, bool hears_end, std::vector<Unread>* unread, int channel) {
  StreamFigures figures;
  std::vector<std::unique_ptr<ScoreKeeper>> keepers(jobs);  // One per worker.
  const auto hear = [&](size_t worker, size_t i) {
    std::unique_ptr<ScoreKeeper>& keeper = keepers[worker];
    if (keeper == nullptr) keeper = std::make_unique<ScoreKeeper>(model);
    keeper->Reset();
    Heard heard = HearOrSayWhyNot(*keeper, streams[i].path, channel);
    if (hears_end && heard.error.empty()) keeper->HearEnd(&heard.recording);
    return heard;
  };
  const auto add = [&](size_t i, Heard heard) {
    // Of a recording that breaks off nobody knows how long it was; one whose header promises more
    // was so long.
    if (heard.error.empty() && heard.recording.flaws.error.empty()) {
      const double seconds = heard.recording.seconds + heard.recording.flaws.missing_seconds;
      const std::optional<Unread> behind = EventBehindTheEnd(streams[i], seconds);
      // What is said where is not known then, so nothing of it counts.
      if (behind) return unread->push_back(*behind);
    }
    if (!AddRecording(streams[i].path, std::move(heard), &figures, unread)) return;
    AddEvents(streams[i].words, model, &figures, unread);
  };
  RunOrdered<Heard>(streams.size(), jobs, hear, add);
  return figures;
}

StreamFigures HearNegatives(const KeywordModel& model, const std::vector<std::string>& paths,
                            bool hears_end, std::vector<Unread>* unread, int channel) {
  StreamFigures figures;
  figures.is_continuous = true;
  ScoreKeeper keeper(model);
  for (const std::string& path : paths) {
    AddRecording(path, HearOrSayWhyNot(keeper, path, channel), &figures, unread);
  }
  if (hears_end && !figures.recordings.empty()) keeper.HearEnd(&figures.recordings.back());
  return figures;
}

std::vector<bool> KeywordLabels(const KeywordModel& model) {
  std::vector<bool> is_keyword;
  for (size_t label = 0; label < model.labels().size(); ++label) {
    is_keyword.push_back(!IsBackground(model.config().recognizer.background_labels, label));
  }
  return is_keyword;
}

}  // namespace earshot::host
