// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/sound_recorder.h"

#include <optional>

#include "earshot/host/audio/wav_writer.h"

namespace earshot::host {
namespace {

class SoundRecorder : public PartialListenOutput {
 public:
  explicit SoundRecorder(const std::string& path) : path_(path) {}

  // Not before: where there is nothing to hear, an older recording stays.
  void Start(const std::string&, const std::vector<const KeywordModel*>&) override {
    file_.emplace(path_, WavWriter::Existing::kReplace);
  }
  void Samples(Span<const int16_t> samples) override { file_->Write(samples); }
  void Finish(const ListenTotals&) override {
    if (file_) file_->Finish();
  }

 private:
  const std::string path_;
  std::optional<WavWriter> file_;
};

}  // namespace

std::unique_ptr<ListenOutput> MakeSoundRecorder(const std::string& path) {
  return std::make_unique<SoundRecorder>(path);
}

}  // namespace earshot::host
