// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/commands.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/commands/choice_option.h"
#include "earshot/host/commands/model_options.h"
#include "earshot/host/commands/number_option.h"
#include "earshot/host/commands/sound_options.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/errors.h"
#include "earshot/host/files/output_check.h"
#include "earshot/host/listening/detection_command.h"
#include "earshot/host/listening/listen_outputs.h"
#include "earshot/host/listening/listener.h"
#include "earshot/host/listening/live_view.h"
#include "earshot/host/listening/microphone.h"
#include "earshot/host/listening/pipe_source.h"
#include "earshot/host/listening/sound_recorder.h"
#include "earshot/host/listening/stop_signals.h"

namespace earshot::host {
namespace {

constexpr char kExamples[] =
    "  earshot listen                              the default microphone, until Ctrl-C\n"
    "  earshot listen --device USB --model commands_7\n"
    "  arecord -q -f S16_LE -r 16000 | earshot listen -\n"
    "  earshot listen --jsonl | your_program       one JSON object per event\n"
    "  earshot listen --on-detect 'notify-send heard'\n"
    "  earshot listen --save-hits hits/ --record all.wav\n";

constexpr char kDescription[] =
    "Hears words as they are said, at a microphone or in what comes through a pipe: raw 16-bit "
    "little-endian samples at 16 kHz, or a WAV file by its header.\n"
    "Exit code 0: the end, or Ctrl-C, 2: wrong arguments, 3: a file or pipe could not be read or "
    "written, 4: a model is invalid or not supported, 5: no microphone, or it is gone and there is "
    "--no-retry.";

constexpr char kPipe[] = "-";

struct Options {
  std::string device;      // As the one word without an option ...
  std::string device_too;  // ... or behind --device.
  std::string channel = "mix";
  std::optional<PipeSpeed> speed;
  SeveralModels models;
  std::optional<double> seconds;
  std::optional<double> gate_db;
  bool jsonl = false;
  bool quiet = false;
  bool no_retry = false;
  bool no_tail = false;
  std::string record;
  std::string save_hits;
  std::string on_detect;
};

std::string Device(const Options& options) {
  if (!options.device.empty() && !options.device_too.empty()) {
    throw UsageError("listen: one device: " + options.device + " or " + options.device_too);
  }
  return options.device.empty() ? options.device_too : options.device;
}

std::function<std::unique_ptr<AudioSource>()> ChooseSource(const Options& options,
                                                           const std::atomic<bool>& stop,
                                                           SoundFlaws* flaws) {
  const std::string device = Device(options);
  const int channel = ParseChannel(options.channel, ChannelOf::kStream);
  if (device != kPipe) {
    if (options.speed) throw UsageError("--speed: goes with - only");
    return [device, channel] { return OpenMicrophone({device, channel}); };
  }
  if (isatty(STDIN_FILENO) == 1) {
    throw UsageError("listen: standard input is a terminal; wanted sound in a pipe or file");
  }
  const PipeSpeed speed = options.speed.value_or(PipeSpeed::kMax);
  return [=, &stop] { return OpenPipe({kPipe, speed, channel, flaws}, stop); };
}

// Ends the program when nobody reads it any more, also while there are no words.
class ReaderWatch : public PartialListenOutput {
 public:
  void Tick(const ListenTotals&) override {
    if (StandardOutputIsClosed()) throw OutputClosed();
  }
};

// The one that is looked at.
std::unique_ptr<ListenOutput> MakeDisplay(const Options& options) {
  if (options.jsonl) return MakeJsonlListenOutput(WriteStandardOutput);
  if (!options.quiet && StandardOutputShowsLiveView()) return MakeLiveView();
  return MakePlainListenOutput(WriteStandardOutput, Warn, options.quiet);
}

// The display first, so that nothing else delays it.
std::vector<std::unique_ptr<ListenOutput>> MakeOutputs(const Options& options) {
  std::vector<std::unique_ptr<ListenOutput>> outputs;
  outputs.push_back(MakeDisplay(options));
  ListenOutput* display = outputs[0].get();
  outputs.push_back(std::make_unique<ReaderWatch>());
  if (!options.on_detect.empty()) {
    outputs.push_back(MakeDetectionCommand(
        options.on_detect, [display](const std::string& text) { display->Notice(text); }));
  }
  if (!options.record.empty()) outputs.push_back(MakeSoundRecorder(options.record));
  if (!options.save_hits.empty()) {
    outputs.push_back(MakeHitSaver(options.save_hits, std::chrono::system_clock::now));
  }
  return outputs;
}

void CheckFiles(const Options& options) {
  CheckOutputs({{"--record", options.record}}, [&options](const AddInput& add) {
    add(Device(options));  // A dash, where it is a file.
    for (const ModelChoice& choice : ChoicesOf("listen", options.models)) {
      const ModelFiles files = FilesOf(choice.model, choice.manifest);
      add(files.model);
      add(files.manifest);
      for (const FeatureStage& stage : choice.features) add(stage.model);
      for (const std::string& label : choice.labels) add(label);  // Maybe a file of them.
    }
  });
}

int Listen(const Options& options) {
  CheckFiles(options);
  const StopSignals signals;
  // PortAudio writes there by itself when a device goes.
  if (Device(options) != kPipe) KeepStandardErrorForUs();
  ListenParts parts;
  SoundFlaws flaws;
  parts.open = ChooseSource(options, signals.stop(), &flaws);
  const std::vector<KeywordModel> models = LoadModels("listen", options.models);
  for (const KeywordModel& model : models) {
    if (!options.quiet) TellLabels(model);
    parts.models.push_back(&model);
  }
  const std::vector<std::unique_ptr<ListenOutput>> outputs = MakeOutputs(options);
  for (const std::unique_ptr<ListenOutput>& output : outputs) {
    parts.outputs.push_back(output.get());
  }
  parts.stop = &signals.stop();
  parts.clock = &SystemListenClock();

  ListenOptions how;
  how.retry = !options.no_retry;
  how.hears_end = !options.no_tail;
  if (options.seconds) how.most_samples = std::llround(*options.seconds * kSampleRateHz);
  how.gate_db = options.gate_db;
  Listener(how, std::move(parts)).Run();
  return TellFlaws("standard input", flaws);
}

}  // namespace

void AddListenCommand(Program& program) {
  const auto options = std::make_shared<Options>();
  CommandLine command = program.AddCommand("listen", kDescription, kExamples);
  command.Add("device", &options->device, "As behind --device, or - for standard input")
      .TypeName("DEVICE");
  AddDeviceOption(command, &options->device_too);
  AddChannelOption(command, ChannelOf::kStream, &options->channel);
  AddChoice(command, "--speed", &options->speed,
            "Of standard input: no faster than it was recorded, or as fast as it can be heard "
            "(default)",
            {{"realtime", PipeSpeed::kRealtime}, {"max", PipeSpeed::kMax}});
  AddSeveralModels(command, &options->models);
  AddRecognizerOptions(command, &options->models.common.recognizer);
  AddVoiceOption(command, &options->models.common);
  AddNoTailOption(command, &options->no_tail);
  AddNumber(command, "--seconds", &options->seconds, "How much sound to hear; default: to the end",
            0.001, 1e9)
      .TypeName("N");
  AddNumber(command, "--gate", &options->gate_db,
            "Save CPU time: pass over sound that is not so many dB louder than the noise around; 6 "
            "is a good start; default: hear all",
            0, 60)
      .TypeName("DB");
  command
      .Add("--on-detect", &options->on_detect,
           "Run this command for each word, not through a shell, with EARSHOT_LABEL, _SCORE, "
           "_START_S, _END_S, _TIME_S and _MODEL in its environment")
      .TypeName("COMMAND");
  command.Add("--record", &options->record, "Keep all that is heard as a WAV file")
      .TypeName("FILE.wav");
  command
      .Add("--save-hits", &options->save_hits,
           "Keep what is around each word, one second before and after, as WAV files")
      .TypeName("DIR");
  command.AddFlag("--no-retry", &options->no_retry,
                  "End with exit code 5 when the microphone is gone, in place of waiting for it");
  command.AddFlag("--jsonl", &options->jsonl, "One JSON object per line and event");
  command.AddFlag("-q,--quiet", &options->quiet,
                  "Only words, lost sound and other trouble; lines also at a terminal");
  command.SetRun([options] { return Listen(*options); });
}

}  // namespace earshot::host
