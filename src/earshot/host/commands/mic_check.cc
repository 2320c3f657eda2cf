// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/commands.h"

#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <optional>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/audio/level_meter.h"
#include "earshot/host/audio/pcm_stream.h"
#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/commands/number_option.h"
#include "earshot/host/commands/sound_options.h"
#include "earshot/host/console/progress.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/console/terminal_text.h"
#include "earshot/host/errors.h"
#include "earshot/host/listening/microphone.h"
#include "earshot/host/listening/microphone_list.h"
#include "earshot/host/listening/port_audio.h"
#include "earshot/host/mic_check/level_protocol.h"
#include "earshot/host/mic_check/microphone_hearing.h"
#include "earshot/host/mic_check/microphone_judge.h"
#include "earshot/host/mic_check/microphone_text.h"
#include "earshot/host/mic_check/serial_lines.h"

namespace earshot::host {
namespace {

constexpr char kExamples[] =
    "  earshot mic-check                           this computer's microphone: speak, 10 s\n"
    "  earshot mic-check --device USB --channel 2\n"
    "  earshot mic-check --serial /dev/ttyACM0     a board with the mic-check application\n"
    "  arecord -q -f S16_LE -r 16000 | earshot mic-check --seconds 10 -\n"
    "  earshot mic-check recorded.wav              any recording, or raw 16-bit samples\n";

constexpr char kDescription[] =
    "Judges a microphone of this computer or of a board, or what comes from one: level, noise "
    "floor, DC offset, clipping, lost samples, true sample rate, "
    "and what to do where something is wrong. Speak while it listens. Exit code 0: fine, 1: not, "
    "2: wrong arguments, 3: a file could not be read, 5: the device cannot be opened, says "
    "nothing or is gone.";

constexpr size_t kLiveLines = 10;  // Of what never ends, unless --seconds says otherwise.
constexpr size_t kBlockSamples = 1600;
constexpr uint32_t kMostSeconds = 86400;
constexpr size_t kLongestQuote = 60;

struct Options {
  std::string file;
  std::string serial;
  std::string device;
  std::string channel;  // Empty: not given.
  int baud = 115200;
  std::optional<uint32_t> seconds;
  double timeout_s = 5;
  bool json = false;
};

int Answer(const Options& options, const std::string& source, const MicrophoneJudge& judge,
           size_t damaged_lines) {
  const MicrophoneReport report = judge.Report();
  if (options.json) {
    const auto json = MicrophoneJson(source, report, damaged_lines);
    WriteStandardOutput(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
                        "\n");
  } else {
    WriteStandardOutput(MicrophoneText(Visible(source), report, damaged_lines));
  }
  return report.ok() ? kExitOk : kExitVerdict;
}

int CheckSamples(const Options& options) {
  const ChannelOf what = options.file == "-" ? ChannelOf::kStream : ChannelOf::kRecording;
  PcmStream stream(options.file, ParseChannel(options.channel, what));
  const int rate = stream.sample_rate_hz() != 0 ? stream.sample_rate_hz() : kSampleRateHz;
  MicrophoneJudge judge;
  if (stream.sample_rate_hz() != 0) judge.SetStatedRate(rate);
  LevelMeter meter(rate, [&judge](const LevelLine& line) { judge.Add(line); });
  std::vector<int16_t> block(kBlockSamples);
  while (!options.seconds || judge.lines() < *options.seconds) {
    const size_t count = stream.Read(block);
    meter.Add(Span<const int16_t>(block.data(), count));
    if (count < block.size()) break;
  }
  if (!options.seconds || judge.lines() < *options.seconds) meter.Finish();
  const std::string source = options.file == "-" ? "standard input" : options.file;
  if (judge.lines() == 0) throw InputError(source + ": no samples");
  const int answer = Answer(options, source, judge, 0);
  return TellFlaws(source, stream.Flaws()) == kExitOk ? answer : kExitBadInput;
}

int CheckSerial(const Options& options) {
  using Clock = SerialLines::Clock;
  SerialLines serial(options.serial, options.baud);
  const std::string source = options.serial == "-" ? "standard input" : options.serial;
  const auto timeout =
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options.timeout_s));
  size_t wanted = serial.is_terminal() ? kLiveLines : SIZE_MAX;
  if (options.seconds) wanted = *options.seconds;

