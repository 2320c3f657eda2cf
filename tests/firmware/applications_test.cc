// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the applications on boards share, on the host, with a board made of variables.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "board.h"
#include "firmware/apps/common/audio_level.h"
#include "firmware/apps/common/command_line.h"
#include "firmware/apps/common/json_line.h"
#include "firmware/apps/common/load_meter.h"
#include "firmware/apps/common/microphone_watch.h"
#include "firmware/families/cortex_m/wav_header.h"
#include "firmware/port/audio_queue.h"
#include "tests/firmware/fake_port.h"

namespace earshot::test {
namespace {

using testing::HasSubstr;

class ApplicationsTest : public testing::Test {
 protected:
  ApplicationsTest() { g_port = FakePort(); }
};

using JsonLineTest = ApplicationsTest;
using CommandLineTest = ApplicationsTest;
using LoadMeterTest = ApplicationsTest;

TEST_F(JsonLineTest, WritesOneObjectOnALine) {
  JsonLine("detection").Text("label", "yes").Score("score", 230).Number("time_ms", -17).Send();
  EXPECT_EQ(g_port.written,
            "{\"event\":\"detection\",\"label\":\"yes\",\"score\":0.898,\"time_ms\":-17}\n");
}

TEST_F(JsonLineTest, WritesEveryScoreAndTheExtremesOfNumbers) {
  for (int score = 0; score <= 255; ++score) {
    g_port.written.clear();
    JsonLine("s").Score("score", static_cast<uint8_t>(score)).Send();
    const auto json = nlohmann::json::parse(g_port.written);
    EXPECT_EQ(std::lround(json["score"].get<double>() * 1000), score * 1000 / 256) << score;
  }
  for (const int32_t number : {0, 9, 10, -10, INT32_MAX, INT32_MIN}) {
    g_port.written.clear();
    JsonLine("n").Number("number", number).Send();
    EXPECT_EQ(nlohmann::json::parse(g_port.written)["number"].get<int64_t>(), number);
  }
}

TEST_F(JsonLineTest, StaysJsonWhateverALabelHolds) {
  JsonLine("x").Text("label", "a\"b\\c\nd\xC3\xA4").Send();
  EXPECT_EQ(nlohmann::json::parse(g_port.written)["label"], "a?b?c?d\xC3\xA4");
}

TEST_F(JsonLineTest, LeavesOutWholeMembersThatDoNotFit) {
  const std::string longest(JsonLine::kCapacity, 'x');
  JsonLine("x").Number("first", 1).Text("second", longest.c_str()).Number("third", 3).Send();
  EXPECT_EQ(g_port.written, "{\"event\":\"x\",\"first\":1}\n");
}

TEST_F(CommandLineTest, CollectsLinesHoweverTheyArrive) {
  CommandLine line;
  g_port.typed = "sta";
  EXPECT_EQ(line.Poll(), nullptr);
  g_port.typed = "tus\r\n\nnext\n";
  const char* first = line.Poll();
  ASSERT_NE(first, nullptr);
  EXPECT_TRUE(IsCommand(first, "status"));
  EXPECT_FALSE(IsCommand(first, "stat"));
  EXPECT_FALSE(IsCommand(first, "statuses"));
  const char* second = line.Poll();
  ASSERT_NE(second, nullptr);
  EXPECT_STREQ(second, "next");
  EXPECT_EQ(line.Poll(), nullptr);
}

TEST_F(CommandLineTest, CutsOffWhatIsTooLong) {
  CommandLine line;
  g_port.typed = std::string(100, 'a') + "\n";
  EXPECT_EQ(line.Poll(), std::string(CommandLine::kCapacity - 1, 'a'));
}

TEST_F(LoadMeterTest, CountsWorkLateBlocksAndTheLongest) {
  LoadMeter meter;
  for (int block = 0; block < 100; ++block) {
    meter.Begin();
    g_port.ticks += board::kClockHz / 1000 * (block == 7 ? 9 : 2);  // 2 ms of work, once 9 ...
    meter.End(block == 7);
    g_port.uptime_ms += 10;  // ... in each 10.
  }
  EXPECT_EQ(meter.TakePermille(), 207u);
  EXPECT_EQ(meter.longest_us(), 9000u);
  EXPECT_EQ(meter.blocks(), 100u);
  EXPECT_EQ(meter.late_blocks(), 1u);
  g_port.uptime_ms += 100;
  EXPECT_EQ(meter.TakePermille(), 0u);  // Idle since.
  EXPECT_EQ(meter.TakePermille(), 0u);  // No time has passed.
}

TEST_F(LoadMeterTest, BearsTheCountersWrap) {
  LoadMeter meter;
  g_port.ticks = UINT32_MAX - 10;
  meter.Begin();
  g_port.ticks += board::kClockHz / 1000;
  meter.End(false);
  EXPECT_EQ(meter.longest_us(), 1000u);
}

TEST(AudioLevelTest, MeasuresASineWithAnOffset) {
  constexpr double kAmplitude = 10000;
  constexpr double kOffset = -500;
  std::vector<int16_t> samples(16000);
  for (size_t i = 0; i < samples.size(); ++i) {
    const double phase = 2 * M_PI * 1000 * static_cast<double>(i) / 16000;
    samples[i] = static_cast<int16_t>(std::lround(kOffset + kAmplitude * std::sin(phase)));
  }
  AudioLevel level;
  level.Add(samples);
  EXPECT_EQ(level.samples(), samples.size());
  EXPECT_NEAR(level.dc(), kOffset, 1);
  EXPECT_NEAR(level.rms(), kAmplitude / std::sqrt(2.0), 1);
  EXPECT_EQ(level.peak(), 10500u);
  EXPECT_EQ(level.clipped(), 0u);
}

TEST(AudioLevelTest, HoldsFourSecondsOfTheLoudest) {
  const std::vector<int16_t> lowest(65536, INT16_MIN);
  AudioLevel level;
  level.Add(lowest);
  EXPECT_EQ(level.dc(), INT16_MIN);
  EXPECT_EQ(level.rms(), 0u);
  EXPECT_EQ(level.peak(), 32768u);
  EXPECT_EQ(level.clipped(), 65536u);
  level.Reset();
  EXPECT_EQ(level.rms(), 0u);
  EXPECT_EQ(level.dc(), 0);
}

TEST(MicrophoneWatchTest, NoticesADeadMicrophoneAndItsReturn) {
  const std::vector<int16_t> stuck(160, -2048);
  std::vector<int16_t> alive(160, -2048);
  alive[80] = -2047;
  MicrophoneWatch watch;
  int died_at_ms = -1;
  for (int ms = 10; ms <= 5000; ms += 10) {
    if (watch.Look(stuck) == MicrophoneWatch::Change::kDied) {
      EXPECT_EQ(died_at_ms, -1) << "reported twice";
      died_at_ms = ms;
    }
  }
  // The first block only says which value it is.
  EXPECT_EQ(died_at_ms, static_cast<int>(MicrophoneWatch::kDeadAfterMs) + 10);
  EXPECT_TRUE(watch.dead());
  EXPECT_EQ(watch.Look(alive), MicrophoneWatch::Change::kCameBack);
  EXPECT_EQ(watch.Look(alive), MicrophoneWatch::Change::kNone);
  EXPECT_FALSE(watch.dead());
}

TEST(AudioQueueTest, KeepsOrderAndCountsWhatIsLost) {
  port::AudioQueueOf<4> queue;
  EXPECT_TRUE(queue.Front().empty());
  for (int16_t block = 0; block < 6; ++block) {
    int16_t* samples = queue.BeginWrite();
    if (block >= 4) {
      EXPECT_EQ(samples, nullptr);
      continue;
    }
    samples[0] = block;
    queue.EndWrite();
  }
  EXPECT_EQ(queue.size(), 4u);
  EXPECT_EQ(queue.overruns(), 2u);
  for (int16_t block = 0; block < 4; ++block) {
    ASSERT_EQ(queue.Front().size(), port::kAudioBlockSamples);
    EXPECT_EQ(queue.Front()[0], block);
    queue.Pop();
  }
  EXPECT_TRUE(queue.Front().empty());
}

// A WAV header as a string of bytes.
std::string Wav(int channels, int rate, int bits, const std::string& chunk_before_data = "") {
  const auto number = [](uint32_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i, value >>= 8) text += static_cast<char>(value & 255);
    return text;
  };
  const auto frame = static_cast<uint32_t>(channels * bits / 8);
  return "RIFF" + number(0, 4) + "WAVEfmt " + number(16, 4) + number(1, 2) +
         number(static_cast<uint32_t>(channels), 2) + number(static_cast<uint32_t>(rate), 4) +
         number(static_cast<uint32_t>(rate) * frame, 4) + number(frame, 2) +
         number(static_cast<uint32_t>(bits), 2) + chunk_before_data + "data" + number(3200, 4);
}

std::string ParseError(const std::string& text, cortex_m::WavData* data) {
  const std::vector<uint8_t> bytes(text.begin(), text.end());
  const char* error = cortex_m::ParseWavHeader(bytes, data);
  return error == nullptr ? "" : error;
}

TEST(WavHeaderTest, FindsTheSamples) {
  cortex_m::WavData data;
  EXPECT_EQ(ParseError(Wav(1, 16000, 16), &data), "");
  EXPECT_EQ(data.begin, 44u);
  EXPECT_EQ(data.bytes, 3200u);
  const std::string odd_chunk("LIST\x03\0\0\0abc\0", 12);
  EXPECT_EQ(ParseError(Wav(1, 16000, 16, odd_chunk), &data), "");
  EXPECT_EQ(data.begin, 56u);
}

TEST(WavHeaderTest, SaysWhatIsWrong) {
  cortex_m::WavData data;
  EXPECT_THAT(ParseError("RIFX", &data), HasSubstr("not a WAV file"));
  EXPECT_THAT(ParseError(Wav(2, 16000, 16), &data), HasSubstr("not mono"));
  EXPECT_THAT(ParseError(Wav(1, 48000, 16), &data), HasSubstr("16 kHz"));
  EXPECT_THAT(ParseError(Wav(1, 16000, 24), &data), HasSubstr("16-bit"));
  for (size_t size = 0; size < 44; ++size) {
    EXPECT_NE(ParseError(Wav(1, 16000, 16).substr(0, size), &data), "") << size;
  }
  const std::string endless("LIST\xFF\xFF\xFF\xFF", 8);
  EXPECT_THAT(ParseError(Wav(1, 16000, 16, endless), &data), HasSubstr("no samples"));
}

}  // namespace
}  // namespace earshot::test
