// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Words at the very end of a sound: in streams of all kinds, and alike.

#include "earshot/host/classification/end_silence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "earshot/host/classification/classifier.h"
#include "earshot/host/evaluation/stream_figures.h"
#include "earshot/host/evaluation/stream_scores.h"
#include "tests/host/listening/listener_fixture.h"

namespace earshot::host {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

KeywordModel Load(const std::string& name) {
  ModelChoice choice;
  choice.model = name;
  return KeywordModel(choice);
}

// Clips of a second whose word only the silence behind it shows, to each of the shipped models.
constexpr const char* kModels[] = {"tiny_conv_yes_no", "yes_no_streaming", "commands_7"};
constexpr const char* kClips[] = {"yes/flite_slt_pink_20db.wav", "no/espeak_caribbean_fast.wav"};

std::string Sample(const std::string& clip) { return test::SourcePath("audio_samples/" + clip); }

std::vector<Detection> Classified(const KeywordModel& model, const std::string& path,
                                  bool hears_end = true) {
  return Classifier(model, hears_end).Classify(path, ClassifyMode::kStream).detections;
}

testing::Matcher<const Detection&> IsDetection(const Detection& wanted) {
  return testing::AllOf(testing::Field(&Detection::label, wanted.label),
                        testing::Field(&Detection::score, wanted.score),
                        testing::Field(&Detection::start_ms, wanted.start_ms),
                        testing::Field(&Detection::end_ms, wanted.end_ms),
                        testing::Field(&Detection::time_ms, wanted.time_ms));
}

class EndSilenceTest : public ListenerTest {
 protected:
  const TempDir dir_;
};

// As if the recording were so much longer, but within it.
TEST_F(EndSilenceTest, IsHeardBehindAStream) {
  for (const char* name : kModels) {
    const KeywordModel model = Load(name);
    for (const char* clip : kClips) {
      EXPECT_THAT(Classified(model, Sample(clip), false), IsEmpty()) << name << " " << clip;
      const std::vector<Detection> found = Classified(model, Sample(clip));
      ASSERT_THAT(found, SizeIs(1)) << name << " " << clip;
      std::vector<int16_t> longer = ReadFile(Sample(clip));
      const auto length_ms = static_cast<int64_t>(longer.size() / 16);
      longer.resize(longer.size() + EndSilenceSamples(model));
      WriteWav(dir_.Path("longer.wav"), longer);
      const std::vector<Detection> wanted = Classified(model, dir_.Path("longer.wav"), false);
      ASSERT_THAT(wanted, SizeIs(1));
      EXPECT_GT(wanted[0].time_ms, length_ms);
      EXPECT_EQ(found[0].time_ms, length_ms);
      EXPECT_EQ(found[0].end_ms, std::min(wanted[0].end_ms, length_ms));
      EXPECT_LT(found[0].start_ms, found[0].end_ms);
      EXPECT_EQ(found[0].score, wanted[0].score);
      EXPECT_EQ(found[0].label, wanted[0].label);
    }
  }
}

// After that, no answer in the average has heard anything of the sound.
TEST_F(EndSilenceTest, IsAsLongAsAnAnswerAndTheAverageReachBack) {
  EXPECT_EQ(EndSilenceSamples(Load("tiny_conv_yes_no")), 16u * (990 + 500));
  EXPECT_EQ(EndSilenceSamples(Load("yes_no_streaming")), 16u * (1350 + 550));
}

// Of several models each is given what it needs, and no more: as each alone.
TEST_F(EndSilenceTest, ListenersHearItAsClassifiersDo) {
  std::vector<KeywordModel> models;
  for (const char* name : kModels) models.push_back(Load(name));
  parts_.models.clear();
  for (const KeywordModel& model : models) parts_.models.push_back(&model);
  for (const char* clip : kClips) {
    for (const size_t size : {100, 320, 20000}) {
      log_ = OutputLog();
      sources_ = {Blocks(ReadFile(Sample(clip)), size)};
      Run();
      EXPECT_EQ(log_.samples, ReadFile(Sample(clip)));  // Nothing is recorded of it.
      EXPECT_EQ(log_.latest.samples, static_cast<int64_t>(log_.samples.size()));
      ASSERT_THAT(log_.words, SizeIs(3)) << clip << " " << size;
      for (const HeardWord& word : log_.words) {
        const std::vector<Detection> alone = Classified(models[word.model], Sample(clip));
        EXPECT_THAT(word.detection, IsDetection(alone.at(0)));
        EXPECT_EQ(word.latency_ms, 0);  // From the last of the sound.
      }
    }
  }
}

TEST_F(EndSilenceTest, ComesAlsoWhereAListenerEndsByItself) {
  std::vector<int16_t> samples = ReadFile(Sample(kClips[0]));
  const auto length = static_cast<int64_t>(samples.size());
  samples.resize(samples.size() + 100000, 5000);  // Not heard.
  ListenOptions options;
  options.most_samples = length;
  sources_ = {Blocks(samples, 1000)};
  Run(options);
  EXPECT_THAT(log_.words, SizeIs(1));
}

TEST_F(EndSilenceTest, DoesNotComeUnlessTheSoundEnds) {
  ListenOptions options;
  options.hears_end = false;
  sources_ = {Blocks(ReadFile(Sample(kClips[0])), 1000)};
  Run(options);
  EXPECT_THAT(log_.words, IsEmpty());

  // Asked to stop, as by Ctrl-C, when all was read.
  class StopsAtTheEnd : public PartialListenOutput {
   public:
    StopsAtTheEnd(size_t samples, std::atomic<bool>* stop) : left_(samples), stop_(stop) {}
    void Samples(Span<const int16_t> samples) override {
      left_ -= samples.size();
      if (left_ == 0) *stop_ = true;
    }

   private:
    size_t left_;
    std::atomic<bool>* stop_;
  };
  StopsAtTheEnd stops(ReadFile(Sample(kClips[0])).size(), &stop_);
  parts_.outputs.push_back(&stops);
  sources_ = {Blocks(ReadFile(Sample(kClips[0])), 1000)};
  Run();
  EXPECT_THAT(log_.words, IsEmpty());
}

TEST_F(EndSilenceTest, EvaluationHearsItBehindEachStream) {
  for (const char* name : kModels) {
    const KeywordModel model = Load(name);
    std::vector<Unread> unread;
    const LabelledStream stream = {Sample(kClips[0]), {{"yes", 0.1, 0.8}}};
    const auto measured = [&](bool hears_end) {
      StreamFigures figures = HearStreams(model, {stream, stream}, 2, hears_end, &unread);
      MeasureStreams(model.config().recognizer, model.labels().size(), &figures);
      return figures;
    };
    EXPECT_EQ(measured(false).found.count, 0);
    const StreamFigures figures = measured(true);
    EXPECT_EQ(figures.found.count, 2);
    EXPECT_DOUBLE_EQ(figures.hours, 2 * figures.recordings[0].seconds / 3600);  // Without it.
    for (const StreamEvent& event : figures.events) {
      EXPECT_EQ(event.time, static_cast<double>(Classified(model, stream.path)[0].time_ms) / 1000);
      EXPECT_GT(event.delay, event.time - event.end);  // When a device would have told it.
    }
  }
}

// Negatives are one sound, so there is one end.
TEST_F(EndSilenceTest, EvaluationHearsItBehindTheLastNegative) {
  const KeywordModel model = Load("tiny_conv_yes_no");
  std::vector<Unread> unread;
  const std::string clip = Sample(kClips[0]);
  const auto heard = [&](bool hears_end) {
    return HearNegatives(model, {clip, clip, "/nowhere.wav"}, hears_end, &unread);
  };
  const StreamFigures without = heard(false);
  StreamFigures figures = heard(true);
  ASSERT_THAT(figures.recordings, SizeIs(2));
  EXPECT_EQ(figures.recordings[0].kept.scores, without.recordings[0].kept.scores);
  const size_t more = figures.recordings[1].kept.count() - without.recordings[1].kept.count();
  EXPECT_GE(more, EndSilenceSamples(model) / 320);
  EXPECT_LE(more, EndSilenceSamples(model) / 320 + 1);
  MeasureStreams(model.config().recognizer, model.labels().size(), &figures);
  ASSERT_FALSE(figures.false_accepts.empty());
  const FalseAccept& last = figures.false_accepts.back();
  EXPECT_EQ(last.recording, 1u);
  EXPECT_EQ(last.time, figures.recordings[1].seconds);
}

}  // namespace
}  // namespace earshot::host
