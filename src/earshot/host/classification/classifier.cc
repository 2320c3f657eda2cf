// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/classification/classifier.h"

#include <algorithm>

#include "earshot/app/units.h"
#include "earshot/host/classification/end_silence.h"
#include "earshot/host/errors.h"
#include "earshot/host/models/label_names.h"
#include "earshot/host/models/model_outputs.h"

namespace earshot::host {
namespace {

constexpr auto kMaxClipSamples = static_cast<size_t>(kMaxClipSeconds * kSampleRateHz);
constexpr size_t kBlockSamples = 4096;

// A configuration that asks the model at every stride, or as often as one that remembers can be
// asked. Nothing is recognized: the scores are all that counts.
SpotterConfig EveryStride(const KeywordModel& model) {
  SpotterConfig every = model.config();
  if (!model.remembers()) every.strides_per_inference = 1;
  every.recognizer = RecognizerConfig();
  every.recognizer.average_window_ms = 0;
  every.recognizer.minimum_count = 1;
  every.recognizer.background_labels = 0;
  return every;
}

// The same, but asks for the first time when the window is full.
SpotterConfig OneWindow(const KeywordModel& model, int window_ms) {
  SpotterConfig one = EveryStride(model);
  const auto frame_ms = static_cast<int>(one.tables->window.size()) / kSamplesPerMs;
  one.strides_per_inference = (window_ms - frame_ms) / one.stride_ms + 1;
  return one;
}

// Hears all samples; `use` sees the result of each inference.
template <typename Use>
void Feed(Spotter& spotter, Span<const int16_t> samples, const Use& use) {
  while (!samples.empty()) {
    const Spotter::Result result = spotter.Feed(samples);
    samples = samples.subspan(result.consumed);
    if (!result.scores.empty()) use(result);
  }
}

// Hears what was read already, then the rest of the file, block by block.
template <typename Use>
void FeedAll(Spotter& spotter, const std::vector<int16_t>& head, AudioFile& file, const Use& use) {
  Feed(spotter, head, use);
  std::vector<int16_t> block(kBlockSamples);
  while (const size_t count = file.Read(block)) {
    Feed(spotter, Span<const int16_t>(block.data(), count), use);
  }
}

// Whether a keyword has to pass the recognizer's threshold.
bool KeywordsMustPass(const KeywordModel& model) {
  const bool has_background = model.config().recognizer.background_labels != 0;
  return model.overrides().threshold || !has_background || !ScoresShareCertainty(model.model());
}

// The averages of the recognizer, for results that come as often as in clips.
void AverageAsRecognizer(const RecognizerConfig& recognizer, int32_t period_ms, ClipRule* rule) {
  const int32_t window_ms = recognizer.average_window_ms;
  const int32_t count = window_ms / period_ms + 1;
  // Evidence that spans a quarter of the window, rounded up.
  const int32_t least = (window_ms / 4 + period_ms - 1) / period_ms + 1;
  rule->average_count = static_cast<size_t>(count);
  rule->least_count =
      static_cast<size_t>(std::min(std::max(least, recognizer.minimum_count), count));
}

ClipRule MakeClipRule(const KeywordModel& model) {
  const SpotterConfig every = EveryStride(model);
  const RecognizerConfig& recognizer = model.config().recognizer;
  const int32_t period_ms = every.stride_ms * every.strides_per_inference;
  ClipRule rule;
  if (KeywordsMustPass(model)) rule.threshold = recognizer.threshold;
  if (model.overrides().average_window_ms || (rule.threshold && model.clip().average_ms == 0)) {
    AverageAsRecognizer(recognizer, period_ms, &rule);
  } else {
    rule.average_count = static_cast<size_t>(std::max(model.clip().average_ms / period_ms, 1));
    rule.least_count = rule.average_count;
  }
  return rule;
}

}  // namespace

ClipJudge MakeClipJudge(const KeywordModel& model) {
  return ClipJudge(LabelKinds(model.labels(), model.config().recognizer.background_labels),
                   MakeClipRule(model));
}

Classifier::Classifier(const KeywordModel& model, bool hears_end)
    : model_(model),
      hears_end_(hears_end),
      stream_(model, model.config()),
      every_stride_(model, EveryStride(model)),
      window_samples_(static_cast<size_t>(stream_.input_ms() * kSamplesPerMs)),
      stride_samples_(static_cast<size_t>(model.config().stride_ms * kSamplesPerMs)) {
  if (!model.remembers()) one_window_.emplace(model, OneWindow(model, stream_.input_ms()));
}

RecordingResult Classifier::Classify(const std::string& path, ClassifyMode mode, int channel) {
  RecordingResult result;
  result.path = path;
  try {
    AudioFile file(path, channel);
    if (file.format().converted()) result.conversion = file.format().Text();
    ClassifyFile(file, mode, &result);
    result.flaws = file.FlawsOfSome();
    result.seconds = SecondsOfSamples(file.samples_read());
  } catch (const InputError& error) {
    result = RecordingResult();
    result.path = path;
    result.error = error.what();
  }
  return result;
}

void Classifier::ClassifyFile(AudioFile& file, ClassifyMode mode, RecordingResult* result) {
  std::vector<int16_t> head(kMaxClipSamples + 1);  // One more tells whether it is longer.
  head.resize(file.Read(head));
  if (head.empty()) file.FlawsOfSome();  // Throws.
  const bool is_clip = mode == ClassifyMode::kClip ||
                       (mode == ClassifyMode::kAuto && head.size() <= kMaxClipSamples);
  if (is_clip) {
    result->clip = JudgeClip(std::move(head), file);
  } else {
    result->detections = Listen(head, file);
  }
}

// At least as much as behind a stream, where a clip is judged as a stream is.
size_t Classifier::ClipTailSamples() const {
  const size_t samples = static_cast<size_t>(model_.clip().tail_ms) * kSamplesPerMs;
  const bool as_stream = model_.remembers() && KeywordsMustPass(model_) && hears_end_;
  return as_stream ? std::max(samples, EndSilenceSamples(model_)) : samples;
}

ClipAnswer Classifier::JudgeClip(std::vector<int16_t> head, AudioFile& file) {
  // A model that remembers answers for all that it has heard; any other for one window, so it is to
  // be a full one.
  const bool remembers = model_.remembers();
  if (head.size() < window_samples_) head.resize(window_samples_);  // Silence at the end.
  const std::vector<int16_t> tail(ClipTailSamples());
  const bool one_window =
      one_window_ && head.size() + tail.size() < window_samples_ + stride_samples_;
  Spotter& spotter = one_window ? *one_window_ : every_stride_;
  spotter.Reset();
  ClipJudge judge = MakeClipJudge(model_);
  const auto add = [&](const Spotter::Result& result) {
    if (!remembers && result.time_ms < spotter.input_ms()) return;
    judge.Add(result.scores, result.gate_is_closed);
  };
  FeedAll(spotter, head, file, add);
  Feed(spotter, tail, add);
  return judge.Answer();
}

std::vector<Detection> Classifier::Listen(const std::vector<int16_t>& head, AudioFile& file) {
  Spotter& spotter = stream_;
  spotter.Reset();
  std::vector<Detection> detections;
  const auto add = [&](const Spotter::Result& result) {
    if (result.detection != nullptr) detections.push_back(*result.detection);
  };
  FeedAll(spotter, head, file, add);
  if (!hears_end_) return detections;
  Feed(spotter, std::vector<int16_t>(EndSilenceSamples(model_)), add);
  for (Detection& detection : detections) detection = WithinSound(detection, file.samples_read());
  return detections;
}

}  // namespace earshot::host
