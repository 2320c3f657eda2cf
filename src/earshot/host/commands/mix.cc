// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/commands.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <memory>
#include <optional>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/commands/number_option.h"
#include "earshot/host/commands/sound_options.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/console/terminal_text.h"
#include "earshot/host/errors.h"
#include "earshot/host/mixing/bad_files.h"
#include "earshot/host/mixing/stream_maker.h"
#include "earshot/host/models/label_list.h"
#include "earshot/models/label_names.h"

namespace earshot::host {
namespace {

constexpr char kExamples[] =
    "  earshot mix --words words/ --keywords yes,no --minutes 30 --out stream.wav\n"
    "  earshot mix --words words/ --keywords yes,no --all-words --snr 5 --out stream.wav\n"
    "  earshot mix --words words/ --noise kitchen/ --noise tap.flac@0.8-1 --minutes 10 --out "
    "s.wav\n"
    "  earshot mix --words words.csv --speech books/ --gap 1..2 --minutes 60 --out s.wav\n"
    "  earshot evaluate --stream stream.wav        how well is it heard?\n";

constexpr char kDescription[] =
    "Makes a labelled stream for tests: words, running speech and noise in one recording (WAV, "
    "16 kHz, mono, 16 bits), and beside it a CSV file that says which word is when. The same "
    "arguments and recordings give the same stream. A recording that cannot be read is reported, "
    "and the rest goes on.\n"
    "Exit code 0: all done, 2: wrong arguments, 3: a recording could not be read or written.";

constexpr double kMostMinutes = 2000;  // A WAV file ends at 4 GiB.

constexpr double kLongestGapSeconds = 3600;
constexpr double kLeastLevel = -90;  // In dBFS.

struct Options {
  MixOptions mix;
  std::string gap;
  std::string channel;
  bool all_words = false;
  std::optional<double> speech_level_dbfs;
};

// Whether `text` is nothing but a number of seconds that a gap may have.
bool ReadSeconds(const std::string& text, double* seconds) {
  return ReadNumber(text, seconds) && *seconds >= 0 && *seconds <= kLongestGapSeconds;
}

// "2..4", or "3" for both.
void ReadGap(const std::string& text, MixOptions* mix) {
  if (text.empty()) return;
  const size_t dots = text.find("..");
  const std::string first = text.substr(0, dots);
  const std::string last = dots == std::string::npos ? first : text.substr(dots + 2);
  if (ReadSeconds(first, &mix->min_gap_seconds) && ReadSeconds(last, &mix->max_gap_seconds) &&
      mix->min_gap_seconds <= mix->max_gap_seconds) {
    return;
  }
  throw UsageError(fmt::format("--gap: found \"{}\", wanted seconds from 0 to {}, as 2..4", text,
                               kLongestGapSeconds));
}

std::string CountsText(const MixSummary& summary) {
  int64_t keywords = 0;
  std::string each;
  for (const auto& [keyword, count] : summary.keywords) {
    keywords += count;
    each += fmt::format("{}{} {}", each.empty() ? "" : ", ", Visible(keyword), count);
  }
  return fmt::format("keywords     {} ({})\nother words  {}\n", keywords, each,
                     summary.other_words);
}

std::string NoiseText(const MixOptions& options) {
  if (options.noise.empty()) return "none";
  constexpr size_t kMostNamed = 3;
  std::string sources;
  for (size_t i = 0; i < options.noise.size() && i < kMostNamed; ++i) {
    const std::string& source = options.noise[i];
    const bool generated = source == "white" || source == "pink";
    sources += (i > 0 ? ", " : "") + Visible(source) + (generated ? " (generated)" : "");
  }
  if (options.noise.size() > kMostNamed) {
    sources += fmt::format(" and {} more", options.noise.size() - kMostNamed);
  }
  return fmt::format("{:.1f} dBFS, SNR {:.1f} dB: {}", options.level_dbfs - options.snr_db,
                     options.snr_db, sources);
}

std::string SummaryText(const MixOptions& options, const MixSummary& summary) {
  const auto samples = static_cast<double>(summary.samples);
  std::string text = fmt::format("{}  {:.1f} min ({:.3f} h), seed {}\n{}\n", Visible(options.out),
                                 samples / kSampleRateHz / 60, samples / kSampleRateHz / 3600,
                                 options.seed, Visible(summary.events_path));
  text += CountsText(summary);
  text += fmt::format("word level   {:.1f} dBFS", options.level_dbfs);
  if (options.level_range_db > 0) text += fmt::format(" +- {:.1f} dB", options.level_range_db);
  text += fmt::format("\nnoise        {}\n", NoiseText(options));
  if (!options.speech.empty()) {
    text += fmt::format("utterances   {} at {:.1f} dBFS", summary.utterances,
                        options.speech_level_dbfs);
    if (summary.utterances_with_keywords > 0) {
      text += fmt::format(" ({} left out: a keyword is said)", summary.utterances_with_keywords);
    }
    text += "\n";
  }
  return text + fmt::format("clipped      {} samples ({:.4f} %)\n", summary.clipped,
                            100 * static_cast<double>(summary.clipped) / samples);
}

int Mix(Options* options) {
  MixOptions& mix = options->mix;
  if (options->all_words == (mix.minutes > 0)) {
    throw UsageError("mix: give either --minutes or --all-words");
  }
  ReadGap(options->gap, &mix);
  mix.channel = ParseChannel(options->channel, ChannelOf::kRecording);
  mix.speech_level_dbfs = options->speech_level_dbfs.value_or(mix.level_dbfs);
  mix.keywords = NamesOf(mix.keywords);
  const std::string wrong = WrongWithLabels(mix.keywords);
  if (!wrong.empty()) {
    throw UsageError(
        fmt::format("--keywords: found {}, wanted {}", fmt::join(mix.keywords, ","), wrong));
  }
  if (mix.noise.empty()) mix.noise = {"pink"};
  if (mix.noise == std::vector<std::string>{"none"}) mix.noise.clear();

  BadFiles bad;
  const MixSummary summary = MakeStream(mix, &bad);
  WriteStandardOutput(SummaryText(mix, summary));
  if (summary.converted > 0) {
    Warn(fmt::format("{} of the words were converted to 16000 Hz mono", summary.converted));
  }
  if (bad.count() > 0) Warn(fmt::format("{} could not be read, or not wholly", bad.count()));
  return bad.count() > 0 ? kExitBadInput : kExitOk;
}

void AddSources(CommandLine& command, MixOptions* mix) {
  command
      .Add("--words", &mix->words,
           "Recordings of single words: directories of label folders, or CSV files with "
           "path,label")
      .TypeName("DIR|CSV")
      .Required();
  command.Add("--keywords", &mix->keywords, "The words that matter; default: all")
      .OneValueEach()
      .TypeName("A,B,C");
  AddNumber(command, "--keyword-share", &mix->keyword_share, "Share of keywords among the words", 0,
            1)
      .TypeName("0..1")
      .ShowDefault()
      .Needs("--keywords");
  command
      .Add("--noise", &mix->noise,
           "Recordings, directories, white, pink or none; PATH@0.8-1: only that part of "
           "each recording; default: pink")
      .TypeName("PATH");
  command
      .Add("--speech", &mix->speech,
           "Running speech between words: recordings, directories, or CSV files with "
           "path[,text]; utterances with a keyword in their text are left out")
      .TypeName("PATH|CSV");
  AddNumber(command, "--speech-share", &mix->speech_share, "Share of the gaps with an utterance", 0,
            1)
      .TypeName("0..1")
      .ShowDefault()
      .Needs("--speech");
}

void AddLevels(CommandLine& command, const std::shared_ptr<Options>& options) {
  MixOptions* mix = &options->mix;
  AddNumber(command, "--snr", &mix->snr_db, "How far the noise's rms lies below --level, in dB",
            -60, 100)
      .TypeName("DB")
      .ShowDefault();
  AddNumber(command, "--level", &mix->level_dbfs, "The rms of each word's audible part, in dBFS",
            kLeastLevel, 0)
      .TypeName("DB")
      .ShowDefault();
  AddNumber(command, "--level-range", &mix->level_range_db, "Words are as much louder or softer", 0,
            40)
      .TypeName("DB")
      .ShowDefault();
  AddNumber(command, "--speech-level", &options->speech_level_dbfs,
            "The rms of each utterance, in dBFS; default: --level", kLeastLevel, 0)
      .TypeName("DB")
      .Needs("--speech");
}

}  // namespace

void AddMixCommand(Program& program) {
  const auto options = std::make_shared<Options>();
  CommandLine command = program.AddCommand("mix", kDescription, kExamples);
  AddSources(command, &options->mix);
  AddLevels(command, options);
  AddChannelOption(command, ChannelOf::kRecording, &options->channel);
  command.Add("--gap", &options->gap, "Seconds of nothing between words; default: 2..4")
      .TypeName("MIN..MAX");
  AddNumber(command, "--minutes", &options->mix.minutes, "How long the stream gets", 0.1,
            kMostMinutes)
      .TypeName("M");
  command.AddFlag("--all-words", &options->all_words,
                  "Each clip of the keywords once, and as many others as the share wants");
  AddNumber(command, "--seed", &options->mix.seed, "Another number gives another stream", 0,
            UINT64_MAX)
      .TypeName("N")
      .ShowDefault();
  command.Add("--out", &options->mix.out, "The stream, a .wav file; the events: .csv beside it")
      .TypeName("FILE")
      .Required();
  command.SetRun([options] { return Mix(options.get()); });
}

}  // namespace earshot::host
