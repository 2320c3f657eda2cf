// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Levels, as they are measured here and as a board sends them.

#include "earshot/host/audio/level_meter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "earshot/host/mic_check/level_protocol.h"

namespace earshot::host {
namespace {

constexpr double kPi = 3.14159265358979323846;

std::vector<LevelLine> LinesOf(const std::vector<int16_t>& samples, size_t chunk) {
  std::vector<LevelLine> lines;
  LevelMeter meter(16000, [&lines](const LevelLine& line) { lines.push_back(line); });
  for (Span<const int16_t> rest = samples; !rest.empty();) {
    const size_t size = std::min(chunk, rest.size());
    meter.Add(rest.subspan(0, size));
    rest = rest.subspan(size);
  }
  meter.Finish();
  return lines;
}

TEST(LevelMeterTest, MeasuresASineOnAnOffset) {
  std::vector<int16_t> samples(16000);
  for (size_t i = 0; i < samples.size(); ++i) {
    samples[i] = static_cast<int16_t>(
        std::lround(500 + 2000 * std::sin(2 * kPi * static_cast<double>(i) / 16)));
  }
  const std::vector<LevelLine> lines = LinesOf(samples, 700);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].samples, 16000);
  EXPECT_EQ(lines[0].dc, 500);
  EXPECT_EQ(lines[0].rms, 1414);  // 2000 / sqrt(2).
  EXPECT_EQ(lines[0].peak, 2500);
  EXPECT_EQ(lines[0].clipped, 0);
  EXPECT_FALSE(lines[0].time_ms.has_value());
}

TEST(LevelMeterTest, CountsBothEndsOfTheRange) {
  std::vector<int16_t> samples(16000);
  for (size_t i = 0; i < 30; ++i) samples[i * 7] = i % 3 == 0 ? INT16_MIN : INT16_MAX;
  samples[9000] = -32767;
  const std::vector<LevelLine> lines = LinesOf(samples, 16000);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].clipped, 30);
  EXPECT_EQ(lines[0].peak, 32768);
}

TEST(LevelMeterTest, EachSecondIsItsOwnAndTheChunksDoNotMatter) {
  std::vector<int16_t> samples(3 * 16000 + 8000);
  for (size_t i = 0; i < samples.size(); ++i) {
    samples[i] = static_cast<int16_t>(static_cast<int>(i / 16000) * 100 + (i % 2 == 0 ? 10 : -10));
  }
  for (const size_t chunk : {1u, 160u, 15999u, 60000u}) {
    const std::vector<LevelLine> lines = LinesOf(samples, chunk);
    ASSERT_EQ(lines.size(), 4u) << chunk;
    for (size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(lines[i].dc, static_cast<int>(i) * 100);
      EXPECT_EQ(lines[i].rms, 10);
      EXPECT_EQ(lines[i].peak, static_cast<int>(i) * 100 + 10);
    }
    EXPECT_EQ(lines[3].samples, 8000);
  }
}

TEST(LevelMeterTest, ARestOfLessThanHalfIsLeftOutUnlessItIsAll) {
  EXPECT_EQ(LinesOf(std::vector<int16_t>(16000 + 7999), 1000).size(), 1u);
  EXPECT_EQ(LinesOf(std::vector<int16_t>(16000 + 8000), 1000).size(), 2u);
  EXPECT_EQ(LinesOf(std::vector<int16_t>(1), 1000).size(), 1u);
  EXPECT_EQ(LinesOf({}, 1000).size(), 0u);
}

constexpr char kLine[] =
    R"({"event":"level","time_ms":1000,"samples":16000,"dc":-12,"rms":345,"peak":2100,)"
    R"("clipped":3,"dropped":2})";

TEST(LevelProtocolTest, ReadsALine) {
  LevelLine line;
  ASSERT_EQ(ParseLevelLine(kLine, &line), LineKind::kLevel);
  EXPECT_EQ(line.time_ms, 1000);
  EXPECT_EQ(line.samples, 16000);
  EXPECT_EQ(line.dc, -12);
  EXPECT_EQ(line.rms, 345);
  EXPECT_EQ(line.peak, 2100);
  EXPECT_EQ(line.clipped, 3);
  EXPECT_EQ(line.dropped, 2);
}

TEST(LevelProtocolTest, OtherLinesAreNotOurs) {
  LevelLine line;
  for (const char* other : {"", "boot", R"({"event":"detection","label":"yes"})", "17", "[]", "{}",
                            R"({"event":7})", "\xff\xfe"}) {
    EXPECT_EQ(ParseLevelLine(other, &line), LineKind::kOther) << other;
  }
}

TEST(LevelProtocolTest, LinesThatLostCharactersAreDamaged) {
  LevelLine line;
  const std::string whole = kLine;
  // From where it is known to be a level on.
  for (size_t size = whole.find("\"level\"") + 7; size < whole.size(); ++size) {
    EXPECT_EQ(ParseLevelLine(whole.substr(0, size), &line), LineKind::kDamaged) << size;
  }
  const auto with = [&whole](const std::string& from, const std::string& to) {
    std::string changed = whole;
    return changed.replace(changed.find(from), from.size(), to);
  };
  for (const std::string& damaged :
       {with("\"rms\"", "\"rm\""), with("345", "34.5"), with("345", "\"345\""), with("345", "-1"),
        with("345", "32769"), with("-12", "-32769"), with("\"clipped\":3", "\"clipped\":16001"),
        with("16000", "18446744073709551615"), with("1000,", "-1000,")}) {
    EXPECT_EQ(ParseLevelLine(damaged, &line), LineKind::kDamaged) << damaged;
  }
}

}  // namespace
}  // namespace earshot::host
