// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/listening/sound_recorder.h"

#include "host/wav_writer.h"

namespace earshot::host {
namespace {

class SoundRecorder : public ListenOutput {
 public:
  explicit SoundRecorder(const std::string& path) : file_(path, WavWriter::Existing::kReplace) {}

  void Start(const std::string&, const std::vector<const KeywordModel*>&) override {}
  void Notice(const std::string&) override {}
  void Lost(int64_t, const ListenTotals&) override {}
  void Samples(Span<const int16_t> samples) override { file_.Write(samples); }
  void Scores(size_t, const KeywordSpotter::Result&) override {}
  void Word(const HeardWord&) override {}
  void Tick(const ListenTotals&) override {}
  void Finish(const ListenTotals&) override { file_.Finish(); }

 private:
  WavWriter file_;
};

}  // namespace

std::unique_ptr<ListenOutput> MakeSoundRecorder(const std::string& path) {
  return std::make_unique<SoundRecorder>(path);
}

}  // namespace earshot::host
