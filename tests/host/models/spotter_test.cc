// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/spotter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "earshot/app/command_recognizer.h"
#include "tests/host/streaming_files.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

struct Answer {
  std::vector<uint8_t> scores;
  int64_t time_ms;
  bool gate_is_closed;
  bool is_heard;
  std::vector<int64_t> word;  // Label, start, end; empty: none.

  bool operator==(const Answer& other) const {
    return scores == other.scores && time_ms == other.time_ms && word == other.word &&
           gate_is_closed == other.gate_is_closed && is_heard == other.is_heard;
  }
};

std::vector<Answer> Hear(Spotter& spotter, Span<const int16_t> samples, size_t piece) {
  std::vector<Answer> answers;
  while (!samples.empty()) {
    Span<const int16_t> chunk = samples.subspan(0, std::min(piece, samples.size()));
    samples = samples.subspan(chunk.size());
    while (!chunk.empty()) {
      const Spotter::Result result = spotter.Feed(chunk);
      chunk = chunk.subspan(result.consumed);
      if (result.scores.empty()) continue;
      answers.push_back({{result.scores.begin(), result.scores.end()},
                         result.time_ms,
                         result.gate_is_closed,
                         result.recognized.is_heard(),
                         {}});
      const Detection* word = result.detection;
      if (word != nullptr) answers.back().word = {word->label, word->start_ms, word->end_ms};
    }
  }
  return answers;
}

class SpotterTest : public testing::Test {
 protected:
  KeywordModel WithVoice(double cutoff) {
    ModelChoice choice;
    choice.model = WriteStreamingModel(dir_.path(), StreamingManifest());
    choice.voice = WriteVoiceModel(dir_.path(), cutoff);
    return KeywordModel(choice);
  }

  const TempDir dir_;
  const std::vector<int16_t> samples_ =
      ReadFile(test::SourcePath("audio_samples/streams/pink_20db.wav"));
};

// The same scores, put to a recognizer whose gate follows what the voice model said until then.
TEST_F(SpotterTest, AnnouncesWhileTheVoiceModelHears) {
  const KeywordModel model = WithVoice(0.7);
  ASSERT_NE(model.voice(), nullptr);
  Spotter spotter(model, model.config());
  Spotter voice(*model.voice(), model.voice()->config());
  const std::vector<Answer> answers = Hear(spotter, samples_, samples_.size());
  const std::vector<Answer> heard = Hear(voice, samples_, samples_.size());

  const SpotterConfig& config = model.config();
  const int period_ms = config.stride_ms * config.strides_per_inference;
  AlignedBytes memory(
      CommandRecognizer::RequiredBytes(config.recognizer, config.label_count, period_ms));
  CommandRecognizer recognizer;
  ASSERT_TRUE(CommandRecognizer::Create(config.recognizer, config.label_count, period_ms,
                                        config.context_ms, memory.span(), &recognizer)
                  .ok());
  size_t words = 0;
  size_t closed = 0;
  auto next = heard.begin();
  for (const Answer& answer : answers) {
    while (next != heard.end() && next->time_ms <= answer.time_ms) ++next;
    const bool is_closed = next == heard.begin() || !std::prev(next)->is_heard;
    ASSERT_EQ(answer.gate_is_closed, is_closed) << answer.time_ms;
    recognizer.CloseGate(is_closed);
    CommandRecognizer::Result result;
    Detection detection;
    ASSERT_TRUE(recognizer.Process(answer.time_ms, answer.scores, &result, &detection).ok());
    ASSERT_EQ(answer.word.empty(), !result.is_new()) << answer.time_ms;
    words += result.is_new() ? 1 : 0;
    closed += result.decision == CommandRecognizer::Decision::kGateClosed ? 1 : 0;
  }
  EXPECT_GT(words, 0u);
  EXPECT_GT(closed, 0u);
}

TEST_F(SpotterTest, HearsTheSameInPiecesOfAnySize) {
  const KeywordModel model = WithVoice(0.7);
  Spotter spotter(model, model.config());
  const std::vector<Answer> wanted = Hear(spotter, samples_, samples_.size());
  for (const size_t piece : {1u, 15u, 16u, 333u, 4096u}) {
    spotter.Reset();
    EXPECT_TRUE(Hear(spotter, samples_, piece) == wanted) << piece;
  }
}

TEST_F(SpotterTest, WithoutAVoiceModelNothingIsHeldBack) {
  ModelChoice choice;
  choice.model = WriteStreamingModel(dir_.path(), StreamingManifest());
  const KeywordModel model(choice);
  Spotter spotter(model, model.config());
  for (const Answer& answer : Hear(spotter, samples_, 1000)) ASSERT_FALSE(answer.gate_is_closed);
}

}  // namespace
}  // namespace earshot::host
