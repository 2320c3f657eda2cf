// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What comes behind the samples that a header tells of.

#include "earshot/host/formats/sound_behind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include "tests/host/formats/sound_header_fixture.h"

namespace earshot::host {
namespace {

using SoundBehindTest = SoundHeaderTest;

// Of the same format it is heard, otherwise told; chunks and tags are no sound.
TEST_F(SoundBehindTest, IsHeardOrTold) {
  const auto expect = [this](const Bytes& bytes, size_t times, const std::string& note) {
    SCOPED_TRACE(note);
    std::vector<int16_t> wanted;
    for (size_t i = 0; i < times; ++i) wanted.insert(wanted.end(), pcm_.begin(), pcm_.end());
    for (const Hearing& heard : {AsFile(bytes), AsPipe(bytes)}) {
      EXPECT_EQ(heard.error, "");
      EXPECT_EQ(heard.samples == wanted, true) << heard.samples.size();
      EXPECT_EQ(heard.flaws.note, note);
      EXPECT_EQ(heard.flaws.error, "");
    }
  };
  const auto joined = [](const Bytes& a, const Bytes& b) { return Inserted(a, a.size(), b); };
  const Bytes odd = Inserted(Chunk("LIST", Text("abc")), 11, {0});
  const Bytes data = Chunk("data", Bytes(wav_.begin() + 44, wav_.end()));
  expect(joined(wav_, wav_), 2, "");
  expect(joined(joined(wav_, odd), joined(wav_, wav_)), 3, "");
  expect(joined(wav_, data), 2, "");
  expect(joined(joined(wav_, odd), joined(Chunk("abcd", {1, 2, 3}), data)), 2, "");
  for (const int format : {SF_FORMAT_AIFF, SF_FORMAT_W64, SF_FORMAT_AU, SF_FORMAT_RF64}) {
    const Bytes one = Stored(format | SF_FORMAT_PCM_16, pcm_);
    expect(joined(one, one), 2, "");
  }
  const std::string told = "there is more sound behind it that is not heard: ";
  const Bytes wide = Stored(SF_FORMAT_WAV | SF_FORMAT_PCM_24, pcm_);
  expect(joined(wav_, joined(odd, wide)), 1,
         told + std::to_string(wide.size()) +
             " bytes (24-bit integers, 16000 Hz, 1 channel, not 16-bit integers, 16000 Hz, 1 "
             "channel)");
  const Bytes aiff = Stored(SF_FORMAT_AIFF | SF_FORMAT_PCM_16, pcm_);
  expect(joined(aiff, wav_), 1,
         told + std::to_string(wav_.size()) +
             " bytes (16-bit integers, little-endian, 16000 Hz, 1 channel, not 16-bit integers, "
             "big-endian, 16000 Hz, 1 channel)");
  const Bytes flac = Stored(SF_FORMAT_FLAC | SF_FORMAT_PCM_16, pcm_);
  expect(joined(wav_, flac), 1, told + std::to_string(flac.size()) + " bytes (a FLAC file)");
  const Bytes mp3 = Stored(SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, pcm_);
  for (const std::string& text : {std::string("done\n"), std::string("a\n"), std::string("\r\n"),
                                  std::string(70000, 'x'), std::string("Name: 1\r\n\r\n")}) {
    expect(joined(wav_, joined(Text(text), wav_)), 2, "");
    expect(joined(wav_, joined(odd, joined(Text(text), wav_))), 2, "");
    expect(joined(wav_, joined(Text(text), flac)), 1,
           told + std::to_string(flac.size()) + " bytes (a FLAC file)");
    expect(joined(wav_, joined(Text(text), mp3)), 1,
           told + std::to_string(mp3.size()) + " bytes (an MP3 file)");
    expect(joined(aiff, joined(Text(text), aiff)), 2, "");
    expect(joined(wav_, Text("no more " + text)), 1, "");
  }
  Bytes id3 = Text("ID3\x04");
  id3.resize(8);
  id3.insert(id3.end(), {2, 34});  // 2 times 128 and 34 bytes follow.
  id3.resize(300, 4);
  Bytes last = Text("TAG");
  last.resize(128, 'x');
  Bytes ape = Text("APETAGEX");
  ape.resize(32);
  for (const Bytes& tag :
       {id3, last, ape, joined(odd, joined(id3, last)), joined({7}, odd), Bytes(5), Bytes(500)}) {
    expect(joined(wav_, tag), 1, "");
  }
}

// libsndfile decodes only the first.
TEST_F(SoundBehindTest, CompressedIsTold) {
  const Bytes one = Stored(SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM, pcm_);
  const std::vector<int16_t> wanted = AsFile(one).samples;
  const Bytes list = Chunk("LIST", Text("abcd"));
  EXPECT_EQ(AsFile(Inserted(one, one.size(), list)).flaws.note, "");
  const Hearing heard = AsFile(Inserted(one, one.size(), one));
  EXPECT_EQ(heard.samples, wanted);
  EXPECT_THAT(heard.flaws.note,
              testing::StartsWith("there is more sound behind it that is not heard: " +
                                  std::to_string(one.size()) + " bytes (a WAV file"));
  EXPECT_THAT(AsFile(Inserted(one, one.size(), Chunk("data", Bytes(1000, 9)))).flaws.note,
              testing::HasSubstr("1008 bytes (more samples)"));
}

}  // namespace
}  // namespace earshot::host
