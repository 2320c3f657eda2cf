// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Writes what fuzzing begins with: a folder for each target, of what is in the repository anyway
// and of what it has found (corpus/).
//
//   fuzz_seeds FOLDER

#include <sndfile.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/frontend/log_mel_tables.h"
#include "tests/host/test_files.h"
#include "tests/models/manifest_text.h"
#include "tests/models/slot_fixture.h"
#include "tests/on_device/data/make_data.h"
#include "tests/support/golden.h"
#include "tests/support/log_mel_model.h"
#include "tests/support/sigmoid_model.h"
#include "tests/support/streaming_model.h"

namespace earshot::test {
namespace {

namespace fs = std::filesystem;

class Seeds {
 public:
  explicit Seeds(fs::path root) : root_(std::move(root)) {}

  void Write(const std::string& target, const std::string& name, Span<const uint8_t> bytes) {
    fs::create_directories(root_ / target);
    std::ofstream file;
    file.exceptions(std::ios::badbit | std::ios::failbit);
    file.open(root_ / target / name, std::ios::binary);
    for (const uint8_t byte : bytes) file.put(static_cast<char>(byte));
  }
  void Write(const std::string& target, const std::string& name, const std::string& text) {
    Write(target, name, {reinterpret_cast<const uint8_t*>(text.data()), text.size()});
  }
  // A file of the repository.
  void Copy(const std::string& target, const std::string& path) {
    std::string name = path;
    for (char& letter : name) letter = letter == '/' ? '_' : letter;
    Write(target, name, ReadBytes(SourcePath(path)));
  }
  fs::path Folder(const std::string& target) const {
    fs::create_directories(root_ / target);
    return root_ / target;
  }

