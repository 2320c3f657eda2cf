// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/formats/sound_kinds.h"

#include <gtest/gtest.h>
#include <sndfile.h>

#include <random>
#include <set>

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

bool MayBe(const std::string& text) {
  const std::vector<uint8_t> bytes(text.begin(), text.end());
  return MayBeKnown({bytes.data(), kSurelyRaw});
}

std::string NameOf(const std::vector<int16_t>& samples) {
  std::string bytes;
  for (const int16_t sample : samples) {
    bytes += static_cast<char>(sample & 0xFF);
    bytes += static_cast<char>(sample >> 8 & 0xFF);
  }
  return NameOf(bytes.substr(0, kKindBytes));
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

// Otherwise `mic-check` would hear a header and coded samples as noise.
TEST(SoundKindsTest, KnowsAllFormatsThatLibsndfileHas) {
  const TempDir dir;
  std::set<int> written;
  int majors = 0;
  sf_command(nullptr, SFC_GET_FORMAT_MAJOR_COUNT, &majors, sizeof majors);
  for (int i = 0; i < majors; ++i) {
    SF_FORMAT_INFO major = {};
    major.format = i;
    sf_command(nullptr, SFC_GET_FORMAT_MAJOR, &major, sizeof major);
    if (major.format == SF_FORMAT_RAW || major.format == SF_FORMAT_SD2) continue;  // No headers.
    for (const int samples : {SF_FORMAT_PCM_16, SF_FORMAT_DPCM_16, SF_FORMAT_ALAW, SF_FORMAT_VORBIS,
                              SF_FORMAT_MPEG_LAYER_III}) {
      for (const int order : {SF_ENDIAN_LITTLE, SF_ENDIAN_BIG, SF_ENDIAN_FILE}) {
        SF_INFO info = {};
        info.channels = 1;
        info.samplerate = 16000;
        info.format = major.format | samples | order;
        if (sf_format_check(&info) == 0) continue;
        try {
          WriteAudioPcm(dir.Path("a"), {info.format}, Noise(16000, 1));
        } catch (const std::exception&) {  // Says so only when it opens the file.
          continue;
        }
        written.insert(major.format);
        std::vector<uint8_t> bytes = test::ReadBytes(dir.Path("a"));
        bytes.resize(std::min(bytes.size(), kKindBytes));
        const SoundKind kind = KindOf({bytes.data(), bytes.size()});
        EXPECT_TRUE(kind.is_sound && kind.is_decoded) << major.name << " " << kind.name;
        EXPECT_TRUE(MayBeKnown(Span<const uint8_t>(bytes).subspan(0, kSurelyRaw))) << major.name;
      }
    }
  }
  EXPECT_GE(written.size(), 20u);
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
  EXPECT_EQ(NameOf(".SoX\x2C\0\0\0\x80\xBB\0\0"s), "a SoX file (.sox)");
  EXPECT_EQ(NameOf("\0\0\1\xBA\x44\0\x04"s), "an MPEG film (.mpg)");
  EXPECT_EQ(NameOf("\0\0\1\xBA\0\0\0"s), "");
  EXPECT_EQ(NameOf("nut/multimedia container\0"s), "a NUT file");
  EXPECT_EQ(NameOf("\x7F\xFE\x80\x01\xFC\x3C"), "a DTS file");
  EXPECT_EQ(NameOf("SQLite format 3\0\x10\0"s), "an SQLite database");
  EXPECT_EQ(NameOf("MATLAB 5.0 MAT-file, Platform: GLNXA64\0"s), "a MATLAB file (.mat)");
  EXPECT_EQ(NameOf("OggS" + std::string(24, '\0') + "\x7F" + "FLAC"), "an Ogg FLAC file");
  const std::string tar = "a.wav" + std::string(252, '\0') + "ustar  ";
  EXPECT_EQ(NameOf(tar), "a tar archive");
  EXPECT_TRUE(MayBe(tar));
  // An ADTS header: 1024 samples in 16 bytes; then the next one.
  const std::string frame = "\xFF\xF1\x60\x40\x02\x1F\xFC" + std::string(9, 'x');
  EXPECT_EQ(NameOf(frame + frame.substr(0, 7) + std::string(9, 'y')), "an AAC file");
  EXPECT_EQ(NameOf(frame + std::string(16, 'x')), "");
}

// Bytes of a coder: everything comes, and nothing again.
std::string Payload(size_t count, uint32_t seed) {
  std::mt19937 random(seed);
  std::string bytes;
  while (bytes.size() < count) bytes += static_cast<char>(random() >> 24 & 0x7F);
  return bytes;
}

TEST(SoundKindsTest, KnowsFramesThatFollowOneAnother) {
  std::string mp3;
  std::string free;
  std::string ac3;
  std::string packets;
  std::string disc;
  for (uint32_t i = 0; i < 24; ++i) {
    mp3 += "\xFF\xFB\x54\xC4" + Payload(188, i);                       // 64 kbit/s at 48 kHz.
    free += "\xFF\xFB\x04\xC4" + Payload(700 + i % 2, i);              // Maybe padded.
    ac3 += "\x0B\x77" + Payload(2, i) + "\x08\x40" + Payload(250, i);  // The same.
    packets += "\x47\x01\x02\x13" + Payload(184, i);
    disc += Payload(4, i) + "\x47\x01\x02\x13" + Payload(184, i);
  }
  EXPECT_EQ(NameOf(mp3.substr(0, kKindBytes)), "an MP3 file");
  EXPECT_EQ(NameOf(mp3.substr(100, kKindBytes)), "an MP3 file that begins within a frame");
  EXPECT_EQ(NameOf(free.substr(0, kKindBytes)), "an MP3 file of a free bit rate");
  EXPECT_EQ(NameOf(ac3.substr(0, kKindBytes)), "an AC-3 file");
  EXPECT_EQ(NameOf(packets.substr(0, kKindBytes)), "an MPEG transport stream (.ts)");
  EXPECT_EQ(NameOf(disc.substr(0, kKindBytes)), "an MPEG transport stream (.ts)");
  for (const std::string& bytes : {mp3, free, ac3, packets, disc}) EXPECT_TRUE(MayBe(bytes));
  // Not one alone.
  EXPECT_EQ(NameOf(ac3.substr(0, 256) + std::string(100, 'x')), "");
  packets[188] = 'x';
  EXPECT_EQ(NameOf(packets.substr(0, kKindBytes)), "");
}

TEST(SoundKindsTest, KnowsSoundBehindText) {
  const std::string wav = "RIFF\x24\x7D\0\0WAVEfmt \x10\0\0\0"s;
  const std::string http = "HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\n\r\n";
  EXPECT_EQ(NameOf("\xEF\xBB\xBF" + wav),
            "3 bytes of text before a WAV file; take them away, as with tail -c +4");
  EXPECT_EQ(NameOf("\r\n" + wav),
            "2 bytes of text before a WAV file; take them away, as with tail -c +3");
  EXPECT_EQ(NameOf(http + wav),
            "44 bytes of text before a WAV file; take them away, as with tail -c +45");
  EXPECT_EQ(NameOf("--x\nContent-Type: audio/flac\n\n" + "fLaC\0\0\0\x22"s),
            "30 bytes of text before a FLAC file; take them away, as with tail -c +31");
  EXPECT_EQ(NameOf(http + "\x01\x02"), "a reply of HTTP with its headers");
  for (const char* before : {"\xEF\xBB\xBF", "\r\n", "\n\n\n\n\n"})
    EXPECT_TRUE(MayBe(before + wav));
}

TEST(SoundKindsTest, KnowsTextOfOtherEncodings) {
  EXPECT_EQ(NameOf("Gr\xFC\xDF"
                   "e aus K\xF6ln, wo es im Sommer sehr sch\xF6n ist"),
            "text that begins \"Gr\xC3\xBC\xC3\x9F"
            "e aus K\xC3\xB6ln, wo es im...\"");
  EXPECT_EQ(NameOf("\xFF\xFEp\0a\0t\0h\0\xFC\0"s), "text in UTF-16 that begins \"path\xC3\xBC\"");
  EXPECT_EQ(NameOf("\xFE\xFF\0p\0a\0t\0h"s), "text in UTF-16 that begins \"path\"");
  EXPECT_EQ(NameOf("\xFF\xFEp\0a\0\x01\0"s), "");
  EXPECT_EQ(NameOf("\x1B[31merror\x1B[0m"), "text that begins \" [31merror [0m\"");
  EXPECT_EQ(NameOf("\xE6\x97\xA5\xE6\x9C\xAC"), "text that begins \"\xE6\x97\xA5\xE6\x9C\xAC\"");
  EXPECT_TRUE(MayBe("\xFF\xFEp\0a\0t\0h\0 \0 \0 \0"s));
  EXPECT_TRUE(
      MayBe("Gr\xFC\xDF"
            "e aus K\xF6ln, wo"));
}

TEST(SoundKindsTest, KnowsText) {
  EXPECT_EQ(NameOf("<!DOCTYPE html>\n<html>"), "text that begins \"<!DOCTYPE html> <html>\"");
  EXPECT_EQ(NameOf("{\"error\": \"not found, or no longer\"}"),
            "text that begins \"{\"error\": \"not found, or...\"");
  EXPECT_NE(NameOf("\xEF\xBB\xBFgr\xC3\xBC\xC3\x9F dich\r\n"), "");
  EXPECT_NE(NameOf("cut within a letter \xC3"), "");
  EXPECT_EQ(NameOf("not \xC3 te\xC3t"), "");
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

// What begins like a frame or packet, but goes on as samples do: values that stand still, tones
// that repeat to the sample, steps, noise around an offset.
TEST(SoundKindsTest, RawSamplesThatBeginLikeFrames) {
  std::mt19937 random(1);
  constexpr size_t kSamples = kKindBytes / 2;
  EXPECT_EQ(NameOf(std::vector<int16_t>(kSamples, 0x770B)), "");
  for (const int first : {0x0A50, 0x0047, 0x1447, -1025, -1, -3329, 0x0401}) {
    const auto value = static_cast<int16_t>(first);
    EXPECT_EQ(NameOf(std::vector<int16_t>(kSamples, value)), "") << first;
    for (int round = 0; round < 300; ++round) {
      const auto period = random() % 400 + 2;
      const auto noise = random() % 100;
      std::vector<int16_t> tone(kSamples);
      std::vector<int16_t> steps(kSamples);
      std::vector<int16_t> offset(kSamples);
      for (size_t i = 0; i < kSamples; ++i) {
        tone[i] = i < period ? static_cast<int16_t>(random()) : tone[i - period];
        steps[i] = i % period < period / 2 ? value : static_cast<int16_t>(-value);
        offset[i] = static_cast<int16_t>(value + static_cast<int>(random() % (noise + 1)));
        if (i == 0) tone[i] = offset[i] = value;
      }
      EXPECT_EQ(NameOf(tone), "") << first << " " << period;
      EXPECT_EQ(NameOf(steps), "") << first << " " << period;
      EXPECT_EQ(NameOf(offset), "") << first << " " << noise;
    }
  }
}

// The upper bytes are those of line ends and tabs, the lower ones letters.
TEST(SoundKindsTest, QuietSoundAroundAnOffsetIsNoText) {
  std::mt19937 random(1);
  std::vector<int16_t> samples(kKindBytes / 2);
  for (int16_t& sample : samples) {
    sample = static_cast<int16_t>((9 + random() % 5) << 8 | ('A' + random() % 26));
  }
  EXPECT_EQ(NameOf(samples), "");
  EXPECT_NE(NameOf("a\nb\nc\n"), "");
}

TEST(SoundKindsTest, SpeechIsNothingElseWhereverItBegins) {
  const std::vector<int16_t> speech =
      ReadFile(test::SourcePath("audio_samples/streams/pink_20db.wav"));
  for (size_t i = 0; i + kKindBytes / 2 < speech.size(); i += 37) {
    ASSERT_EQ(NameOf(std::vector<int16_t>(speech.begin() + static_cast<ptrdiff_t>(i),
                                          speech.begin() + static_cast<ptrdiff_t>(i + 2048))),
              "")
        << i;
  }
}

}  // namespace
}  // namespace earshot::host
