// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mixing/stream_maker.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/errors.h"
#include "earshot/host/evaluation/data_sets.h"
#include "earshot/host/files/output_check.h"
#include "earshot/host/mixing/gain.h"
#include "earshot/host/mixing/noise_track.h"
#include "earshot/host/mixing/speech_track.h"
#include "earshot/host/mixing/spoken_clip.h"
#include "earshot/host/mixing/stream_writer.h"
#include "earshot/host/mixing/word_picker.h"

namespace earshot::host {
namespace {

constexpr uint32_t kLayout = 5;  // What Random is for; see there.

// What is left of a clip on either side of the audible part, so that soft beginnings and ends stay.
constexpr int64_t kMarginSamples = kSampleRateHz / 5;
constexpr int64_t kMarginFadeSamples = 2 * kFadeSamples;

// Behind the last word: a device needs time to announce it.
constexpr int64_t kTailSamples = 2 * kSampleRateHz;

int64_t Samples(double seconds) { return std::llround(seconds * kSampleRateHz); }

std::vector<LabelledClip> FindClips(const std::vector<std::string>& words, BadFiles* bad) {
  EvaluationData data;
  for (const std::string& path : words) AddClips(path, &data);
  for (const Unread& unread : data.unread) bad->Tell(unread.path, unread.error);
  return std::move(data.clips);
}

// The foreground is one thing after the other: quiet, word, quiet, utterance ...; the noise runs on
// below it.
class StreamMaker {
 public:
  StreamMaker(const MixOptions& options, const std::vector<LabelledClip>& clips, BadFiles* bad)
      : options_(options),
        bad_(bad),
        picker_(clips, options.keywords, options.keyword_share, options.seed),
        noise_(options.noise, options.level_dbfs - options.snr_db, options.seed, bad,
               options.channel),
        speech_(options.speech, picker_.keywords(), options.speech_level_dbfs, options.seed, bad,
                options.channel),
        layout_(options.seed, kLayout) {
    CheckOutputs({{"--out", options.out}, {"--out, its event list", EventListOf(options.out)}},
                 [&](const AddInput& add) { TellInputs(clips, add); });
    writer_.emplace(options.out);
    if (options.minutes > 0) {
      length_ = Samples(options.minutes * 60);
    } else {
      picker_.EachOnce();
    }
    for (const std::string& keyword : picker_.keywords()) summary_.keywords[keyword] = 0;
  }

  MixSummary Make() {
    quiet_ = DrawGap();
    while (!full_ && PutWord()) {
      const bool wants_speech =
          layout_.Between(1, kMillion) <= std::llround(options_.speech_share * kMillion);
      if (wants_speech) PutUtterance();
    }
    if (summary_.other_words == 0 && !AnyKeyword()) throw InputError("no word could be put in");
    WriteQuiet(length_ ? *length_ - writer_->position() : std::max(quiet_, kTailSamples));
    writer_->Finish();
    summary_.samples = writer_->position();
    summary_.clipped = writer_->clipped();
    summary_.utterances_with_keywords = static_cast<int64_t>(speech_.left_out().size());
    summary_.events_path = EventListOf(options_.out);
    return summary_;
  }

 private:
  void TellInputs(const std::vector<LabelledClip>& clips, const AddInput& add) const {
    for (const auto* paths : {&options_.words, &options_.noise, &options_.speech}) {
      for (const std::string& path : *paths) add(path);
    }
    for (const std::string& path : bad_->paths()) add(path);
    for (const LabelledClip& clip : clips) add(clip.path);
    for (const std::string& path : noise_.paths()) add(path);
    for (const auto* paths : {&speech_.paths(), &speech_.left_out()}) {
      for (const std::string& path : *paths) add(path);
    }
  }

  bool AnyKeyword() const {
    return std::any_of(summary_.keywords.begin(), summary_.keywords.end(),
                       [](const auto& keyword) { return keyword.second > 0; });
  }

  int64_t DrawGap() {
    return layout_.Between(Samples(options_.min_gap_seconds), Samples(options_.max_gap_seconds));
  }

  // Whether as many samples, after the quiet that is due, leave room for the tail; from the first
  // that do not, the stream is full.
  bool Fits(int64_t samples) {
    full_ = length_ && writer_->position() + quiet_ + samples + kTailSamples > *length_;
    return !full_;
  }

