// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/commands.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <thread>

#include "earshot/app/log_mel_quantization.h"
#include "earshot/frontend/feature_quantization.h"
#include "earshot/frontend/log_mel_tables.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/host/audio/audio_file.h"
#include "earshot/host/classification/feature_extractor.h"
#include "earshot/host/classification/ordered_batch.h"
#include "earshot/host/commands/choice_option.h"
#include "earshot/host/commands/number_option.h"
#include "earshot/host/commands/sound_options.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/errors.h"
#include "earshot/host/files/npy.h"
#include "earshot/host/files/output_check.h"

namespace earshot::host {
namespace {

constexpr char kExamples[] =
    "  earshot features yes.wav --out yes.npy                  uint16 [frames, 40]\n"
    "  earshot features yes.wav --out yes.npy --int8           as a model takes them\n"
    "  earshot features --clips pcm.npy --out features.npy     int16 [n, samples] to\n"
    "                                                          uint16 [n, frames, 40]\n";

constexpr char kDescription[] =
    "Writes what the front end makes of a recording, the very numbers that a device computes: one "
    "row of 40 channels per stride, from a fresh start.";

constexpr int kStandardStrideMs = 20;
constexpr int kLogMelStrideMs = 32;

struct Options {
  std::string file;
  std::string clips;
  std::string out;
  std::string channel;
  int stride_ms = 0;  // 0: that of the front end's models.
  bool log_mel = false;
  bool int8 = false;
  size_t jobs = 1;
};

// Of the int8 input of models on the log mel front end, unless their training has found another.
constexpr float kLogMelScale = 1.0f / 255;

FeatureExtractor MakeExtractor(const Options& options) {
  if (options.log_mel) {
    return {kLogMelTables, options.stride_ms == 0 ? kLogMelStrideMs : options.stride_ms};
  }
  return {kStandardTables, options.stride_ms == 0 ? kStandardStrideMs : options.stride_ms};
}

NpyArray MakeArray(std::vector<size_t> shape, const std::vector<uint16_t>& features,
                   const Options& options) {
  if (!options.int8) return MakeNpy(std::move(shape), features);
  std::vector<int8_t> quantized(features.size());
  if (options.log_mel) {
    std::transform(features.begin(), features.end(), quantized.begin(),
                   LogMelQuantizer(kLogMelScale));
  } else {
    std::transform(features.begin(), features.end(), quantized.begin(), QuantizeFeature);
  }
  return MakeNpy(std::move(shape), quantized);
}

NpyArray FeaturesOfFile(const Options& options, SoundFlaws* flaws) {
  std::vector<uint16_t> features;
  FeatureExtractor extractor = MakeExtractor(options);
  try {
    AudioFile file(options.file, ParseChannel(options.channel, ChannelOf::kRecording));
    if (file.format().converted()) {
      Warn(fmt::format("{}: {}: converted to 16000 Hz mono", options.file, file.format().Text()));
    }
    std::array<int16_t, 4096> block;
    while (const size_t count = file.Read(block)) {
      extractor.Extract(Span<const int16_t>(block.data(), count), &features);
    }
    *flaws = file.FlawsOfSome();
  } catch (const InputError& error) {
    throw InputError(options.file + ": " + error.what());
  }
  return MakeArray({features.size() / extractor.channels(), extractor.channels()}, features,
                   options);
}

NpyArray FeaturesOfClips(const Options& options) {
  const NpyArray clips = ReadNpy(options.clips);
  if (clips.shape.size() != 2 || clips.descr != NpyDescr<int16_t>()) {
    throw InputError(fmt::format("{}: found {} [{}], wanted <i2 [clips, samples]", options.clips,
                                 clips.descr, fmt::join(clips.shape, ", ")));
  }
  const size_t rows = clips.shape[0];
  const size_t samples = clips.shape[1];
  if (samples == 0) throw InputError(options.clips + ": no samples");
  std::vector<FeatureExtractor> extractors;
  for (size_t i = 0; i < options.jobs; ++i) {
    extractors.push_back(MakeExtractor(options));
  }
  const size_t frames = extractors[0].FrameCount(samples);
  const size_t row_features = frames * extractors[0].channels();

  std::vector<uint16_t> features(rows * row_features);
  const auto work = [&](size_t worker, size_t row) {
    std::vector<int16_t> pcm(samples);
    const size_t bytes = samples * sizeof(int16_t);
    std::memcpy(pcm.data(), clips.bytes.data() + row * bytes, bytes);
    std::vector<uint16_t> row_of_features;
    extractors[worker].Reset();
    extractors[worker].Extract(pcm, &row_of_features);
    return row_of_features;
  };
  RunOrdered<std::vector<uint16_t>>(
      rows, options.jobs, work, [&](size_t row, const std::vector<uint16_t>& row_of_features) {
        std::copy(row_of_features.begin(), row_of_features.end(),
                  features.begin() + static_cast<ptrdiff_t>(row * row_features));
      });
  return MakeArray({rows, frames, extractors[0].channels()}, features, options);
}

int WriteFeatures(const Options& options) {
  if (options.file.empty() == options.clips.empty()) {
    throw UsageError("features: give a recording or --clips, one of the two");
  }
  const std::string& input = options.file.empty() ? options.clips : options.file;
  CheckOutputs({{"--out", options.out}}, [&input](const AddInput& add) { add(input); });
  SoundFlaws flaws;
  WriteNpy(options.out,
           options.file.empty() ? FeaturesOfClips(options) : FeaturesOfFile(options, &flaws));
  return TellFlaws(options.file, flaws);
}

}  // namespace

void AddFeaturesCommand(Program& program) {
  const auto options = std::make_shared<Options>();
  options->jobs = std::max(1u, std::thread::hardware_concurrency());
  CommandLine command = program.AddCommand("features", kDescription, kExamples);
  command.Add("file", &options->file, "The recording: any format, rate and channel count")
      .TypeName("FILE");
  command
      .Add("--clips", &options->clips,
           "Instead of a recording: int16 [n, samples] of 16 kHz mono, each row a recording")
      .TypeName("X.npy");
  command.Add("--out", &options->out, "Where the features go").Required().TypeName("F.npy");
  AddChannelOption(command, ChannelOf::kRecording, &options->channel);
  AddChoice(command, "--frontend", &options->log_mel,
            "microfrontend: TensorFlow Lite Micro's (default); log_mel: MLPerf Tiny's",
            {{"microfrontend", false}, {"log_mel", true}});
  AddChoice(command, "--stride-ms", &options->stride_ms,
            "From one frame to the next (20; with log_mel 32)",
            {{"20", 20}, {"10", 10}, {"32", 32}});
  command.AddFlag("--int8", &options->int8, "Quantized as the models' int8 inputs are");
  AddNumber(command, "--jobs", &options->jobs, "Threads, with --clips", 1, kMostJobs)
      .TypeName("N")
      .ShowDefault();
  command.SetRun([options] { return WriteFeatures(*options); });
}

}  // namespace earshot::host
