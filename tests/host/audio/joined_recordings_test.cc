// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Recordings that were joined to one file are heard one after the other; those with a hole keep
// their times.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include <algorithm>
#include <cmath>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/audio/frame_reader.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using ::testing::HasSubstr;

using Bytes = std::vector<uint8_t>;

constexpr int kFlac = SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
constexpr int kVorbis = SF_FORMAT_OGG | SF_FORMAT_VORBIS;
constexpr int kOpus = SF_FORMAT_OGG | SF_FORMAT_OPUS;
constexpr int kMp3 = SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III;

Bytes Joined(std::initializer_list<Bytes> parts) {
  Bytes joined;
  for (const Bytes& part : parts) joined.insert(joined.end(), part.begin(), part.end());
  return joined;
}

Bytes Id3Version1() {
  Bytes tag = {'T', 'A', 'G'};
  tag.resize(128, 'x');
  return tag;
}

struct Heard {
  std::vector<int16_t> samples;
  SoundFlaws flaws;
};

class JoinedRecordingsTest : public testing::Test {
 protected:
  Bytes Stored(const Storage& storage, size_t frames, uint32_t seed = 1) {
    WriteAudioPcm(path_, storage, Noise(frames * static_cast<size_t>(storage.channels), seed));
    return test::ReadBytes(path_);
  }

  Heard Hear(const Bytes& bytes) {
    WriteBytes(path_, bytes);
    Heard heard;
    AudioFile file(path_);
    heard.samples.resize(1000000);
    heard.samples.resize(file.Read({heard.samples.data(), heard.samples.size()}));
    heard.flaws = file.Flaws();
    return heard;
  }

  const TempDir dir_;
  const std::string path_ = dir_.Path("sound");
};

TEST_F(JoinedRecordingsTest, AreHeardOneAfterTheOther) {
  for (const int format : {kFlac, kVorbis, kOpus, kMp3}) {
    SCOPED_TRACE(format);
    const Bytes a = Stored({format}, 20000, 1);
    const Bytes b = Stored({format}, 30000, 2);
    std::vector<int16_t> wanted = Hear(a).samples;
    for (const Bytes& next : {b, a}) {
      const std::vector<int16_t> samples = Hear(next).samples;
      wanted.insert(wanted.end(), samples.begin(), samples.end());
    }
    const Heard heard = Hear(Joined({a, b, a}));
    EXPECT_EQ(heard.samples == wanted, true) << heard.samples.size() << " of " << wanted.size();
    EXPECT_EQ(heard.flaws.error + heard.flaws.note, "");
    EXPECT_DOUBLE_EQ(heard.flaws.end_seconds, static_cast<double>(wanted.size()) / 16000);
  }
}

// Where none states their number, it is not estimated; where one does, more may follow.
TEST_F(JoinedRecordingsTest, Mp3WithoutANumberOfFrames) {
  const Storage storage = {kMp3};
  std::vector<double> samples = Sine(1000, 0.01, storage, 80000);
  const std::vector<int16_t> noise = Noise(20000, 1);
  std::transform(noise.begin(), noise.end(), samples.begin(),
                 [](int16_t sample) { return sample / 32768.0; });
  WriteAudio(path_, storage, samples);
  const Bytes a = test::ReadBytes(path_);
  const Heard once = Hear(a);
  EXPECT_GE(once.samples.size(), 80000u);
  Bytes nameless = a;
  for (const char* text : {"Info", "Xing"}) {
    const auto found = std::search(nameless.begin(), nameless.end(), text, text + 4);
    if (found != nameless.end()) *found = 0;
  }
  EXPECT_NE(nameless == a, true);
  for (const Bytes& bytes : {nameless, Joined({a, nameless})}) {
    const Heard heard = Hear(bytes);
    EXPECT_GE(heard.samples.size(), bytes.size() / a.size() * once.samples.size());
    EXPECT_EQ(heard.flaws.error + heard.flaws.note, "");
  }
}

TEST_F(JoinedRecordingsTest, TagsAreNoSound) {
  const Bytes flac = Stored({kFlac}, 20000);
  Bytes ape = {'A', 'P', 'E', 'T', 'A', 'G', 'E', 'X', 0xD0, 7, 0, 0, 32, 0, 0, 0, 0, 0, 0, 0};
  ape.resize(32);
  EXPECT_EQ(Hear(Joined({flac, Id3Version1(), flac, ape, Id3Version1()})).samples.size(), 40000u);
  Bytes open = flac;  // Does not say how many samples there are.
  open[21] &= 0xF0;
  std::fill_n(open.begin() + 22, 4, 0);
  for (const Bytes& bytes : {Joined({flac, Id3Version1()}), Joined({open, Id3Version1()}),
                             Joined({open, ape}), Joined({flac, ape, Id3Version1()})}) {
    const Heard heard = Hear(bytes);
    EXPECT_EQ(heard.samples.size(), 20000u);
    EXPECT_EQ(heard.flaws.error + heard.flaws.note, "");
  }
}

