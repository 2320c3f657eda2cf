// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Pictures and sound in the HTML report.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "earshot/host/errors.h"
#include "earshot/host/report/media.h"
#include "earshot/host/report/png.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(DataUriTest, Base64AsInRfc4648) {
  EXPECT_EQ(DataUri("a/b", ""), "data:a/b;base64,");
  EXPECT_EQ(DataUri("a/b", "f"), "data:a/b;base64,Zg==");
  EXPECT_EQ(DataUri("a/b", "fo"), "data:a/b;base64,Zm8=");
  EXPECT_EQ(DataUri("a/b", "foobar"), "data:a/b;base64,Zm9vYmFy");
  EXPECT_EQ(DataUri("a/b", "\xFF\xFE"), "data:a/b;base64,//4=");
}

TEST(WavBytesTest, IsReadBack) {
  const TempDir dir;
  const std::vector<int16_t> samples = Noise(1000, 1);
  const std::string wav = WavBytes({samples.data(), samples.size()});
  WriteText(dir.Path("a.wav"), wav);
  AudioFile file(dir.Path("a.wav"));
  EXPECT_FALSE(file.format().converted());
  std::vector<int16_t> read(2000);
  read.resize(file.Read({read.data(), read.size()}));
  EXPECT_EQ(read, samples);
}

TEST(PngTest, KnownFile) {
  Palette palette = {};
  for (size_t i = 0; i < palette.size(); ++i) {
    const auto grey = static_cast<uint8_t>(i);
    palette[i] = {grey, grey, grey};
  }
  const std::vector<uint8_t> pixels = {0, 128, 255, 1, 2, 3};
  const std::string png = EncodePng(3, 2, {pixels.data(), pixels.size()}, palette);
  EXPECT_EQ(png.substr(0, 8), "\x89PNG\r\n\x1A\n");
  EXPECT_EQ(png.size(), 8u + 25 + (12 + 768) + (12 + 2 + 5 + 8 + 4) + 12);
  // The checksums of the chunks, as other programs compute them.
  const std::vector<uint8_t> bytes(png.begin(), png.end());
  const auto four = [&bytes](size_t at) {
    return std::vector<uint8_t>(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                bytes.begin() + static_cast<std::ptrdiff_t>(at) + 4);
  };
  EXPECT_THAT(four(8 + 21), ElementsAre(0xAA, 0xAA, 0x96, 0x28));
  EXPECT_THAT(four(png.size() - 12 - 8), ElementsAre(0x08, 0x0D, 0x01, 0x86));
  EXPECT_THAT(four(png.size() - 4), ElementsAre(0xAE, 0x42, 0x60, 0x82));
}

TEST(MediaReaderTest, PartsOfARecordingInAnyOrder) {
  const TempDir dir;
  const std::string path = dir.Path("a.wav");
  const std::vector<int16_t> samples = Noise(80000, 1);
  WriteWav(path, samples);
  MediaReader reader(1000000);
  const auto sound = [&samples](size_t begin, size_t end) {
    return DataUri("audio/wav", WavBytes({samples.data() + begin, end - begin}));
  };
  EXPECT_EQ(reader.Read(path, 3, 3.5).sound, sound(48000, 56000));
  EXPECT_EQ(reader.Read(path, 3.25, 4).sound, sound(52000, 64000));
  EXPECT_EQ(reader.Read(path, 0.5, 1).sound, sound(8000, 16000));
  EXPECT_EQ(reader.Read(path, -1, 1).sound, sound(0, 16000));
  EXPECT_EQ(reader.Read(path, 4.5, 9).sound, sound(72000, 80000));
  EXPECT_EQ(reader.Read(path, 7, 9).error, "the recording ends before");
  EXPECT_EQ(reader.Read(dir.Path("b.wav"), 0, 1).error, "no such file");

  const Media media = reader.Read(path, 2, 3);
  EXPECT_THAT(media.picture, HasSubstr("data:image/png;base64,"));
  EXPECT_NEAR(media.picture_start, 2, 0.021);
  EXPECT_NEAR(media.picture_end, 3, 0.021);
}

}  // namespace
}  // namespace earshot::host
