// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Headers that say too much, too little or something odd: a file and a pipe are heard alike, and
// whole.

#include "earshot/host/formats/sound_header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include <algorithm>

#include "earshot/host/errors.h"
#include "earshot/host/formats/format_chunks.h"
#include "tests/host/formats/sound_header_fixture.h"

namespace earshot::host {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(SoundHeaderTest, NeverFinalised) {
  const Bytes none = Little(0, 4);
  ExpectWhole(Replaced(wav_, 40, none), "no data size");
  ExpectWhole(Replaced(Replaced(wav_, 4, none), 40, none), "no sizes at all");
  ExpectWhole(Replaced(Replaced(wav_, 4, Little(36, 4)), 40, none), "sizes of an empty file");
  for (const uint32_t size : {0xFFFFFFFFu, 0x7FFFFFFFu, 0x7FFFF024u, 0x7F000000u, 0x80000000u}) {
    ExpectWhole(Replaced(wav_, 40, Little(size, 4)), "a size as of a pipe");
  }
  // What AVAudioFile leaves behind: filled up to 4096 bytes, no sizes.
  const Bytes filled = Inserted(wav_, 36, Chunk("FLLR", Bytes(4044)));
  ExpectWhole(Replaced(Replaced(filled, 4, none), 4092, none), "FLLR");
  const Bytes junk = Inserted(wav_, 12, Chunk("JUNK", Bytes(28)));
  ExpectWhole(Replaced(junk, 76, none), "JUNK");
}

// 7 bits a byte; with a foot, as long as the head, where the flags say so.
TEST(Id3BytesTest, CountHeadAndFoot) {
  const auto size = [](std::vector<uint8_t> head) { return Id3Bytes(head); };
  EXPECT_EQ(size({'I', 'D', '3', 4, 0, 0, 0, 0, 2, 1}), 10u + 257u);
  EXPECT_EQ(size({'I', 'D', '3', 4, 0, 0x10, 0, 0, 2, 1}), 20u + 257u);
  EXPECT_EQ(size({'I', 'D', '3', 3, 0, 0, 0x80, 0x80, 0x82, 0x81}), 10u + 257u);
  EXPECT_EQ(size({'I', 'D', '3', 4, 0, 0, 0, 0, 2}), 0u);
  EXPECT_EQ(size({'T', 'A', 'G', 4, 0, 0, 0, 0, 2, 1}), 0u);
}

TEST_F(SoundHeaderTest, OddChunks) {
  const Bytes odd = Chunk("LIST", Text("INFOISFT\x0D"));
  const Bytes even = Chunk("fact", Little(kSamples, 4));
  ExpectWhole(Inserted(wav_, 36, Inserted(odd, odd.size(), {0})), "an odd length, filled up");
  ExpectWhole(Inserted(wav_, 36, odd), "an odd length, not filled up");
  ExpectWhole(Inserted(wav_, 36, Inserted(even, even.size(), {0})), "an even length, filled up");
  ExpectWhole(Inserted(wav_, 36, Chunk("covr", Bytes(3000000))), "a large one");
  ExpectWhole(Inserted(wav_, wav_.size(), Chunk("LIST", Bytes(20000, 99))), "behind the samples");
  const Bytes empty = Replaced(Bytes(wav_.begin(), wav_.begin() + 44), 40, Little(0, 4));
  EXPECT_THAT(AsFile(Inserted(empty, 44, Chunk("LIST", Bytes(20000, 99)))).samples, IsEmpty());
}

// The length of a chunk before the samples that is a few bytes off: the next one is found, and
// told.
TEST_F(SoundHeaderTest, ChunksWhoseLengthIsOff) {
  const auto expect = [this](const Bytes& bytes, const std::string& note) {
    SCOPED_TRACE(note);
    for (const Hearing& heard : {AsFile(bytes), AsPipe(bytes)}) {
      EXPECT_EQ(heard.error, "");
      EXPECT_EQ(heard.samples == pcm_, true) << heard.samples.size();
      EXPECT_EQ(heard.flaws.note, note);
      EXPECT_EQ(heard.flaws.error, "");
    }
  };
  const std::string even("INFOISFT\x0E\0\0\0Lavf59.27.100\0", 26);
  for (const std::string& text : {even, std::string("INFOISFT\x0D")}) {
    const Bytes list = Chunk("LIST", Text(text));
    const size_t right = list.size() - 8;
    for (const int off : {-8, -7, -4, -3, -2, -1, 1, 2, 3, 4, 7, 8}) {
      const auto length = static_cast<size_t>(static_cast<int>(right) + off);
      // As if the last byte filled it up.
      const bool is_right = off == -1 && right % 2 == 0;
      expect(Inserted(wav_, 36, Replaced(list, 4, Little(length, 4))),
             is_right ? ""
                      : "the length of chunk \"LIST\" is " + std::to_string(length) + ", wanted " +
                            std::to_string(right));
    }
  }
  expect(Replaced(wav_, 16, Little(18, 4)), "the length of chunk \"fmt \" is 18, wanted 16");
  // Other chunks than those that are known are where the length says.
  const Bytes other = Chunk("abcd", Text("data data data"));
  ExpectWhole(Inserted(wav_, 36, Inserted(other, other.size(), Chunk("efgh", {}))), "other chunks");
  ExpectWhole(
      Inserted(wav_, 36, Inserted(Chunk("LIST", Text("metadata")), 16, Chunk("efgh", {1, 2}))),
      "a chunk's name at the end of text");
}

TEST_F(SoundHeaderTest, PromisesTooMuch) {
  ExpectShort(Replaced(wav_, 40, Little(32044, 4)), kSamples, 16022, "44 bytes");
  ExpectShort(Replaced(wav_, 40, Little(0x7EFFFFFF, 4)), kSamples, 1065353215, "much more");
  ExpectShort(Bytes(wav_.begin(), wav_.begin() + 20001), 9978, kSamples, "cut short");
  ExpectWhole(Replaced(wav_, 40, Little(32001, 4)), "half a sample");
  const Hearing none = AsFile(Bytes(wav_.begin(), wav_.begin() + 44));
  EXPECT_THAT(none.samples, IsEmpty());
  EXPECT_THAT(none.flaws.note, HasSubstr("there are 0"));
}

// A length that is smaller than the file: what is behind may be anything, but it is told.
TEST_F(SoundHeaderTest, PromisesTooLittle) {
  const Bytes bytes = Replaced(wav_, 40, Little(31956, 4));
  for (const Hearing& heard : {AsFile(bytes), AsPipe(bytes)}) {
    EXPECT_EQ(heard.samples.size(), 15978u);
    EXPECT_EQ(heard.flaws.note,
              "there is more sound behind it that is not heard: 44 bytes (the header does not tell "
              "of them)");
  }
}

// Programs that sort music put them in front of everything.
TEST_F(SoundHeaderTest, TagsInFront) {
  const auto tag = [](size_t size, uint8_t flags) {
    Bytes head = Text("ID3\x04");
    for (const size_t byte : {size_t{0}, size_t{flags}, size_t{0}, size >> 14, size >> 7, size}) {
      head.push_back(static_cast<uint8_t>(byte & 0x7F));
    }
    return Inserted(head, head.size(), Bytes(size + (flags == 0 ? 0 : 10), 99));
  };
  ExpectWhole(Inserted(wav_, 0, tag(20000, 0)), "WAV");
  ExpectWhole(Inserted(wav_, 0, tag(300, 0x10)), "WAV, a tag with a foot");
  ExpectWhole(Inserted(Inserted(wav_, 0, tag(300, 0)), 0, tag(3000, 0)), "WAV, two tags");
  const Bytes aiff = Stored(SF_FORMAT_AIFF | SF_FORMAT_PCM_16, pcm_);
  ExpectWhole(Inserted(aiff, 0, tag(20000, 0)), "AIFF");
  const Bytes flac = Inserted(Stored(SF_FORMAT_FLAC | SF_FORMAT_PCM_16, pcm_), 0, tag(300, 0));
  EXPECT_TRUE(AsFile(flac).samples == pcm_);
  EXPECT_THAT(AsPipe(Inserted(wav_, 0, {'I', 'D', '3', 4, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F})).error,
              HasSubstr("MP3"));
}

TEST_F(SoundHeaderTest, OtherContainers) {
  const Bytes none = Little(0, 8);
  const Bytes rf64 = Stored(SF_FORMAT_RF64 | SF_FORMAT_PCM_16, pcm_);
  const size_t ds64 = Find(rf64, "ds64") + 16;
  ExpectWhole(rf64, "RF64");
  ExpectWhole(Replaced(rf64, 0, Text("BW64")), "BW64");
  ExpectWhole(Replaced(rf64, ds64, none), "RF64, never finalised");
  ExpectShort(Replaced(rf64, ds64, Little(32044, 8)), kSamples, 16022, "RF64");
  ExpectWhole(Stored(kPcm16 | SF_ENDIAN_BIG, pcm_), "RIFX");
  const Bytes w64 = Stored(SF_FORMAT_W64 | SF_FORMAT_PCM_16, pcm_);
  const size_t w64_size = Find(w64, "data") + 16;
  ExpectWhole(w64, "W64");
  ExpectWhole(Replaced(w64, w64_size, none), "W64, never finalised");
  ExpectShort(Replaced(w64, w64_size, Little(32068, 8)), kSamples, 16022, "W64");
  const Bytes aiff = Stored(SF_FORMAT_AIFF | SF_FORMAT_PCM_16, pcm_);
  const size_t aiff_size = Find(aiff, "SSND") + 4;
  ExpectWhole(aiff, "AIFF");
  ExpectWhole(Replaced(aiff, aiff_size, Little(0, 4)), "AIFF, never finalised");
  ExpectShort(Replaced(aiff, aiff_size, Big(32052, 4)), kSamples, 16022, "AIFF");
  const Bytes au = Stored(SF_FORMAT_AU | SF_FORMAT_PCM_16, pcm_);
  ExpectWhole(au, "AU");
  ExpectWhole(Replaced(au, 8, Big(0xFFFFFFFF, 4)), "AU, open");
  ExpectWhole(Replaced(au, 8, Big(0, 4)), "AU, never finalised");
  ExpectShort(Replaced(au, 8, Big(32044, 4)), kSamples, 16022, "AU");
  const Bytes caf = Stored(SF_FORMAT_CAF | SF_FORMAT_PCM_16, pcm_);
  const size_t caf_size = Find(caf, "data") + 4;
  ExpectWhole(caf, "CAF");
  ExpectWhole(Replaced(caf, caf_size, Big(UINT64_MAX, 8)), "CAF, open");
  ExpectWhole(Replaced(caf, caf_size, Big(0, 8)), "CAF, never finalised");
  ExpectShort(Replaced(caf, caf_size, Big(32048, 8)), kSamples, 16022, "CAF");
}

// libsndfile decodes these, but by the lengths that we find.
TEST_F(SoundHeaderTest, CompressedWavFiles) {
  const Bytes whole = Stored(SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM, pcm_);
  const size_t size = Find(whole, "data") + 4;
  const std::vector<int16_t> wanted = AsFile(whole).samples;
  ASSERT_GE(wanted.size(), kSamples);
  const Hearing unfinalised = AsFile(Replaced(whole, size, Little(0, 4)));
  EXPECT_EQ(unfinalised.samples, wanted);
  EXPECT_EQ(unfinalised.flaws.note, "");
  const Hearing more = AsFile(Replaced(whole, size, Little(whole.size() - size - 4 + 44, 4)));
  EXPECT_EQ(more.samples, wanted);
  EXPECT_THAT(more.flaws.note, HasSubstr("promises"));
  EXPECT_EQ(more.flaws.error, "");
}

// Blocks of the same size have so many samples each.
TEST_F(SoundHeaderTest, CompressedWavFilesThatWereCut) {
  for (const int format : {SF_FORMAT_IMA_ADPCM, SF_FORMAT_MS_ADPCM, SF_FORMAT_GSM610}) {
    SCOPED_TRACE(format);
    const Bytes whole = Stored(SF_FORMAT_WAV | format, pcm_);
    const size_t all = AsFile(whole).samples.size();
    const Hearing cut =
        AsFile(Bytes(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(whole.size() / 2)));
    EXPECT_GT(cut.samples.size(), 4000u);
    EXPECT_EQ(cut.flaws.error, "");
    EXPECT_THAT(cut.flaws.note,
                testing::StartsWith("the header promises " + std::to_string(all) + " samples ("));
    EXPECT_NEAR(cut.flaws.missing_seconds + cut.flaws.end_seconds, static_cast<double>(all) / 16000,
                1e-9);
    EXPECT_DOUBLE_EQ(cut.flaws.end_seconds, static_cast<double>(cut.samples.size()) / 16000);
  }
}

// Samples of every encoding are those that libsndfile finds.
TEST_F(SoundHeaderTest, EncodingsAreLibsndfiles) {
  const int encodings[] = {SF_FORMAT_PCM_U8, SF_FORMAT_PCM_16, SF_FORMAT_PCM_24,
                           SF_FORMAT_PCM_32, SF_FORMAT_FLOAT,  SF_FORMAT_DOUBLE,
                           SF_FORMAT_ULAW,   SF_FORMAT_ALAW,   SF_FORMAT_PCM_S8};
  const int containers[] = {SF_FORMAT_WAV,   SF_FORMAT_WAV | SF_ENDIAN_BIG,
                            SF_FORMAT_WAVEX, SF_FORMAT_RF64,
                            SF_FORMAT_W64,   SF_FORMAT_AIFF,
                            SF_FORMAT_AU,    SF_FORMAT_AU | SF_ENDIAN_LITTLE,
                            SF_FORMAT_CAF,   SF_FORMAT_CAF | SF_ENDIAN_LITTLE};
  for (const int container : containers) {
    for (const int encoding : encodings) {
      SF_INFO info = {};
      info.format = container | encoding;
      info.channels = 1;
      info.samplerate = 16000;
      if (sf_format_check(&info) == 0) continue;
      const Bytes bytes = Stored(container | encoding, pcm_);
      std::vector<double> samples(kSamples);
      info = {};
      SNDFILE* file = sf_open(path_.c_str(), SFM_READ, &info);
      ASSERT_EQ(sf_read_double(file, samples.data(), kSamples), sf_count_t{kSamples});
      sf_close(file);
      std::vector<int16_t> wanted(kSamples);
      std::transform(samples.begin(), samples.end(), wanted.begin(), ToInt16);
      EXPECT_TRUE(AsFile(bytes).samples == wanted) << std::hex << (container | encoding);
      EXPECT_TRUE(AsPipe(bytes).samples == wanted) << std::hex << (container | encoding);
    }
  }
}

// 24 and 20 bits in the lower ones of 32, as arecord writes ALSA's S24_LE and S20_LE. What is above
// them says nothing.
TEST_F(SoundHeaderTest, BitsInTheLowerOnesOfWords) {
  for (const int bits : {24, 20}) {
    SCOPED_TRACE(bits);
    Bytes bytes(wav_.begin(), wav_.begin() + 44);
    bytes = Replaced(Replaced(bytes, 40, Little(4 * kSamples, 4)), 28, Little(64000, 4));
    bytes = Replaced(Replaced(bytes, 32, Little(4, 2)), 34, Little(static_cast<uint64_t>(bits), 2));
    for (size_t i = 0; i < kSamples; ++i) {
      const uint32_t sample = static_cast<uint32_t>(int32_t{pcm_[i]}) << (bits - 16);
      const uint32_t above = i % 2 == 0 ? 0 : uint32_t{0xFF} << 24;
      const Bytes word = Little((sample & ((1u << bits) - 1)) | above, 4);
      bytes.insert(bytes.end(), word.begin(), word.end());
    }
    ExpectWhole(bytes, "bits in the lower ones of words");
  }
}

// Nothing makes the reader wait or read for ever.
TEST_F(SoundHeaderTest, IsBounded) {
  size_t given = 0;
  const auto endless = [&given](const Bytes& begin, uint8_t then) {
    given = 0;
    return [&given, begin, then](Span<uint8_t> bytes) {
      for (uint8_t& byte : bytes) {
        byte = given < begin.size() ? begin[given] : then;
        ++given;
      }
      return bytes.size();
    };
  };
  Bytes riff = Inserted(Text("RIFF\xF0\xFF\xFF\xFFWAVE"), 0, {});
  EXPECT_THROW(ReadSoundHeader(endless(riff, 0)), InputError);
  EXPECT_LT(given, 100000u);
  EXPECT_THROW(ReadSoundHeader(endless(riff, 'a')), InputError);
  EXPECT_LT(given, 100000u);
  riff = Inserted(riff, riff.size(), Chunk("JUNK", Bytes(1000)));
  riff = Replaced(riff, 16, Little(60 << 20, 4));
  EXPECT_THROW(ReadSoundHeader(endless(riff, 0)), InputError);
  EXPECT_LT(given, size_t{70} << 20);
}

// As `sox -p` writes it: samples of 32 bits; it often does not know how many.
TEST_F(SoundHeaderTest, Sox) {
  const std::vector<int16_t> pcm = Noise(1000, 1);
  for (const bool is_big : {false, true}) {
    const auto number = is_big ? Big : Little;
    Bytes bytes = Text(is_big ? "XoS." : ".SoX");
    for (const auto& [value, size] : std::initializer_list<std::pair<uint64_t, size_t>>{
             {28 + 16, 4}, {0, 8}, {0x40CF400000000000, 8}, {1, 4}, {13, 4}}) {
      bytes = Inserted(bytes, bytes.size(), number(value, size));
    }
    bytes = Inserted(bytes, bytes.size(), Text("Processed by X  "));
    for (const int16_t sample : pcm) {
      const auto wide = static_cast<uint32_t>(sample) << 16;
      bytes = Inserted(bytes, bytes.size(), number(wide, 4));
    }
    EXPECT_EQ(AsFile(bytes).samples, pcm);
    EXPECT_EQ(AsPipe(bytes).samples, pcm);
    const Bytes longer = Replaced(bytes, 8, number(1001, 8));
    EXPECT_THAT(AsFile(longer).flaws.note, HasSubstr("promises 1001 samples"));
    EXPECT_THAT(AsPipe(longer).flaws.note, HasSubstr("promises 1001 samples"));
    const Bytes wrong = Replaced(bytes, 4, number(1, 4));
    EXPECT_THAT(AsFile(wrong).error, HasSubstr("a SoX file: samples begin: found 5, wanted 32"));
  }
}

TEST_F(SoundHeaderTest, SaysWhatIsWrong) {
  const auto error = [this](const Bytes& bytes) { return AsFile(bytes).error; };
  EXPECT_EQ(error(Bytes(wav_.begin(), wav_.begin() + 36)),
            "a WAV file that ends before its samples");
  EXPECT_EQ(error(Replaced(wav_, 12, Text("xxxx"))),
            "a WAV file that has no format chunk before its samples");
  EXPECT_EQ(error(Replaced(wav_, 22, Little(0, 2))),
            "a WAV file: channels: found 0, wanted 1 to 1024");
  EXPECT_EQ(error(Replaced(wav_, 24, Little(0, 4))), "a WAV file: sample rate: found 0 Hz");
  EXPECT_THAT(error(Replaced(wav_, 20, Little(0x674F, 2))), HasSubstr("compressed samples"));
  EXPECT_THAT(error(Replaced(wav_, 20, Little(3, 2))), HasSubstr("file with floats of 16 bits"));
  EXPECT_THAT(error(Replaced(wav_, 34, Little(0, 2))), HasSubstr("file with samples of 0 bits"));
}

}  // namespace
}  // namespace earshot::host