TEST_F(JoinedRecordingsTest, FlacThatStatesTooLittle) {
  Bytes flac = Stored({kFlac}, 50000);
  flac[24] = 1;
  const Heard heard = Hear(flac);
  EXPECT_EQ(heard.samples == Noise(50000, 1), true) << heard.samples.size();
  EXPECT_EQ(heard.flaws.error + heard.flaws.note, "");
}

// What does not go with the first is told.
TEST_F(JoinedRecordingsTest, OfOtherKindsAreTold) {
  const Bytes wav = Stored({SF_FORMAT_WAV | SF_FORMAT_PCM_16}, 1000);
  for (const int format : {kFlac, kVorbis, kMp3}) {
    SCOPED_TRACE(format);
    const Bytes one = Stored({format}, 20000);
    const Bytes stereo = Stored({format, 44100, 2}, 20000);
    const size_t count = Hear(one).samples.size();
    const Heard heard = Hear(Joined({one, stereo, one}));
    EXPECT_EQ(heard.samples.size(), count);
    EXPECT_EQ(heard.flaws.error, "");
    EXPECT_EQ(heard.flaws.note, "there is more sound behind it that is not heard: " +
                                    std::to_string(stereo.size() + one.size()) +
                                    " bytes (channels: 2, at 44100 Hz, not 1, at 16000 Hz)");
    EXPECT_EQ(Hear(Joined({one, wav})).flaws.note,
              "there is more sound behind it that is not heard: 2044 bytes (a WAV file)");
    EXPECT_EQ(Hear(Joined({one, {'h', 'i', '\n'}, wav})).flaws.note,
              "there is more sound behind it that is not heard: 2044 bytes (a WAV file)");
  }
}

TEST_F(JoinedRecordingsTest, TagsBeforeOggAreNoSound) {
  Bytes id3 = {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 100};
  id3.resize(110);
  for (const int format : {kVorbis, kOpus}) {
    const Bytes ogg = Stored({format}, 20000);
    const std::vector<int16_t> wanted = Hear(ogg).samples;
    const Heard heard = Hear(Joined({id3, ogg}));
    EXPECT_EQ(heard.samples == wanted, true) << heard.samples.size();
    EXPECT_EQ(heard.flaws.error + heard.flaws.note, "");
  }
}

// libsndfile hears only the first.
TEST_F(JoinedRecordingsTest, OtherKindsBehindFlacAndOthersAreTold) {
  constexpr int kPcm = SF_FORMAT_PCM_16;
  const std::string told = "there is more sound behind it that is not heard: ";
  for (const int format : {kFlac, SF_FORMAT_VOC | kPcm, SF_FORMAT_IRCAM | kPcm,
                           SF_FORMAT_AVR | kPcm, SF_FORMAT_CAF | SF_FORMAT_ALAC_16}) {
    const Bytes one = Stored({format}, 20000);
    const std::vector<int16_t> wanted = Hear(one).samples;
    for (const int other :
         {SF_FORMAT_WAV | kPcm, SF_FORMAT_AIFF | kPcm, SF_FORMAT_AU | kPcm, kVorbis, kMp3}) {
      const Bytes second = Stored({other}, 20000);
      const Heard heard = Hear(Joined({one, second}));
      EXPECT_EQ(heard.samples == wanted, true) << format << ", " << other;
      EXPECT_EQ(heard.flaws.error, "") << format << ", " << other;
      EXPECT_THAT(heard.flaws.note,
                  testing::StartsWith(told + std::to_string(second.size()) + " bytes (a"))
          << format << ", " << other;
    }
  }
  // Metadata is no sound, even where it is that of another file.
  const Bytes flac = Stored({kFlac}, 20000);
  const std::vector<int16_t> wanted = Hear(flac).samples;
  Bytes block = {2,   0,   0, 16, 'r', 'i', 'f', 'f', 'R', 'I',
                 'F', 'F', 9, 9,  0,   0,   'W', 'A', 'V', 'E'};
  Bytes bytes = flac;
  bytes.insert(bytes.begin() + 42, block.begin(), block.end());
  const Heard heard = Hear(bytes);
  EXPECT_EQ(heard.samples == wanted, true);
  EXPECT_EQ(heard.flaws.error + heard.flaws.note, "");
}

