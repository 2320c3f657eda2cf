// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <stdexcept>
#include <string>
#include <vector>

#include "earshot/app/log_mel_spotter.h"
#include "earshot/base/aligned_bytes.h"
#include "earshot/host/audio/audio_file.h"
#include "earshot/host/errors.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/enough_memory.h"
#include "tests/on_device/data/make_data.h"
#include "tests/support/golden.h"
#include "tests/support/log_mel_model.h"

namespace earshot::test {
namespace {

void Check(const Status& status) {
  if (!status.ok()) throw std::runtime_error("log mel: " + host::Text(status));
}

std::vector<int16_t> Recording(const std::string& name) {
  host::AudioFile file(SourcePath("audio_samples/" + name));
  std::vector<int16_t> samples;
  std::vector<int16_t> block(4096);
  while (const size_t count = file.Read(block)) {
    samples.insert(samples.end(), block.begin(), block.begin() + static_cast<ptrdiff_t>(count));
  }
  return samples;
}

void WriteSignal(FieldWriter& writer, const std::string& name, int32_t stride) {
  const std::vector<int16_t> samples = Recording(name);
  AlignedBytes memory(LogMelFrontend::RequiredBytes(kLogMelTables));
  LogMelFrontend frontend;
  Check(LogMelFrontend::Create(kLogMelTables, stride, memory.span(), &frontend));
  const auto window = static_cast<size_t>(frontend.window_samples());
  const size_t frames = (samples.size() - window) / static_cast<size_t>(stride) + 1;
  writer.Text(name);
  writer.Value(stride);
  writer.Value(static_cast<uint32_t>(frames));
  for (Span<const int16_t> rest(samples); !rest.empty();) {
    const LogMelFrontend::Result result = frontend.Process(rest);
    if (result.features.empty()) break;
    writer.Array(rest.subspan(0, result.consumed));
    writer.Array(result.features);
    rest = rest.subspan(result.consumed);
  }
}

void WriteSpotter(FieldWriter& writer, const std::string& name) {
  const AlignedBytes file = LoudnessModel().Build();
  const std::vector<int16_t> samples = Recording(name);
  SpotterConfig config;
  config.tables = &kLogMelTables;
  config.stride_ms = 32;
  config.label_count = 1;
  config.recognizer.background_labels = 0;
  Model model;
  Check(Model::Load(file.span(), &model));
  AlignedBytes memory;
  LogMelSpotter spotter;
  Check(CreateInEnoughMemory(
      "model",
      [&](Span<uint8_t> bytes) {
        return LogMelSpotter::Create(model, DeviceKernelsResolver(), config, bytes, &spotter);
      },
      &memory));
  struct Inference {
    Span<const int16_t> samples;
    std::vector<uint8_t> scores;
  };
  std::vector<Inference> inferences;
  for (Span<const int16_t> rest(samples); !rest.empty();) {
    LogMelSpotter::Result result;
    Check(spotter.Feed(rest, &result));
    if (result.scores.empty()) break;
    inferences.push_back(
        {rest.subspan(0, result.consumed), {result.scores.begin(), result.scores.end()}});
    rest = rest.subspan(result.consumed);
  }
  writer.Array(file.span());
  writer.Value(config.label_count);
  writer.Value(static_cast<uint32_t>(spotter.used_bytes()));
  writer.Value(static_cast<uint32_t>(inferences.size()));
  for (const Inference& inference : inferences) {
    writer.Array(inference.samples);
    writer.Array(inference.scores);
  }
}

}  // namespace

void MakeLogMelData(const std::string& folder) {
  FieldWriter signals(folder + "log_mel_signals");
  for (const int32_t stride : {512, 160}) WriteSignal(signals, "yes/flite_slt.wav", stride);
  WriteSignal(signals, "silence/digital.wav", 512);
  WriteSignal(signals, "yes/flite_awb_quiet.wav", 512);
  FieldWriter spotter(folder + "log_mel_spotter");
  WriteSpotter(spotter, "streams/white_10db.wav");
}

}  // namespace earshot::test
