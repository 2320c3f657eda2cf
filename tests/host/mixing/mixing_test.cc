// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The parts of `earshot mix`.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "earshot/host/errors.h"
#include "earshot/host/mixing/deck.h"
#include "earshot/host/mixing/gain.h"
#include "earshot/host/mixing/noise_generator.h"
#include "earshot/host/mixing/noise_track.h"
#include "earshot/host/mixing/random.h"
#include "earshot/host/mixing/speech_track.h"
#include "earshot/host/mixing/spoken_clip.h"
#include "earshot/host/mixing/word_picker.h"
#include "tests/host/test_files.h"

namespace earshot::host {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Adds a tone of so many 10 ms frames.
void AddTone(size_t begin_frame, size_t frames, double amplitude, std::vector<int16_t>* clip) {
  for (size_t i = begin_frame * 160; i < (begin_frame + frames) * 160; ++i) {
    (*clip)[i] = static_cast<int16_t>(
        (*clip)[i] + std::lrint(amplitude * std::sin(0.3 * static_cast<double>(i))));
  }
}

// Where the word is, in frames of 10 ms.
std::pair<double, double> Frames(const std::vector<int16_t>& clip) {
  const AudiblePart part = FindAudiblePart({clip.data(), clip.size()});
  return {static_cast<double>(part.begin) / 160, static_cast<double>(part.end) / 160};
}

TEST(AudiblePartTest, AToneInSilence) {
  std::vector<int16_t> clip(16000);
  AddTone(30, 40, 5000, &clip);
  EXPECT_EQ(Frames(clip), std::make_pair(30.0, 70.0));
}

TEST(AudiblePartTest, AToneInNoiseAndOnAConstant) {
  Random random(1, 0);
  WhiteNoise noise;
  std::vector<int16_t> clip(16000);
  for (int16_t& sample : clip) sample = static_cast<int16_t>(noise.Next(&random) / 40 + 3000);
  AddTone(30, 40, 8000, &clip);
  EXPECT_EQ(Frames(clip), std::make_pair(30.0, 70.0));
}

TEST(AudiblePartTest, AShortPauseIsPartOfTheWordALongOneIsNot) {
  std::vector<int16_t> clip(16000);
  AddTone(10, 20, 5000, &clip);
  AddTone(45, 5, 2000, &clip);  // 150 ms later, as the plosive at the end of "cat".
  EXPECT_EQ(Frames(clip), std::make_pair(10.0, 50.0));
  AddTone(66, 4, 4000, &clip);  // 160 ms later: something else.
  EXPECT_EQ(Frames(clip), std::make_pair(10.0, 50.0));
}

TEST(AudiblePartTest, OfSeveralPartsTheOneWithTheMostEnergy) {
  std::vector<int16_t> clip(16000);
  AddTone(2, 1, 20000, &clip);  // A click, louder than the word.
  AddTone(40, 30, 6000, &clip);
  EXPECT_EQ(Frames(clip), std::make_pair(40.0, 70.0));
}

TEST(AudiblePartTest, SoftEndsBelong35DbAreTooSoft) {
  std::vector<int16_t> clip(16000);
  AddTone(20, 20, 10000, &clip);
  AddTone(40, 10, 10000 * std::pow(10, -30 / 20.0), &clip);
  AddTone(50, 10, 10000 * std::pow(10, -40 / 20.0), &clip);
  EXPECT_EQ(Frames(clip), std::make_pair(20.0, 50.0));
}

TEST(AudiblePartTest, AClipWithoutQuietFramesIsAllWord) {
  std::vector<int16_t> clip(8050);
  AddTone(0, 50, 3000, &clip);
  const AudiblePart part = FindAudiblePart({clip.data(), clip.size()});
  EXPECT_EQ(part.begin, 0u);
  EXPECT_EQ(part.end, 8000u);  // The last 50 samples are silent.
}

TEST(AudiblePartTest, NothingIsAudibleInSilence) {
  EXPECT_TRUE(FindAudiblePart({}).empty());
  const std::vector<int16_t> constant(16000, 500);
  EXPECT_TRUE(FindAudiblePart({constant.data(), constant.size()}).empty());
}

// The numbers themselves: they must not change from machine to machine, nor with the library.
// (From an implementation of the standard's text in another language.)
TEST(RandomTest, GivesTheSameNumbersEverywhere) {
  Random random(42, 7);
  std::vector<uint64_t> numbers;
  for (int i = 0; i < 8; ++i) numbers.push_back(random.Below(1000));
  EXPECT_THAT(numbers, ElementsAre(762, 158, 308, 949, 107, 475, 780, 4));
  std::vector<int> items = {1, 2, 3, 4, 5, 6};
  random.Shuffle(&items);
  EXPECT_THAT(items, ElementsAre(3, 6, 1, 2, 5, 4));
}

TEST(RandomTest, StaysWithinItsBounds) {
  Random random(1, 0);
  std::set<int64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.Between(-2, 3));
  EXPECT_THAT(seen, ElementsAre(-2, -1, 0, 1, 2, 3));
  EXPECT_EQ(random.Between(5, 5), 5);
}