// An MP3 decoder takes what is no frame for damage.
TEST_F(JoinedRecordingsTest, WhatIsBehindMp3IsNoDamage) {
  Bytes mp3 = Stored({kMp3}, 20000);
  for (const char* text : {"Info", "Xing"}) {  // Without a number of frames.
    const auto found = std::search(mp3.begin(), mp3.end(), text, text + 4);
    if (found != mp3.end()) *found = 0;
  }
  const std::vector<int16_t> wanted = Hear(mp3).samples;
  std::vector<int16_t> twice = wanted;
  twice.insert(twice.end(), wanted.begin(), wanted.end());
  const Heard text = Hear(Joined({mp3, {'h', 'i', '\n'}, mp3}));
  EXPECT_EQ(text.samples == twice, true) << text.samples.size();
  EXPECT_EQ(text.flaws.error + text.flaws.note, "");
  for (const size_t zeros : {100u, 4000u, 4096u, 70000u}) {
    const Heard heard = Hear(Joined({mp3, Bytes(zeros)}));
    EXPECT_EQ(heard.samples == wanted, true) << zeros;
    EXPECT_EQ(heard.flaws.error + heard.flaws.note, "") << zeros;
  }
  for (const int format :
       {kFlac, kOpus, SF_FORMAT_AIFF | SF_FORMAT_PCM_16, SF_FORMAT_AU | SF_FORMAT_PCM_16}) {
    const Heard heard = Hear(Joined({mp3, Stored({format}, 100000)}));
    EXPECT_EQ(heard.samples == wanted, true) << format;
    EXPECT_EQ(heard.flaws.error, "") << format;
    EXPECT_THAT(heard.flaws.note, HasSubstr("more sound behind it that is not heard")) << format;
  }
}

TEST_F(JoinedRecordingsTest, EachTellsWhatItLacks) {
  const Bytes whole = Stored({kFlac}, 32000);
  const Bytes cut(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(whole.size() / 2));
  const Heard first = Hear(Joined({cut, whole}));
  EXPECT_GT(first.samples.size(), 32000u);
  EXPECT_THAT(first.flaws.error, HasSubstr("recording 1, from 0.000 s on: breaks off at"));
  EXPECT_EQ(first.flaws.missing_seconds, 0);
  const Heard last = Hear(Joined({whole, cut}));
  EXPECT_THAT(last.flaws.error, HasSubstr("recording 2, from 2.000 s on: breaks off at"));
  EXPECT_GT(last.flaws.missing_seconds, 0.5);
}

// ---- Holes --------------------------------------------------------------------------------------

std::vector<Bytes> OggPages(const Bytes& file) {
  std::vector<Bytes> pages;
  for (size_t begin = 0; begin + 27 < file.size();) {
    size_t size = 27u + file[begin + 26];
    for (size_t i = 0; i < file[begin + 26]; ++i) size += file[begin + 27 + i];
    pages.emplace_back(file.begin() + static_cast<ptrdiff_t>(begin),
                       file.begin() + static_cast<ptrdiff_t>(begin + size));
    begin += size;
  }
  return pages;
}

Bytes AllOf(const std::vector<Bytes>& pages) {
  Bytes all;
  for (const Bytes& page : pages) all.insert(all.end(), page.begin(), page.end());
  return all;
}

constexpr size_t kFrames = 320000;

class OggHolesTest : public JoinedRecordingsTest, public testing::WithParamInterface<int> {
 protected:
  // Everything but the hole is where it was, the hole is silence.
  void ExpectHole(const std::vector<Bytes>& pages, const std::string& error) {
    const Heard heard = Hear(AllOf(pages));
    // libsndfile leaves out a few ms at the end of Opus that does not begin at its beginning.
    ASSERT_LE(heard.samples.size(), whole_.samples.size());
    ASSERT_GE(heard.samples.size() + (GetParam() == kOpus ? 104 : 0), whole_.samples.size());
    EXPECT_THAT(heard.flaws.error, HasSubstr(error));
    EXPECT_THAT(heard.flaws.error, HasSubstr(" s (Ogg pages lost or damaged), heard as silence"));
    EXPECT_EQ(heard.flaws.note, "");
    EXPECT_EQ(heard.flaws.missing_seconds, 0);
    const auto same = static_cast<size_t>(std::count_if(
        heard.samples.begin(), heard.samples.end(), [&, i = size_t{0}](int16_t sample) mutable {
          return std::abs(sample - whole_.samples[i++]) < 3000;
        }));
    const auto silent =
        static_cast<size_t>(std::count(heard.samples.begin(), heard.samples.end(), int16_t{0}));
    EXPECT_GT(silent, 8000u);
    EXPECT_GT(same, heard.samples.size() - silent - 4000);  // Decoders need a while to settle.
  }

