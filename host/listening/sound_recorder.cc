// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/listening/sound_recorder.h"

#include "host/wav_writer.h"

namespace earshot::host {
namespace {

class SoundRecorder : public PartialListenOutput {
 public:
  explicit SoundRecorder(const std::string& path) : file_(path, WavWriter::Existing::kReplace) {}

  void Samples(Span<const int16_t> samples) override { file_.Write(samples); }
  void Finish(const ListenTotals&) override { file_.Finish(); }

 private:
  WavWriter file_;
};

}  // namespace

std::unique_ptr<ListenOutput> MakeSoundRecorder(const std::string& path) {
  return std::make_unique<SoundRecorder>(path);
}

}  // namespace earshot::host