TEST(RandomTest, PurposesAreIndependent) {
  EXPECT_NE(Random(1, 0).Bits(), Random(1, 1).Bits());
  EXPECT_NE(Random(1, 0).Bits(), Random(2, 0).Bits());
  EXPECT_NE(Random(1, 0).Bits(), Random(uint64_t{1} << 32, 0).Bits());
}

TEST(DeckTest, EachItemOnceBeforeAnyComesAgain) {
  Random random(3, 0);
  Deck<int> deck({1, 2, 3, 4, 5});
  for (int round = 0; round < 3; ++round) {
    std::set<int> seen;
    for (int i = 0; i < 5; ++i) seen.insert(deck.Draw(&random));
    EXPECT_EQ(seen.size(), 5u);
  }
}

TEST(DeckTest, WhatIsDroppedDoesNotComeAgainAndNothingElseIsLost) {
  Random random(3, 0);
  Deck<int> deck({1, 2, 3, 4, 5});
  std::multiset<int> seen;
  const int dropped = deck.Draw(&random);
  deck.Drop();
  for (int i = 0; i < 8; ++i) seen.insert(deck.Draw(&random));
  for (const int item : {1, 2, 3, 4, 5}) {
    EXPECT_EQ(seen.count(item), item == dropped ? 0u : 2u) << item;
  }
}

TEST(GainTest, BringsToTheLevel) {
  EXPECT_NEAR(RmsOfLevel(-6.0206), 16384, 0.1);
  EXPECT_NEAR(LevelOfRms(16384), -6.0206, 1e-4);
  EXPECT_EQ(GainTo(-6.0206, 16384), kUnityGain);
  EXPECT_EQ(GainTo(0, 1), kMaxGain);
  Power power;
  for (const int16_t sample : {int16_t{-32768}, int16_t{0}}) power.Add(sample);
  EXPECT_NEAR(power.Rms(), 32768 / std::sqrt(2), 1e-9);
}

// The power of neighbouring octaves, by differences of block means: for white noise, half as many
// blocks have half the power; for pink noise, the same.
template <typename Noise>
std::vector<double> OctavePowers() {
  Random random(5, 0);
  Noise noise;
  std::vector<double> samples;
  for (int i = 0; i < 1 << 18; ++i) samples.push_back(noise.Next(&random));
  std::vector<double> powers;
  for (int octave = 0; octave < 5; ++octave) {
    double power = 0;
    std::vector<double> means;
    for (size_t i = 0; i + 1 < samples.size(); i += 2) {
      const double difference = (samples[i] - samples[i + 1]) / 2;
      power += difference * difference;
      means.push_back((samples[i] + samples[i + 1]) / 2);
    }
    powers.push_back(power / static_cast<double>(means.size()));
    samples = means;
  }
  return powers;
}

TEST(NoiseGeneratorTest, WhiteNoiseHalvesItsPowerPerOctaveDownPinkNoiseKeepsIt) {
  const std::vector<double> white = OctavePowers<WhiteNoise>();
  const std::vector<double> pink = OctavePowers<PinkNoise>();
  for (size_t octave = 1; octave < white.size(); ++octave) {
    EXPECT_NEAR(white[octave] / white[octave - 1], 0.5, 0.03);
    EXPECT_NEAR(pink[octave] / pink[octave - 1], 1, octave == 1 ? 0.4 : 0.25);
  }
}

TEST(NoiseGeneratorTest, HasTheRmsThatItNames) {
  Random random(5, 0);
  WhiteNoise white;
  PinkNoise pink;
  Power white_power, pink_power;
  for (int i = 0; i < 1000000; ++i) {
    white_power.Add(white.Next(&random));
    pink_power.Add(pink.Next(&random));
  }
  EXPECT_NEAR(white_power.Rms() / WhiteNoise::kRms, 1, 0.01);
  EXPECT_NEAR(pink_power.Rms() / PinkNoise::kRms, 1, 0.02);
}

