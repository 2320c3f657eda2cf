// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as a recording: through AudioFile, in blocks of two sizes, which must not matter, and
// through PcmStream. The last byte chooses the channel. No more is heard than the first seconds,
// for a few bytes may say hours of silence.

#include <algorithm>
#include <string>
#include <vector>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/audio/pcm_stream.h"
#include "earshot/host/errors.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/scratch_file.h"

namespace earshot::host {
namespace {

constexpr size_t kMostSamples = 1 << 16;

// Whether it is a recording; its samples, up to kMostSamples, and what it lacks.
template <typename Stream>
bool Hear(const std::string& path, int channel, size_t block, std::vector<int16_t>* samples) {
  try {
    Stream stream(path, channel);
    size_t count = block;
    while (count == block && samples->size() < kMostSamples) {
      const size_t before = samples->size();
      samples->resize(before + block);
      count = stream.Read(Span<int16_t>(*samples).subspan(before));
      test::Require(count <= block, "no more is given than was asked for");
      samples->resize(before + count);
    }
    stream.Flaws();
    return true;
  } catch (const InputError& error) {
    test::Require(error.what()[0] != '\0', "an error says what is wrong");
    return false;
  }
}

void TryRecording(Span<const uint8_t> bytes) {
  static const test::ScratchFolder folder;
  const std::string path = folder.Write("recording", bytes);
  const int choice = bytes.empty() ? 0 : bytes[bytes.size() - 1] % 8;
  const int channel = choice == 7 ? kBestChannel : choice >= 4 ? choice - 3 : kAllChannels;
  std::vector<int16_t> once;
  std::vector<int16_t> again;
  const bool is_recording = Hear<AudioFile>(path, channel, 4096, &once);
  test::Require(Hear<AudioFile>(path, channel, 1000, &again) == is_recording,
                "the same file is a recording each time");
  const size_t common = std::min({once.size(), again.size(), kMostSamples});
  test::Require(
      std::equal(once.begin(), once.begin() + static_cast<ptrdiff_t>(common), again.begin()),
      "what is heard does not depend on how much is read at a time");
  once.clear();
  Hear<PcmStream>(path, channel, 1000, &once);
}

}  // namespace
}  // namespace earshot::host

// libsndfile loses what libvorbis has set up for an Ogg file that it then refuses. The name is
// LeakSanitizer's.
// NOLINTBEGIN(bugprone-reserved-identifier, readability-identifier-naming)
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:vorbis_info_init\n"; }
// NOLINTEND(bugprone-reserved-identifier, readability-identifier-naming)

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  earshot::host::TryRecording({bytes, size});
  return 0;
}
