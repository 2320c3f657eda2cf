// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/classifier.h"

#include <algorithm>

#include "host/errors.h"

namespace earshot::host {
namespace {

constexpr int kSamplesPerMs = kSampleRateHz / 1000;
constexpr auto kMaxClipSamples = static_cast<size_t>(kMaxClipSeconds * kSampleRateHz);
constexpr size_t kBlockSamples = 4096;

// A configuration that asks the model at every stride, or as often as one that remembers can be
// asked. Nothing is recognized: the scores are all that counts.
SpotterConfig EveryStride(const KeywordModel& model) {
  SpotterConfig every = model.config();
  if (!model.model().remembers()) every.strides_per_inference = 1;
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
void Feed(KeywordSpotter& spotter, Span<const int16_t> samples, const Use& use) {
  while (!samples.empty()) {
    KeywordSpotter::Result result;
    ThrowUnlessOk(spotter.Feed(samples, &result), "model");
    samples = samples.subspan(result.consumed);
    if (!result.scores.empty()) use(result);
  }
}

// Hears what was read already, then the rest of the file, block by block.
template <typename Use>
void FeedAll(KeywordSpotter& spotter, const std::vector<int16_t>& head, AudioFile& file,
             const Use& use) {
  Feed(spotter, head, use);
  std::vector<int16_t> block(kBlockSamples);
  while (const size_t count = file.Read(block)) {
    Feed(spotter, Span<const int16_t>(block.data(), count), use);
  }
}

size_t Top(const std::vector<uint8_t>& scores) {
  return static_cast<size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

}  // namespace

ClipJudge::ClipJudge(size_t label_count, uint32_t background_labels)
    : background_labels_(background_labels), sums_(label_count) {}

bool ClipJudge::IsBackground(size_t label) const {
  return label < 32 && (background_labels_ >> label & 1) != 0;
}

void ClipJudge::Add(Span<const uint8_t> scores) {
  ++count_;
  for (size_t i = 0; i < sums_.size(); ++i) sums_[i] += scores[i];
  ClipAnswer answer;
  answer.scores.assign(scores.begin(), scores.end());
  answer.label = Top(answer.scores);
  if (IsBackground(answer.label)) return;
  if (best_.scores.empty() || answer.scores[answer.label] > best_.scores[best_.label]) {
    best_ = std::move(answer);
  }
}

ClipAnswer ClipJudge::Answer() const {
  if (!best_.scores.empty()) return best_;
  ClipAnswer mean;
  for (const uint64_t sum : sums_) {
    mean.scores.push_back(static_cast<uint8_t>((sum + count_ / 2) / count_));
  }
  mean.label = Top(mean.scores);
  return mean;
}

Classifier::Classifier(const KeywordModel& model)
    : model_(model),
      stream_(MakeSpotter(model, model.config())),
      every_stride_(MakeSpotter(model, EveryStride(model))),
      one_window_(MakeSpotter(model, OneWindow(model, stream_.spotter.window_ms()))),
      window_samples_(static_cast<size_t>(stream_.spotter.window_ms() * kSamplesPerMs)),
      stride_samples_(static_cast<size_t>(model.config().stride_ms * kSamplesPerMs)) {}

RecordingResult Classifier::Classify(const std::string& path, ClassifyMode mode) {
  RecordingResult result;
  result.path = path;
  try {
    AudioFile file(path);
    if (file.format().converted()) result.conversion = file.format().Text();
    ClassifyFile(file, mode, &result);
    result.seconds = static_cast<double>(file.samples_read()) / kSampleRateHz;
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
  if (head.empty()) throw InputError("no samples");
  const bool is_clip = mode == ClassifyMode::kClip ||
                       (mode == ClassifyMode::kAuto && head.size() <= kMaxClipSamples);
  if (is_clip) {
    result->clip = JudgeClip(std::move(head), file);
  } else {
    result->detections = Listen(head, file);
  }
}

ClipAnswer Classifier::JudgeClip(std::vector<int16_t> head, AudioFile& file) {
  // A model that remembers answers for all that it has heard; any other for one window, so it is to
  // be a full one.
  const bool remembers = model_.model().remembers();
  if (head.size() < window_samples_) head.resize(window_samples_);  // Silence at the end.
  const std::vector<int16_t> tail(static_cast<size_t>(model_.clip_tail_ms() * kSamplesPerMs));
  const bool one_window =
      !remembers && head.size() + tail.size() < window_samples_ + stride_samples_;
  KeywordSpotter& spotter = one_window ? one_window_.spotter : every_stride_.spotter;
  spotter.Reset();
  ClipJudge judge(model_.labels().size(), model_.config().recognizer.background_labels);
  const auto add = [&](const KeywordSpotter::Result& result) {
    if (remembers || result.time_ms >= spotter.window_ms()) judge.Add(result.scores);
  };
  FeedAll(spotter, head, file, add);
  Feed(spotter, tail, add);
  return judge.Answer();
}

std::vector<Detection> Classifier::Listen(const std::vector<int16_t>& head, AudioFile& file) {
  KeywordSpotter& spotter = stream_.spotter;
  spotter.Reset();
  std::vector<Detection> detections;
  FeedAll(spotter, head, file, [&](const KeywordSpotter::Result& result) {
    if (result.detection != nullptr) detections.push_back(*result.detection);
  });
  return detections;
}

}  // namespace earshot::host