TEST(NoiseTrackTest, PartsOfRecordings) {
  const TempDir dir;
  WriteWav(dir.Path("a@1.wav"), Noise(1000, 1));
  BadFiles bad;
  const std::vector<RecordingPart> parts = RecordingParts(dir.path() + "@.8-1", &bad);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].path, dir.Path("a@1.wav"));
  EXPECT_EQ(parts[0].from, 0.8);
  EXPECT_EQ(parts[0].to, 1);
  EXPECT_EQ(RecordingParts(dir.Path("a@1.wav"), &bad)[0].to, 1);
  EXPECT_EQ(bad.count(), 0u);
  for (const char* part : {"@0.8-0.7", "@0.5-0.5", "@0-1.5"}) {
    EXPECT_THROW(RecordingParts(dir.path() + part, &bad), UsageError) << part;
  }
}

TEST(NoiseTrackTest, PlaysOnlyItsPartAtTheLevel) {
  const TempDir dir;
  std::vector<int16_t> pcm = Noise(16000, 1);
  std::fill(pcm.begin(), pcm.begin() + 12800, int16_t{0});
  WriteWav(dir.Path("a.wav"), pcm);
  BadFiles bad;
  NoiseTrack track({dir.Path("a.wav") + "@0.8-1"}, -40, 1, &bad);
  std::vector<int64_t> mix(32000);
  track.AddTo({mix.data(), mix.size()});
  Power power;
  for (const int64_t sample : mix) power.Add(static_cast<int16_t>(sample >> kGainBits));
  EXPECT_NEAR(LevelOfRms(power.Rms()), -40, 0.3);  // The fades take a little.
}

TEST(NoiseTrackTest, WithoutAnyThatCanBeReadThereIsNoNoise) {
  const TempDir dir;
  WriteText(dir.Path("a.wav"), "no recording");
  WriteWav(dir.Path("b.wav"), std::vector<int16_t>(1000));
  BadFiles bad;
  EXPECT_THROW(NoiseTrack({dir.path()}, -40, 1, &bad), InputError);
  EXPECT_EQ(bad.count(), 2u);
}

TEST(SpeechTrackTest, WordsInATranscript) {
  EXPECT_TRUE(ContainsWord("SAY NO MORE", "no"));
  EXPECT_TRUE(ContainsWord("no, now", "no"));
  EXPECT_TRUE(ContainsWord("know no", "no"));
  EXPECT_FALSE(ContainsWord("now you know it snows", "no"));
}

std::vector<LabelledClip> Clips(const std::map<std::string, int>& counts) {
  std::vector<LabelledClip> clips;
  for (const auto& [label, count] : counts) {
    for (int i = 0; i < count; ++i) clips.push_back({label + std::to_string(i), label});
  }
  return clips;
}

TEST(WordPickerTest, KeywordsAreEquallyFrequentAndHaveTheirShare) {
  WordPicker picker(Clips({{"yes", 5}, {"no", 50}, {"cat", 3}, {"dog", 30}, {"silence", 9}}),
                    {"yes", "no"}, 0.25, 1);
  std::map<std::string, int> counts;
  LabelledClip clip;
  for (int i = 0; i < 4000; ++i) {
    ASSERT_TRUE(picker.Next(&clip));
    ++counts[clip.word];
  }
  EXPECT_NEAR(counts["yes"], 500, 80);
  EXPECT_NEAR(counts["no"], 500, 80);
  EXPECT_NEAR(counts["dog"], 10 * counts["cat"], 30);  // Each clip as often as any other.
  EXPECT_EQ(counts.count("silence"), 0u);
}

TEST(WordPickerTest, EachOnce) {
  WordPicker picker(Clips({{"yes", 5}, {"no", 10}, {"cat", 30}}), {"yes", "no"}, 0.5, 1);
  picker.EachOnce();
  std::map<std::string, int> counts;
  std::set<std::string> paths;
  for (LabelledClip clip; picker.Next(&clip);) {
    ++counts[clip.word];
    EXPECT_TRUE(paths.insert(clip.path).second) << clip.path;
  }
  EXPECT_EQ(counts, (std::map<std::string, int>{{"cat", 15}, {"no", 10}, {"yes", 5}}));
}

TEST(WordPickerTest, WhatIsDroppedNeverComesAgain) {
  WordPicker picker(Clips({{"yes", 2}}), {}, 0.5, 1);
  LabelledClip first, clip;
  ASSERT_TRUE(picker.Next(&first));
  picker.DropLast();
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(picker.Next(&clip));
    EXPECT_NE(clip.path, first.path);
  }
  picker.DropLast();
  EXPECT_FALSE(picker.Next(&clip));
}

TEST(WordPickerTest, AKeywordWithoutClips) {
  try {
    const WordPicker picker(Clips({{"yes", 2}}), {"yes", "stop"}, 0.5, 1);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("\"stop\""));
  }
}

}  // namespace
}  // namespace earshot::host