  // False: no more words.
  bool PutWord() {
    LabelledClip clip;
    while (picker_.Next(&clip)) {
      SpokenClip spoken;
      try {
        spoken = ReadSpokenClip(clip.path, options_.channel);
        bad_->Tell(clip.path, spoken.flaws);
      } catch (const InputError& error) {
        bad_->Tell(clip.path, error.what());
        picker_.DropLast();
        continue;
      }
      if (Fits(static_cast<int64_t>(spoken.samples.size()))) Put(clip, spoken);
      return true;
    }
    return false;
  }

  void Put(const LabelledClip& clip, const SpokenClip& spoken) {
    const int64_t most = std::min(kMarginSamples, Samples(options_.min_gap_seconds) / 2);
    const auto word_begin = static_cast<int64_t>(spoken.word.begin);
    const auto word_end = static_cast<int64_t>(spoken.word.end);
    const auto clip_end = static_cast<int64_t>(spoken.samples.size());
    const int64_t before = std::min(most, word_begin);
    const int64_t after = std::min(most, clip_end - word_end);
    const int64_t range = std::llround(options_.level_range_db * 1000);
    const double level =
        options_.level_dbfs + static_cast<double>(layout_.Between(-range, range)) / 1000;
    const int64_t gain = GainTo(level, spoken.rms);

    WriteQuiet(quiet_ - before);
    std::vector<int64_t> mix;
    for (int64_t i = word_begin - before; i < word_end + after; ++i) {
      const int64_t faded =
          std::min(Faded(gain, i - (word_begin - before), std::min(before, kMarginFadeSamples)),
                   Faded(gain, word_end + after - 1 - i, std::min(after, kMarginFadeSamples)));
      mix.push_back(spoken.samples[static_cast<size_t>(i)] * faded);
    }
    const int64_t begin = writer_->position() + before;
    Write({mix.data(), mix.size()});
    writer_->WriteWord({clip.word, begin, begin + word_end - word_begin, clip.path, level});
    quiet_ = DrawGap() - after;
    Count(clip.word, spoken.converted);
  }

  void Count(const std::string& label, bool converted) {
    if (picker_.IsKeyword(label)) {
      ++summary_.keywords[label];
    } else {
      ++summary_.other_words;
    }
    summary_.converted += converted ? 1 : 0;
  }

  void PutUtterance() {
    const std::unique_ptr<RecordingPlayer> player = speech_.Next();
    if (player == nullptr || !Fits(player->samples_left())) return;
    WriteQuiet(quiet_);
    while (player->samples_left() > 0) {
      const auto count =
          static_cast<size_t>(std::min<int64_t>(player->samples_left(), block_.size()));
      block_.fill(0);
      player->AddTo({block_.data(), count});
      Write({block_.data(), count});
    }
    quiet_ = DrawGap();
    ++summary_.utterances;
  }

  void WriteQuiet(int64_t samples) {
    while (samples > 0) {
      const auto count = static_cast<size_t>(std::min<int64_t>(samples, block_.size()));
      block_.fill(0);
      Write({block_.data(), count});
      samples -= static_cast<int64_t>(count);
    }
  }

  // Adds the noise to the foreground and writes both.
  void Write(Span<int64_t> mix) {
    noise_.AddTo(mix);
    writer_->Write({mix.data(), mix.size()});
  }

  const MixOptions& options_;
  BadFiles* bad_;
  WordPicker picker_;
  NoiseTrack noise_;
  SpeechTrack speech_;
  Random layout_;
  std::optional<StreamWriter> writer_;
  MixSummary summary_;
  std::optional<int64_t> length_;  // In samples; none: until the words are through.
  int64_t quiet_ = 0;              // Samples due before the next word or utterance.
  bool full_ = false;
  std::array<int64_t, 4096> block_ = {};
};

}  // namespace

MixSummary MakeStream(const MixOptions& options, BadFiles* bad) {
  if (std::filesystem::path(options.out).extension() != ".wav") {
    throw UsageError(options.out + ": wanted a name that ends in .wav");
  }
  return StreamMaker(options, FindClips(options.words, bad), bad).Make();
}

}  // namespace earshot::host
