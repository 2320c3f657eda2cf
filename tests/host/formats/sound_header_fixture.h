// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Files of sound that are not as they should be, heard as a file and as a pipe.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/errors.h"
#include "earshot/host/listening/pipe_source.h"
#include "tests/host/listening/listening_fakes.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {

using Bytes = std::vector<uint8_t>;

constexpr size_t kSamples = 16000;
constexpr int kPcm16 = SF_FORMAT_WAV | SF_FORMAT_PCM_16;

inline Bytes Little(uint64_t number, size_t size) {
  Bytes bytes;
  for (size_t i = 0; i < size; ++i) bytes.push_back(static_cast<uint8_t>(number >> (8 * i)));
  return bytes;
}

inline Bytes Big(uint64_t number, size_t size) {
  Bytes bytes = Little(number, size);
  std::reverse(bytes.begin(), bytes.end());
  return bytes;
}

inline Bytes Text(const std::string& text) { return {text.begin(), text.end()}; }

inline Bytes Replaced(Bytes bytes, size_t at, const Bytes& by) {
  std::copy(by.begin(), by.end(), bytes.begin() + static_cast<ptrdiff_t>(at));
  return bytes;
}

inline Bytes Inserted(Bytes bytes, size_t at, const Bytes& what) {
  bytes.insert(bytes.begin() + static_cast<ptrdiff_t>(at), what.begin(), what.end());
  return bytes;
}

inline size_t Find(const Bytes& bytes, const std::string& text) {
  const auto found = std::search(bytes.begin(), bytes.end(), text.begin(), text.end());
  EXPECT_NE(found, bytes.end()) << text;
  return static_cast<size_t>(found - bytes.begin());
}

inline Bytes Chunk(const std::string& id, const Bytes& content) {
  return Inserted(Inserted(Text(id), 4, Little(content.size(), 4)), 8, content);
}

// How one recording was heard.
struct Hearing {
  std::vector<int16_t> samples;
  SoundFlaws flaws;
  std::string error;  // It could not be opened.
};

class SoundHeaderTest : public testing::Test {
 protected:
  Bytes Stored(int format, const std::vector<int16_t>& pcm) {
    WriteAudioPcm(path_, {format}, pcm);
    return test::ReadBytes(path_);
  }

  Hearing AsFile(const Bytes& bytes) {
    WriteBytes(path_, bytes);
    Hearing heard;
    try {
      AudioFile file(path_);
      heard.samples.resize(kSamples * 3);
      heard.samples.resize(file.Read({heard.samples.data(), heard.samples.size()}));
      heard.flaws = file.Flaws();
    } catch (const InputError& error) {
      heard.error = error.what();
    }
    return heard;
  }

  Hearing AsPipe(const Bytes& bytes) {
    WriteBytes(path_, bytes);
    Hearing heard;
    const std::atomic<bool> stop{false};
    FakeClock clock;
    try {
      const auto source = OpenPipe({path_, PipeSpeed::kMax, 0, &heard.flaws}, stop, &clock);
      AudioBlock block;
      AudioSource::State state = AudioSource::State::kOpen;
      while (state == AudioSource::State::kOpen) {
        state = source->Read(std::chrono::milliseconds(1000), &block);
        heard.samples.insert(heard.samples.end(), block.samples.begin(), block.samples.end());
      }
    } catch (const InputError& error) {
      heard.error = error.what();
    }
    return heard;
  }

  // Both ways hear all samples, and there is nothing to tell.
  void ExpectWhole(const Bytes& bytes, const char* what) {
    SCOPED_TRACE(what);
    for (const Hearing& heard : {AsFile(bytes), AsPipe(bytes)}) {
      EXPECT_EQ(heard.error, "");
      EXPECT_EQ(heard.samples == pcm_, true) << heard.samples.size();
      EXPECT_EQ(heard.flaws.note + heard.flaws.error, "");
    }
  }

  // Both ways hear all that is there, and tell that the header promises more.
  void ExpectShort(const Bytes& bytes, size_t there, size_t promised, const char* what) {
    SCOPED_TRACE(what);
    for (const Hearing& heard : {AsFile(bytes), AsPipe(bytes)}) {
      EXPECT_EQ(heard.error, "");
      ASSERT_EQ(heard.samples.size(), there);
      EXPECT_TRUE(std::equal(heard.samples.begin(), heard.samples.end(), pcm_.begin()));
      EXPECT_THAT(heard.flaws.note, testing::StartsWith("the header promises " +
                                                        std::to_string(promised) + " samples"));
      EXPECT_EQ(heard.flaws.error, "");
      EXPECT_NEAR(heard.flaws.end_seconds, static_cast<double>(there) / 16000, 1e-9);
      EXPECT_NEAR(heard.flaws.missing_seconds, static_cast<double>(promised - there) / 16000, 1e-9);
    }
  }

  const TempDir dir_;
  const std::string path_ = dir_.Path("sound");
  const std::vector<int16_t> pcm_ = Noise(kSamples, 1);
  const Bytes wav_ = Stored(kPcm16, pcm_);  // 44 bytes of header.
};

}  // namespace earshot::host
