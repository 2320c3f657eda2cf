// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "earshot/app/keyword_spotter.h"
#include "earshot/base/aligned_bytes.h"
#include "earshot/embedded/tiny_conv_yes_no.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/host/audio/audio_file.h"
#include "earshot/host/files/npy.h"
#include "earshot/kernels/all_kernels.h"
#include "tests/on_device/data/make_data.h"
#include "tests/support/golden.h"
#include "tests/support/run_model.h"

namespace earshot::test {
namespace {

constexpr size_t kChannels = 40;

// All that one inference told, and what it saw.
struct Heard {
  size_t end;  // Of the samples that were fed until then.
  std::vector<uint8_t> features;
  int64_t time_ms;
  std::vector<uint8_t> scores;
  std::vector<int32_t> recognized;  // Label, score, whether it is new.
  std::vector<int64_t> detection;   // Empty: none.
  std::vector<int32_t> recorded;  // As `recognized`, of TFLM's RecognizeCommands; empty: not known.
};

struct Features {
  Interpreter* interpreter;
  size_t frames;
  std::vector<uint8_t> newest;

  static void BeginOperator(void* user, size_t op_index) {
    if (op_index != 0) return;
    auto* features = static_cast<Features*>(user);
    const Span<uint8_t> window = features->interpreter->input(0).bytes;
    const size_t bytes = features->frames * kChannels;
    features->newest.assign(window.end() - bytes, window.end());
  }
  static void EndOperator(void* /*user*/, size_t /*op_index*/) {}
};

void Check(const Status& status) {
  if (!status.ok()) throw std::runtime_error("spotter: " + Text(status));
}

std::vector<Heard> Hear(Span<const uint8_t> file, const OperatorResolver& resolver,
                        const SpotterConfig& config, Span<const int16_t> samples) {
  Model model;
  Check(Model::Load(file, &model));
  AlignedBytes memory(1 << 16);
  KeywordSpotter spotter;
  Check(KeywordSpotter::Create(model, resolver, config, memory.span(), &spotter));
  Features features = {
      &spotter.interpreter(), static_cast<size_t>(config.strides_per_inference), {}};
  const Profiler profiler = {Features::BeginOperator, Features::EndOperator, &features};
  spotter.interpreter().set_profiler(&profiler);
  std::vector<Heard> all;
  for (size_t at = 0; at < samples.size();) {
    KeywordSpotter::Result result;
    Check(spotter.Feed(samples.subspan(at), &result));
    at += result.consumed;
    if (result.scores.empty()) continue;
    Heard heard = {at,
                   features.newest,
                   result.time_ms,
                   {result.scores.begin(), result.scores.end()},
                   {result.recognized.label, result.recognized.score, result.recognized.is_new()},
                   {},
                   {}};
    if (result.detection != nullptr) {
      const Detection& d = *result.detection;
      heard.detection = {d.label, d.score, d.start_ms, d.end_ms, d.time_ms};
    }
    all.push_back(heard);
  }
  return all;
}

void WriteRecording(FieldWriter& writer, const std::string& name, Span<const uint8_t> model,
                    const SpotterConfig& config, Span<const int16_t> samples,
                    const std::vector<Heard>& heard) {
  writer.Text(name);
  writer.Array(model);
  writer.Value(config.strides_per_inference);
  writer.Value(static_cast<uint32_t>(heard.size()));
  size_t begin = 0;
  for (const Heard& one : heard) {
    writer.Array(samples.subspan(begin, one.end - begin));
    writer.Array(one.features);
    writer.Value(one.time_ms);
    writer.Array(one.scores);
    writer.Array(one.recognized);
    writer.Array(one.detection);
    writer.Array(one.recorded);
    begin = one.end;
  }
  writer.Array(samples.subspan(begin));
}

// A recording of audio_samples through the shipped model.
void WriteShipped(FieldWriter& writer, const std::string& path, int32_t strides_per_inference) {
  constexpr size_t kBlock = 16000;
  host::AudioFile file(SourcePath("audio_samples/" + path));
  std::vector<int16_t> samples;
  for (size_t read = kBlock; read == kBlock;) {
    samples.resize(samples.size() + kBlock);
    read = file.Read(Span<int16_t>(samples).subspan(samples.size() - kBlock));
    samples.resize(samples.size() - kBlock + read);
  }
  SpotterConfig config = kTinyConvYesNo.config;
  config.strides_per_inference = strides_per_inference;
  WriteRecording(writer, path, {}, config, samples,
                 Hear(kTinyConvYesNo.bytes, kTinyConvYesNo.resolver, config, samples));
}

// A signal through micro_speech: features, scores and the other recognizer's answers as recorded.
void WriteMicroSpeech(FieldWriter& writer, const std::string& name) {
  const std::string golden = SharedPath("golden/");
  const auto samples = host::ReadNpy(golden + "frontend/" + name + ".pcm.npy").As<int16_t>();
  const auto features = host::ReadNpy(golden + "frontend/" + name + ".fe20_i8.npy").bytes;
  const auto rows = ReadTsv(golden + "pipeline/" + name + ".slice.tsv");
  const AlignedBytes file(ReadBytes(SharedPath("models/micro_speech_quantized.tflite")));
  SpotterConfig config;
  config.tables = &kStandardTables;
  config.label_count = 4;
  std::vector<Heard> heard = Hear(file.span(), DeviceKernelsResolver(), config, samples);
  if (heard.size() + 1 != rows.size()) throw std::runtime_error(name + ": number of slices");
  const std::vector<std::string> labels = {"silence", "unknown", "yes", "no"};
  for (size_t i = 0; i < heard.size(); ++i) {
    const std::vector<std::string>& row = rows[i + 1];
    heard[i].features.assign(features.begin() + static_cast<ptrdiff_t>(i * kChannels),
                             features.begin() + static_cast<ptrdiff_t>((i + 1) * kChannels));
    heard[i].time_ms = std::stoll(row[1]);
    for (size_t k = 0; k < 4; ++k) {
      heard[i].scores[k] = static_cast<uint8_t>(std::stoi(row[2 + k]) + 128);
    }
    const auto label = std::find(labels.begin(), labels.end(), row[7]) - labels.begin();
    heard[i].recorded = {static_cast<int32_t>(label), std::stoi(row[8]), std::stoi(row[9])};
  }
  WriteRecording(writer, name, file.span(), config, samples, heard);
}

}  // namespace

void MakeSpotterData(const std::string& folder) {
  // One word at every stride; all else every fifth, which still tests all of the way.
  constexpr int32_t kEveryStride = 1;
  constexpr int32_t kEveryFifth = 5;
  FieldWriter few(folder + "spotter_few");
  WriteShipped(few, "yes/flite_slt.wav", kEveryStride);
  for (const char* path : {"no/flite_slt.wav", "no/form_44k1_stereo.wav", "silence/digital.wav",
                           "silence/pink_20db.wav", "unknown/bird_flite_slt_pink_15db.wav",
                           "yes/flite_awb_quiet.wav", "streams/white_10db.wav"}) {
    WriteShipped(few, path, kEveryFifth);
  }
  FieldWriter all(folder + "spotter_all");
  for (const char* table : {"audio_samples/manifest.csv", "audio_samples/streams.csv"}) {
    const auto lines = ReadTsv(SourcePath(table));
    for (size_t i = 1; i < lines.size(); ++i) {
      const std::string& line = lines[i][0];  // Without tabs, so the line is one cell.
      WriteShipped(all, line.substr(0, line.find(',')), kEveryFifth);
    }
  }
  FieldWriter few_signals(folder + "micro_speech_few");
  FieldWriter all_signals(folder + "micro_speech_all");
  if (SharedDir().empty()) return;
  for (const char* name : {"wav_yes_1000ms", "wav_no_1000ms"}) WriteMicroSpeech(few_signals, name);
  const auto signals = ReadTsv(SharedPath("golden/frontend/index.tsv"));
  for (size_t i = 1; i < signals.size(); ++i) WriteMicroSpeech(all_signals, signals[i][0]);
}

}  // namespace earshot::test
