// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/sound_kinds.h"

#include <gtest/gtest.h>
#include <sndfile.h>

#include <random>

#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

// clang-tidy does not see that it is used.
using std::string_literals::operator""s;  // NOLINT(misc-unused-using-decls)

std::string NameOf(const std::string& text) {
  const std::vector<uint8_t> bytes(text.begin(), text.end());
  return KindOf({bytes.data(), bytes.size()}).name;
}

TEST(SoundKindsTest, KnowsWhatLibsndfileWrites) {
  const TempDir dir;
  const std::pair<int, const char*> formats[] = {
      {SF_FORMAT_FLAC | SF_FORMAT_PCM_16, "a FLAC file"},
      {SF_FORMAT_OGG | SF_FORMAT_VORBIS, "an Ogg Vorbis file"},
      {SF_FORMAT_OGG | SF_FORMAT_OPUS, "an Ogg Opus file"},
      {SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, "an MP3 file"},
      {SF_FORMAT_W64 | SF_FORMAT_PCM_16, "a W64 file"},
      {SF_FORMAT_RF64 | SF_FORMAT_PCM_16, "an RF64 file"},
      {SF_FORMAT_WAV | SF_FORMAT_PCM_16 | SF_ENDIAN_BIG, "a RIFX file"},
      {SF_FORMAT_WAV | SF_FORMAT_PCM_16, "a WAV file"},
      {SF_FORMAT_AIFF | SF_FORMAT_PCM_16, "an AIFF file"},
      {SF_FORMAT_CAF | SF_FORMAT_PCM_16, "a CAF file"},
      {SF_FORMAT_AU | SF_FORMAT_PCM_16, "an AU file"},
      {SF_FORMAT_NIST | SF_FORMAT_PCM_16, "a NIST SPHERE file"},
      {SF_FORMAT_VOC | SF_FORMAT_PCM_16, "a VOC file"}};
  for (const auto& [format, name] : formats) {
    WriteAudioPcm(dir.Path("a"), {format}, Noise(16000, 1));
    std::vector<uint8_t> bytes = test::ReadBytes(dir.Path("a"));
    bytes.resize(std::min(bytes.size(), kKindBytes));
    const SoundKind kind = KindOf({bytes.data(), bytes.size()});
    EXPECT_EQ(kind.name, name);
    EXPECT_TRUE(kind.is_sound && kind.is_decoded) << name;
    EXPECT_TRUE(MayBeKnown(Span<const uint8_t>(bytes).subspan(0, kSurelyRaw))) << name;
  }
}

TEST(SoundKindsTest, KnowsOthersByTheirBeginning) {
  EXPECT_EQ(NameOf("\0\0\0\x20"
                   "ftypM4A \0\0\0\0"s),
            "an MPEG-4 file (.m4a, .mp4)");
  EXPECT_EQ(NameOf("\x1A\x45\xDF\xA3\x9F\x42\x86\x81"s), "a Matroska or WebM file (.mka, .webm)");
  EXPECT_EQ(NameOf("ID3\x04\0\0\0\0\0\0"s), "an MP3 file");
  EXPECT_EQ(NameOf("#!AMR\n<"), "an AMR file");
  EXPECT_EQ(NameOf("RIFF\x10\0\0\0AVI LIST"s), "an AVI file");
  EXPECT_EQ(NameOf("\x1F\x8B\x08\0\0\0"s), "a gzip archive");
  EXPECT_EQ(NameOf("\x89PNG\r\n\x1A\n"), "a PNG picture");
  // An ADTS header: 1024 samples in 16 bytes; then the next one.
  const std::string frame = "\xFF\xF1\x60\x40\x02\x1F\xFC" + std::string(9, 'x');
  EXPECT_EQ(NameOf(frame + frame), "an AAC file");
  EXPECT_EQ(NameOf(frame + std::string(16, 'x')), "");
}

TEST(SoundKindsTest, KnowsText) {
  EXPECT_EQ(NameOf("<!DOCTYPE html>\n<html>"), "text that begins \"<!DOCTYPE html> <html>\"");
  EXPECT_EQ(NameOf("{\"error\": \"not found, or no longer\"}"),
            "text that begins \"{\"error\": \"not found, or...\"");
  EXPECT_NE(NameOf("\xEF\xBB\xBFgr\xC3\xBC\xC3\x9F dich\r\n"), "");
  EXPECT_NE(NameOf("cut within a letter \xC3"), "");
  EXPECT_EQ(NameOf("not text \xC3 any more"), "");
  EXPECT_EQ(NameOf("nor \x01 this"), "");
  EXPECT_EQ(NameOf(""), "");
}

// Raw samples begin with anything: silence, -1, quiet noise, loud noise.
TEST(SoundKindsTest, RawSamplesAreNothingElse) {
  std::mt19937 random(1);
  for (int round = 0; round < 20000; ++round) {
    const int range = 1 << (round % 16 + 1);
    std::string bytes;
    for (int i = 0; i < 200; ++i) {
      const int sample = static_cast<int>(random() % static_cast<uint32_t>(range)) - range / 2;
      bytes += static_cast<char>(sample & 0xFF);
      bytes += static_cast<char>(sample >> 8 & 0xFF);
    }
    ASSERT_EQ(NameOf(bytes), "") << round;
  }
  EXPECT_EQ(NameOf(std::string(4096, '\0')), "");
  EXPECT_EQ(NameOf(std::string(4096, '\xFF')), "");
}

}  // namespace
}  // namespace earshot::host