 private:
  fs::path root_;
};

// With eight bytes behind it, by which the target chooses.
void WriteModel(Seeds& seeds, const std::string& name, Span<const uint8_t> file) {
  std::vector<uint8_t> bytes(file.begin(), file.end());
  bytes.resize(bytes.size() + 8);
  std::string safe = name;
  for (char& letter : safe) letter = letter == '/' || letter == ' ' ? '_' : letter;
  for (const char* target : {"model", "inspect"}) seeds.Write(target, safe + ".tflite", bytes);
}

void WriteModels(Seeds& seeds) {
  int number = 0;
  for (const auto& cases : AllKernelCases()) {
    for (const KernelCase& kernel_case : cases) {
      WriteModel(seeds, std::to_string(number++) + "_" + kernel_case.name,
                 kernel_case.model.Build().span());
    }
  }
  WriteModel(seeds, "streaming", StreamingModel().Build().span());
  WriteModel(seeds, "window", WindowModel().Build().span());
  WriteModel(seeds, "loudness", LoudnessModel().Build().span());
  WriteModel(seeds, "softmax", SoftmaxModel(2).Build().span());
  WriteModel(seeds, "tiny_conv_yes_no",
             ReadBytes(SourcePath("models/tiny_conv_yes_no/model.tflite")));
}

void WriteSlots(Seeds& seeds) {
  SlotContents contents = ShippedContents();
  const AlignedBytes streaming = StreamingModel().Build();
  contents.model = streaming.span();
  contents.labels = {"silence", "unknown", "yes"};
  contents.config.label_count = kStreamingLabels;
  contents.config.strides_per_inference = kStreamingNewFrames;
  contents.config.plan = {};
  seeds.Write("slot", "streaming", PackModelSlot(contents).span());
  const AlignedBytes loudness = LoudnessModel().Build();
  contents.model = loudness.span();
  contents.labels = {"loud"};
  contents.config.tables = &kLogMelTables;
  contents.config.label_count = 1;
  contents.config.recognizer.background_labels = 0;
  seeds.Write("slot", "loudness", PackModelSlot(contents).span());
}

// A moment of sound in each kind of file that libsndfile writes and that Earshot knows of.
void WriteRecordings(Seeds& seeds) {
  constexpr size_t kFrames = 400;
  struct Kind {
    const char* name;
    int format;
  };
  constexpr Kind kKinds[] = {{"pcm16.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16},
                             {"u8.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_U8},
                             {"pcm24.wav", SF_FORMAT_WAVEX | SF_FORMAT_PCM_24},
                             {"float.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT},
                             {"double.wav", SF_FORMAT_WAV | SF_FORMAT_DOUBLE},
                             {"ulaw.wav", SF_FORMAT_WAV | SF_FORMAT_ULAW},
                             {"ima.wav", SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM},
                             {"ms.wav", SF_FORMAT_WAV | SF_FORMAT_MS_ADPCM},
                             {"pcm16.rf64", SF_FORMAT_RF64 | SF_FORMAT_PCM_16},
                             {"pcm16.w64", SF_FORMAT_W64 | SF_FORMAT_PCM_16},
                             {"pcm16.aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_16},
                             {"pcm32.au", SF_FORMAT_AU | SF_FORMAT_PCM_32},
                             {"alaw.au", SF_FORMAT_AU | SF_FORMAT_ALAW},
                             {"pcm16.caf", SF_FORMAT_CAF | SF_FORMAT_PCM_16},
                             {"pcm16.voc", SF_FORMAT_VOC | SF_FORMAT_PCM_16},
                             {"pcm16.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16},
                             {"vorbis.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS},
                             {"opus.ogg", SF_FORMAT_OGG | SF_FORMAT_OPUS},
                             {"layer3.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III}};
  const std::string folder = seeds.Folder("recording").string() + "/";
  for (const Kind& kind : kKinds) {
    const host::Storage storage = {kind.format, 16000, 2};
    const SF_INFO info = {0, storage.sample_rate_hz, storage.channels, kind.format, 0, 0};
    if (sf_format_check(&info) == 0) continue;
    host::WriteAudio(folder + kind.name, storage, host::Sine(440, 0.5, storage, kFrames));
  }
  const std::vector<uint8_t> whole = ReadBytes(folder + "pcm16.flac");
  std::vector<uint8_t> joined = whole;
  joined.insert(joined.end(), whole.begin(), whole.end());
  seeds.Write("recording", "joined.flac", joined);
}

// What fuzzing has found, from then on.
void WriteFound(Seeds& seeds) {
  const std::string corpus = "tests/fuzz/corpus";
  if (!fs::exists(SourcePath(corpus))) return;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(SourcePath(corpus))) {
    if (!entry.is_regular_file()) continue;
    const std::string target = entry.path().parent_path().filename().string();
    seeds.Copy(target, corpus + "/" + target + "/" + entry.path().filename().string());
  }
}

void WriteAll(const std::string& folder) {
  Seeds seeds(folder);
  WriteModels(seeds);
  seeds.Write("manifest", "full.json", FullManifest().dump(1));
  seeds.Write("manifest", "micro.json", MicroManifest().dump(1));
  for (const char* model : {"tiny_conv_yes_no", "yes_no_streaming", "commands_7"}) {
    seeds.Copy("manifest", std::string("models/") + model + "/manifest.json");
  }
  WriteSlots(seeds);
  for (const char* table : {"tables/fb_widths", "tables/fb_freq_starts", "syn_len_479.fe20_u16",
                            "syn_len_480.fe10_i8", "syn_len_480.fe20_end_noise"}) {
    seeds.Copy("npy", std::string("tests/golden/frontend/") + table + ".npy");
  }
  seeds.Copy("event_list", "audio_samples/streams/pink_20db.csv");
  seeds.Copy("event_list", "audio_samples/streams.csv");
  seeds.Copy("event_list", "tests/accuracy/tiny_conv_yes_no/samples_clips.csv");
  seeds.Copy("event_list", "tests/accuracy/tiny_conv_yes_no/samples_streams.csv");
  seeds.Write(
      "event_list", "quoted.csv",
      std::string("\xEF\xBB\xBFlabel;start;end;path\r\n\"a;\"\"b\";0.5;1e0;\r\n\r\nyes;1;2;x"));
  WriteRecordings(seeds);
  WriteFound(seeds);
  // Targets that make everything out of numbers begin with some.
  for (const char* target : {"frontend", "converter", "c_interface"}) {
    seeds.Write(target, "nothing", std::string());
    std::string numbers;
    for (int i = 0; i < 512; ++i) numbers += static_cast<char>(i * 37 % 251);
    seeds.Write(target, "numbers", numbers);
  }
}

}  // namespace
}  // namespace earshot::test

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: fuzz_seeds FOLDER\n");
    return 2;
  }
  try {
    earshot::test::WriteAll(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "fuzz_seeds: %s\n", error.what());
    return 1;
  }
  return 0;
}