  const Bytes bytes_ = [this] {
    const Storage storage = {GetParam()};
    // Tones of all kinds, so that another place would be another sound.
    std::vector<double> samples(kFrames);
    for (size_t i = 0; i < kFrames; ++i) {
      const double t = static_cast<double>(i) / 16000;
      for (const double hz : {150.0, 420.0, 1010.0, 2330.0}) {
        samples[i] += 0.15 * std::sin(6.2832 * hz * t * (1 + 0.05 * t));
      }
    }
    WriteAudio(path_, storage, samples);
    return test::ReadBytes(path_);
  }();
  const Heard whole_ = Hear(bytes_);
  const std::vector<Bytes> pages_ = OggPages(bytes_);
};

TEST_P(OggHolesTest, TimesBehindThemAreRight) {
  ASSERT_EQ(whole_.flaws.error + whole_.flaws.note, "");
  ASSERT_GE(pages_.size(), 8u);
  const auto middle = static_cast<ptrdiff_t>(pages_.size() / 2);
  std::vector<Bytes> removed = pages_;
  removed.erase(removed.begin() + middle);
  ExpectHole(removed, " s are missing at ");
  std::vector<Bytes> damaged = pages_;
  damaged[pages_.size() / 2][60] ^= 1;
  ExpectHole(damaged, "1 of " + std::to_string(pages_.size()) +
                          " parts (Ogg pages) damaged and not heard; ");
  removed.erase(removed.begin() + middle + 2);
  ExpectHole(removed, " s are missing in 2 places, the first at ");
}

TEST_P(OggHolesTest, BlockSizeDoesNotMatter) {
  std::vector<Bytes> pages = pages_;
  pages.erase(pages.begin() + static_cast<ptrdiff_t>(pages.size() / 2));
  WriteBytes(path_, AllOf(pages));
  const auto read = [this](size_t block) {
    const std::unique_ptr<FrameReader> reader = OpenFrames(path_);
    std::vector<double> all;
    std::vector<double> some;
    while (reader->Read(block, &some)) all.insert(all.end(), some.begin(), some.end());
    return all;
  };
  const std::vector<double> wanted = read(4096);
  EXPECT_GT(wanted.size(), kFrames - 200);
  EXPECT_EQ(read(320) == wanted, true);
  EXPECT_EQ(read(1) == wanted, true);
}

TEST_P(OggHolesTest, AMissingEndIsNoHole) {
  std::vector<Bytes> pages = pages_;
  pages.erase(pages.begin() + static_cast<ptrdiff_t>(pages.size() / 2), pages.end());
  const Heard cut = Hear(AllOf(pages));
  EXPECT_LT(cut.samples.size(), whole_.samples.size());
  EXPECT_EQ(cut.flaws.error, "");
  EXPECT_THAT(cut.flaws.note, HasSubstr("not marked as the last"));
}

TEST_P(OggHolesTest, ADamagedBeginningIsAHole) {
  std::vector<Bytes> pages = pages_;
  pages[2][60] ^= 1;  // Behind two pages of headers.
  ExpectHole(pages, " s are missing at 0.000 s ");
}

// A recording that was begun in the middle of a broadcast has no hole in front.
TEST_P(OggHolesTest, AMissingBeginningIsNoHole) {
  std::vector<Bytes> pages = pages_;
  pages.erase(pages.begin() + 2, pages.begin() + 5);
  const Heard cut = Hear(AllOf(pages));
  EXPECT_LT(cut.samples.size(), whole_.samples.size());
  EXPECT_THAT(cut.flaws.error, testing::Not(HasSubstr("silence")));
}

INSTANTIATE_TEST_SUITE_P(Formats, OggHolesTest, testing::Values(kVorbis, kOpus),
                         [](const testing::TestParamInfo<int>& test) {
                           return test.param == kVorbis ? "Vorbis" : "Opus";
                         });

}  // namespace
}  // namespace earshot::host
