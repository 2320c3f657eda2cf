// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Recordings with seeded damage: each is read as far as it goes or refused with a reason.

#include <gtest/gtest.h>
#include <sndfile.h>

#include <random>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/errors.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

// libsndfile 1.2 forgets some of libvorbis's memory when it gives up on a damaged Ogg file.
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" const char* __lsan_default_suppressions() { return "leak:vorbis_info_init"; }

namespace earshot::host {
namespace {

// No damage to a header can make a small file longer than this, resampled from the lowest rate.
constexpr int64_t kMostSamples = 100'000'000;

// Whether the file could be read and lacks nothing; anything but a clean end fails the test.
bool IsRead(const std::string& path) {
  try {
    AudioFile file(path);
    std::vector<int16_t> block(4096);
    while (file.Read(block) > 0 && file.samples_read() < kMostSamples) continue;
    EXPECT_LT(file.samples_read(), kMostSamples);
    const SoundFlaws flaws = file.Flaws();
    return flaws.note.empty() && flaws.error.empty();
  } catch (const InputError& error) {
    EXPECT_STRNE(error.what(), "");
    return false;
  }
}

struct Case {
  const char* name;
  Storage storage;
};

// What ctest shows of a case.
void PrintTo(const Case& test_case, std::ostream* stream) { *stream << test_case.name; }

class DamagedAudioTest : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    WriteAudioPcm(path_, GetParam().storage, Noise(3000, 7));
    whole_ = test::ReadBytes(path_);
    ASSERT_TRUE(IsRead(path_));
  }

  const TempDir dir_;
  const std::string path_ = dir_.Path("recording");
  std::vector<uint8_t> whole_;
};

TEST_P(DamagedAudioTest, ChangedBytesEndCleanly) {
  std::mt19937 random(1);
  int refused = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<uint8_t> bytes = whole_;
    // Two rounds of three in the header, where it hurts.
    const size_t range = round % 3 == 0 ? bytes.size() : std::min<size_t>(bytes.size(), 80);
    for (uint32_t changes = 1 + random() % 6; changes > 0; --changes) {
      bytes[random() % range] = static_cast<uint8_t>(random() % 4 == 0 ? 0xFF : random());
    }
    WriteBytes(path_, bytes);
    if (!IsRead(path_)) ++refused;
  }
  EXPECT_GT(refused, 30);
}

TEST_P(DamagedAudioTest, EveryLengthEndsCleanly) {
  for (size_t length = 0; length < whole_.size(); length += length < 200 ? 1 : 97) {
    WriteBytes(path_, {whole_.begin(), whole_.begin() + static_cast<ptrdiff_t>(length)});
    IsRead(path_);
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, DamagedAudioTest,
                         testing::Values(Case{"Wav", {SF_FORMAT_WAV | SF_FORMAT_PCM_16}},
                                         Case{"WavStereo24",
                                              {SF_FORMAT_WAV | SF_FORMAT_PCM_24, 44100, 2}},
                                         Case{"WavFloat", {SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000}},
                                         Case{"WavAdpcm", {SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM}},
                                         Case{"Aiff", {SF_FORMAT_AIFF | SF_FORMAT_PCM_16, 22050}},
                                         Case{"Flac", {SF_FORMAT_FLAC | SF_FORMAT_PCM_16}},
                                         Case{"Vorbis", {SF_FORMAT_OGG | SF_FORMAT_VORBIS}},
                                         Case{"Caf", {SF_FORMAT_CAF | SF_FORMAT_PCM_16}}),
                         [](const testing::TestParamInfo<Case>& test) { return test.param.name; });

}  // namespace
}  // namespace earshot::host