  MicrophoneJudge judge;
  size_t damaged = 0;
  int64_t samples = 0;
  std::string other;  // The last line that is no level.
  const Clock::time_point begin = Clock::now();
  Clock::time_point deadline = begin + timeout;
  SerialLines::Answer answer = SerialLines::Answer::kLine;
  while (judge.lines() < wanted) {
    std::string text;
    answer = serial.Read(deadline, &text);
    if (answer != SerialLines::Answer::kLine) break;
    LevelLine line;
    const LineKind kind = ParseLevelLine(text, &line);
    if (kind == LineKind::kLevel) {
      const std::chrono::duration<double> arrival = serial.arrival() - begin;
      judge.Add(line, serial.is_terminal() ? std::optional<double>(arrival.count()) : std::nullopt);
      samples += line.samples;
      deadline = Clock::now() + timeout;
    } else {
      other = text.substr(0, kLongestQuote);
      damaged += kind == LineKind::kDamaged ? 1 : 0;
    }
    // A board that talks without a pause, but never about levels, must not hold us here.
    if (kind != LineKind::kLevel && Clock::now() > deadline) {
      answer = SerialLines::Answer::kTimeout;
      break;
    }
  }
  const bool unplugged = answer == SerialLines::Answer::kEnd && serial.is_terminal();
  if (answer == SerialLines::Answer::kTimeout || unplugged || judge.lines() == 0) {
    std::string what = unplugged ? "was unplugged" : "no level line";
    if (answer == SerialLines::Answer::kTimeout) {
      what = fmt::format("no level line for {:g} s", options.timeout_s);
    }
    if (judge.lines() > 0) what += fmt::format(" after {} of them", judge.lines());
    if (!other.empty()) what += fmt::format("; the last other one: {}", other);
    throw DeviceError(
        fmt::format("{}: {}. Is it the right port and --baud, and does the board run "
                    "the mic-check application?",
                    source, what));
  }
  if (samples == 0) {
    throw DeviceError(
        fmt::format("{}: the board runs, but its microphone gave no samples", source));
  }
  return Answer(options, source, judge, damaged);
}

int CheckMicrophone(const Options& options) {
  const int channel = ParseChannel(options.channel, ChannelOf::kStream);
  KeepStandardErrorForUs();
  const std::shared_ptr<PortAudio> audio = PortAudio::Get();  // One list of devices for both.
  const MicrophoneInfo info = ChooseMicrophone(ListMicrophones(), options.device);
  const std::unique_ptr<AudioSource> source = OpenMicrophone({options.device, channel});
  const size_t wanted = options.seconds.value_or(kLiveLines);
  MicrophoneJudge judge;
  judge.SetDevice(info);
  std::string gone;
  try {
    Progress progress(wanted, StandardErrorIsTerminal(), "listening, speak ... ");
    progress.Update(0);
    HearMicrophone(
        source.get(), wanted, [&progress](size_t heard) { progress.Update(heard); }, &judge);
  } catch (const DeviceError& error) {
    if (judge.lines() == 0) throw;
    gone = error.what();
  }
  const int answer = Answer(options, source->description(), judge, 0);
  if (gone.empty()) return answer;
  throw DeviceError(fmt::format("{}; the report is about what was heard before", gone));
}

int MicCheck(const Options& options) {
  const bool of_file = !options.file.empty();
  const bool of_board = !options.serial.empty();
  const bool of_microphone = !options.device.empty();
  if ((of_file && of_board) || (of_microphone && (of_file || of_board))) {
    throw UsageError(
        "mic-check: one of a file (- for standard input), --serial, or a microphone (--device)");
  }
  if (of_board && !options.channel.empty()) {
    throw UsageError("mic-check: --channel does not go with --serial");
  }
  if (of_board) return CheckSerial(options);
  return of_file ? CheckSamples(options) : CheckMicrophone(options);
}

}  // namespace

void AddMicCheckCommand(Program& program) {
  const auto options = std::make_shared<Options>();
  CommandLine command = program.AddCommand("mic-check", kDescription, kExamples);
  command
      .Add("file", &options->file,
           "A recording, or raw 16-bit little-endian samples at 16 kHz; - for standard "
           "input; default: a microphone of this computer")
      .TypeName("FILE");
  AddDeviceOption(command, &options->device);
  AddChannelOption(command, ChannelOf::kRecording, &options->channel);
  command
      .Add("--serial", &options->serial,
           "A serial port with a board, or a file with the lines that it sent")
      .TypeName("PORT");
  AddNumber(command, "--baud", &options->baud, "Of a serial port", 1, INT32_MAX)
      .TypeName("N")
      .ShowDefault()
      .Needs("--serial");
  AddNumber(command, "--seconds", &options->seconds,
            "How long to listen; default: 10 at a microphone or a serial port, otherwise to the "
            "end",
            1, kMostSeconds)
      .TypeName("N");
  AddNumber(command, "--timeout", &options->timeout_s, "How long a board may be silent, in seconds",
            0.001, kMostSeconds)
      .TypeName("S")
      .ShowDefault()
      .Needs("--serial");
  command.AddFlag("--json", &options->json, "Write one JSON object instead of text");
  command.SetRun([options] { return MicCheck(*options); });
}

}  // namespace earshot::host
