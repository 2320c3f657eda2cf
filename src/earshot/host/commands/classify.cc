// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <thread>

#include "earshot/host/audio/path_list.h"
#include "earshot/host/classification/classifier_crew.h"
#include "earshot/host/classification/ordered_batch.h"
#include "earshot/host/classification/output_format.h"
#include "earshot/host/commands/choice_option.h"
#include "earshot/host/commands/model_options.h"
#include "earshot/host/commands/number_option.h"
#include "earshot/host/commands/sound_options.h"
#include "earshot/host/console/progress.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/errors.h"

namespace earshot::host {
namespace {

constexpr char kExamples[] =
    "  earshot classify yes.wav no.flac            one label per clip\n"
    "  earshot classify recordings/                all recordings below a directory\n"
    "  earshot classify --mode stream walk.ogg     when was which word said?\n"
    "  find . -name '*.wav' | earshot classify --jsonl -\n"
    "  earshot classify --model my.tflite --labels silence,unknown,on,off clip.wav\n";

constexpr char kDescription[] =
    "Labels recordings. Any format, rate and channel count; clips of up to 1.5 s get one label, "
    "longer recordings timed detections. A recording that cannot be read is reported, and the rest "
    "goes on.\n"
    "Exit code 0: all done, 2: wrong arguments, 3: a recording could not be read, 4: the model is "
    "invalid or not supported.";

struct Options {
  std::vector<std::string> paths;
  std::vector<std::string> lists;
  ModelChoice model;
  ClassifyMode mode = ClassifyMode::kAuto;
  std::string channel;
  bool jsonl = false;
  bool csv = false;
  bool quiet = false;
  bool no_tail = false;
  size_t jobs = 1;
};

std::unique_ptr<OutputFormat> MakeFormat(const Options& options,
                                         const std::vector<std::string>& labels) {
  if (options.jsonl) return MakeJsonlFormat(labels);
  if (options.csv) return MakeCsvFormat(labels);
  return MakeTextFormat(labels, ColourWanted());
}

int Classify(const Options& options) {
  if (options.paths.empty() && options.lists.empty()) {
    throw UsageError("classify: give recordings, directories, - or --list");
  }
  const KeywordModel model(options.model);
  if (!options.quiet) TellLabels(model);
  const int channel = ParseChannel(options.channel, ChannelOf::kRecording);
  // A model that does not run ends everything before any output.
  ClassifierCrew crew(model, options.jobs, !options.no_tail);

  const std::vector<PathEntry> entries = ExpandPaths(options.paths, options.lists, std::cin);
  const std::unique_ptr<OutputFormat> format = MakeFormat(options, model.labels());
  // Where results scroll by there is no need for a bar.
  Progress progress(entries.size(),
                    StandardErrorIsTerminal() && !StandardOutputIsTerminal() && !options.quiet);
  size_t bad = 0;
  size_t damaged = 0;

  const auto work = [&](size_t worker, size_t i) {
    const PathEntry& entry = entries[i];
    if (entry.error.empty())
      return crew.classifier(worker).Classify(entry.path, options.mode, channel);
    RecordingResult result;
    result.path = entry.path;
    result.error = entry.error;
    return result;
  };
  const auto emit = [&](size_t i, const RecordingResult& result) {
    const auto tell = [&](const std::string& text) {
      if (text.empty()) return;
      progress.Clear();
      Warn(result.path + ": " + text);
    };
    if (!format->TellsNotes()) {
      const bool is_told = !result.conversion.empty() && !options.quiet;
      tell(is_told ? result.conversion + ": converted to 16000 Hz mono" : "");
      tell(result.flaws.note);
    }
    WriteStandardOutput(format->Format(result));
    bad += result.error.empty() ? 0 : 1;
    damaged += result.flaws.error.empty() ? 0 : 1;
    if (!format->TellsErrors()) tell(result.error.empty() ? result.flaws.error : result.error);
    progress.Update(i + 1);
  };
  WriteStandardOutput(format->Header());
  RunOrdered<RecordingResult>(entries.size(), options.jobs, work, emit);

  progress.Clear();
  if (bad > 0) Warn(fmt::format("{} of {} could not be read", bad, entries.size()));
  if (damaged > 0) Warn(fmt::format("{} of {} are damaged", damaged, entries.size()));
  return bad + damaged > 0 ? kExitBadInput : kExitOk;
}

}  // namespace

void AddClassifyCommand(Program& program) {
  const auto options = std::make_shared<Options>();
  options->jobs = std::max(1u, std::thread::hardware_concurrency());
  CommandLine command = program.AddCommand("classify", kDescription, kExamples);
  command
      .Add("paths", &options->paths,
           "Recordings, directories of them, or - for a list of paths on standard input")
      .TypeName("PATH");
  command.Add("--list", &options->lists, "A file with one path per line; - for standard input")
      .TypeName("FILE")
      .OneValueEach();
  AddModelOptions(command, &options->model);
  AddRecognizerOptions(command, &options->model.recognizer);
  AddVoiceOption(command, &options->model);
  AddChannelOption(command, ChannelOf::kRecording, &options->channel);
  AddChoice(command, "--mode", &options->mode,
            "clip: one label; stream: detections; auto: by length (default)",
            {{"auto", ClassifyMode::kAuto},
             {"clip", ClassifyMode::kClip},
             {"stream", ClassifyMode::kStream}});
  AddNoTailOption(command, &options->no_tail);
  command.AddFlag("--jsonl", &options->jsonl, "One JSON object per line");
  command.AddFlag("--csv", &options->csv, "Comma-separated values with a header line")
      .Excludes("--jsonl");
  AddNumber(command, "--jobs", &options->jobs, "Threads; results keep their order", 1, kMostJobs)
      .TypeName("N")
      .ShowDefault();
  command.AddFlag("-q,--quiet", &options->quiet, "No notes about conversions, no progress bar");
  command.SetRun([options] { return Classify(*options); });
}

}  // namespace earshot::host
