// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/live_pane.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

namespace earshot::host {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

constexpr TerminalStyle kPlain = {false, true};
constexpr TerminalStyle kColour = {true, true};
constexpr TerminalStyle kAscii = {false, false};
constexpr TerminalStyle kAsciiColour = {true, false};

LiveModel Model(const std::string& name, const std::vector<std::string>& labels) {
  LiveModel model;
  model.name = name;
  for (const std::string& label : labels) model.labels.push_back({label});
  return model;
}

// 200 columns of 40 channels that get louder to the top and to the right.
Spectrogram Slope() {
  Spectrogram spectrogram;
  for (size_t x = 0; x < 200; ++x) {
    std::vector<uint8_t> column(40);
    for (size_t y = 0; y < 40; ++y) column[y] = static_cast<uint8_t>(x * (y + 1) * 255 / 7960);
    spectrogram.push_back(column);
  }
  return spectrogram;
}

LivePicture Picture() {
  LivePicture picture;
  picture.source = "USB Microphone (ALSA), 48000 Hz, channel 1 of 2, resampled to 16000 Hz";
  picture.level = {-36, -18, false, true};
  picture.spectrogram = Slope();
  picture.models = {Model("tiny_conv_yes_no", {"silence", "unknown", "yes", "no"})};
  picture.models[0].labels[2].score = 0.5;
  picture.models[0].labels[2].best_average = 0.97;
  for (const size_t word : {2, 3}) picture.models[0].labels[word].threshold = 0.7;
  picture.totals.samples = 197440;
  picture.totals.words = 1;
  picture.totals.cpu_share = 0.0123;
  return picture;
}

LivePicture Everything() {
  LivePicture picture = Picture();
  picture.source = "Mikrofon für はい und \033[31mmehr";
  picture.level = {-0.1, 0, true, true};
  picture.models.push_back(Model(
      "commands_7", {"silence", "unknown", "yes", "no", "up", "down", "left", "right", "stop"}));
  picture.models.push_back(Model("はい", {"はい", "いいえ", "a label that is rather long"}));
  picture.totals = {int64_t{1} << 40, 123456, 78, 91011, 12, 34.5, 1234567, 1.234};
  return picture;
}

std::string WithoutEscapes(const std::string& line) {
  static const std::regex escapes("\033\\[[0-9;]*m");
  return std::regex_replace(line, escapes, "");
}

std::string Text(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += WithoutEscapes(line) + "\n";
  return text;
}

TEST(LivePaneTest, EightyColumns) {
  EXPECT_EQ(Text(PaneLines(Picture(), {80, 12}, kAscii)),
            "-- USB Microphone (ALSA), 48000 Hz, channel 1 of 2, res... -- tiny_conv_yes_no -\n"
            "level ####################..........|..........  rms -36.0  peak -18.0 dBFS\n" +
                std::string(5, '=') + std::string(25, '+') + std::string(25, '#') +
                std::string(25, '@') + "\n" +  //
                std::string(14, '-') + std::string(33, '=') + std::string(33, '+') + "\n" +
                std::string(30, ':') + std::string(50, '-') + "\n" + std::string(80, '.') + "\n" +
                "silence ..... 0.00  unknown ..... 0.00  yes     ##.:| 0.50  no      ...:. 0.00\n"
                "12.3 s heard   1 word   CPU 1.2 %\n");
}

TEST(LivePaneTest, FortyColumns) {
  EXPECT_EQ(Text(PaneLines(Picture(), {40, 9}, kPlain)),
            "── USB Microphone … ── tiny_conv_yes_… ─\n"
            "████████····│···  -36 -18 dBFS     \n"
            "silence ······ 0.00  unknown ······ 0.00\n"
            "yes     ███·╎│ 0.50  no      ····╎· 0.00\n"
            "12.3 s  1 word  CPU 1.2 %\n");
}

// A line that suits a terminal of this many columns and this style.
void CheckLine(const std::string& line, int columns, TerminalStyle style) {
  const std::string text = WithoutEscapes(line);
  EXPECT_LE(Columns(text), columns) << text;
  EXPECT_EQ(text, Printable(text, style.utf8));  // Neither line feeds nor other escapes.
  if (!style.colour) {
    EXPECT_EQ(text, line);
  } else if (text != line) {
    EXPECT_EQ(line.rfind("\033[0m"), line.rfind('\033')) << "colours go on";
  }
}

TEST(LivePaneTest, FitsIntoEveryTerminal) {
  for (const LivePicture& picture : {Picture(), Everything(), LivePicture()}) {
    for (const TerminalStyle style : {kPlain, kColour, kAscii, kAsciiColour}) {
      for (int columns = 1; columns <= 210; columns += columns < 90 ? 1 : 40) {
        for (const int rows : {1, 2, 3, 4, 5, 7, 10, 15, 20, 24, 30, 50}) {
          SCOPED_TRACE(testing::Message() << columns << " columns, " << rows << " rows");
          const std::vector<std::string> lines = PaneLines(picture, {columns, rows}, style);
          EXPECT_LE(lines.size(), static_cast<size_t>(std::max(0, rows - 2)));
          for (const std::string& line : lines) CheckLine(line, columns, style);
        }
      }
    }
  }
}

TEST(LivePaneTest, ClippingIsMarked) {
  LivePicture picture = Picture();
  for (const int columns : {40, 80}) {
    EXPECT_THAT(Text(PaneLines(picture, {columns, 24}, kPlain)), Not(HasSubstr("CLIP")));
  }
  picture.level.clipped = true;
  for (const int columns : {40, 80}) {
    EXPECT_THAT(PaneLines(picture, {columns, 24}, kPlain), Contains(HasSubstr(" CLIP")).Times(1));
    EXPECT_THAT(PaneLines(picture, {columns, 24}, kColour),
                Contains(HasSubstr("\033[1;31m CLIP\033[0m")).Times(1));
  }
}

TEST(LivePaneTest, LostSamplesAreRed) {
  LivePicture picture = Picture();
  EXPECT_THAT(PaneLines(picture, {80, 24}, kColour).back(), Not(HasSubstr("lost")));
  picture.totals.lost_samples = 2400;
  picture.totals.losses = 1;
  EXPECT_EQ(PaneLines(picture, {80, 24}, kPlain).back(),
            "12.3 s heard   lost 2400 samples (0.15 s) in 1 gap   1 word   CPU 1.2 %");
  EXPECT_THAT(PaneLines(picture, {80, 24}, kColour).back(),
              HasSubstr("\033[1;31m   lost 2400 samples (0.15 s) in 1 gap\033[0m"));
  EXPECT_EQ(PaneLines(picture, {40, 24}, kPlain).back(), "12.3 s  lost 0.15 s  1 word  CPU 1.2 %");
}

TEST(LivePaneTest, TellsWhatAGateHasPassedOver) {
  LivePicture picture = Picture();
  picture.totals.skipped_samples = 24000;
  EXPECT_EQ(PaneLines(picture, {80, 24}, kPlain).back(),
            "12.3 s heard   1 word   1.5 s passed over   CPU 1.2 %");
}

// The bar hides the threshold when it reaches it, and so does the best average.
TEST(LivePaneTest, MarksTheThresholdOfWords) {
  LivePicture picture = Picture();
  LiveLabel& yes = picture.models[0].labels[2];
  const auto line = [&] { return PaneLines(picture, {40, 9}, kPlain)[3]; };
  yes.best_average = 0.68;
  EXPECT_EQ(line(), "yes     ███·│· 0.50  no      ····╎· 0.00");
  yes.score = 0.9;
  EXPECT_EQ(line(), "yes     █████▍ 0.90  no      ····╎· 0.00");
  yes = {"yes", 1.0};
  EXPECT_EQ(line(), "yes     ·····╎ 0.00  no      ····╎· 0.00");
}

TEST(LivePaneTest, TellsWhenNoSoundComesIn) {
  LivePicture picture = Picture();
  picture.level.sound = false;
  for (const int columns : {40, 80}) {
    EXPECT_THAT(Text(PaneLines(picture, {columns, 24}, kPlain)),
                AllOf(HasSubstr("no sound comes in"), Not(HasSubstr("dBFS"))));
  }
}

TEST(LivePaneTest, ShowsEachLabelOfEachModel) {
  const std::string text = Text(PaneLines(Everything(), {80, 40}, kPlain));
  EXPECT_THAT(text, HasSubstr("\ntiny_conv_yes_no\n"));
  EXPECT_THAT(text, HasSubstr("\ncommands_7\n"));
  EXPECT_THAT(text, HasSubstr("\nはい\n"));
  for (const std::string label :
       {"up ", "down ", "left ", "right ", "stop ", "いいえ ", "a label tha…"}) {
    EXPECT_THAT(text, HasSubstr(label));
  }
}

TEST(LivePaneTest, ManyScoresLeaveRoomForASpectrogram) {
  EXPECT_THAT(PaneLines(Everything(), {80, 24}, kColour), Contains(HasSubstr("▀")).Times(5));
}

TEST(LivePaneTest, OneModelNeedsNoLineForItsName) {
  EXPECT_THAT(PaneLines(Picture(), {80, 24}, kPlain), Not(Contains("tiny_conv_yes_no")));
}

TEST(LivePaneTest, AThirdOfTheTerminalIsForTheWords) {
  EXPECT_THAT(PaneLines(Everything(), {80, 24}, kPlain), SizeIs(16));
  EXPECT_THAT(PaneLines(Everything(), {40, 9}, kPlain), SizeIs(6));
}

TEST(LivePaneTest, SummaryTellsWhatWasLost) {
  ListenTotals totals = Picture().totals;
  EXPECT_EQ(Summary(totals), "12.3 s heard, 1 word, no samples lost, CPU 1.2 %");
  totals.lost_samples = 1600;
  totals.losses = 2;
  totals.reconnections = 3;
  totals.away_s = 4.56;
  EXPECT_EQ(Summary(totals),
            "12.3 s heard, 1 word, lost 1600 samples (0.10 s) in 2 gaps, 4.6 s without a device, 3 "
            "reconnections, CPU 1.2 %");
  totals.skipped_samples = 24000;
  EXPECT_THAT(Summary(totals), testing::HasSubstr("3 reconnections, 1.5 s passed over, CPU 1.2 %"));
}

TEST(LiveSpectrogramTest, HighIsOnTopAndNewIsAtTheRight) {
  // Only the highest channel of the newest column is loud, and the lowest of the one before.
  Spectrogram spectrogram(2, std::vector<uint8_t>(4, 0));
  spectrogram[1][3] = 255;
  spectrogram[0][0] = 255;
  EXPECT_EQ(SpectrogramLines(spectrogram, 4, 2, kAscii),
            (std::vector<std::string>{"   @", "  @ "}));
  // What does not fit is the oldest.
  EXPECT_EQ(SpectrogramLines(spectrogram, 1, 2, kPlain), (std::vector<std::string>{"█", " "}));
}

TEST(LiveSpectrogramTest, ColourShowsTwoGroupsOfChannelsInARow) {
  const Spectrogram spectrogram = {{0, 255}};
  EXPECT_EQ(SpectrogramLines(spectrogram, 2, 1, kColour),
            (std::vector<std::string>{"\033[38;5;16m\033[48;5;16m▀\033[38;5;230m▀\033[0m"}));
  EXPECT_EQ(SpectrogramLines(spectrogram, 2, 1, kAsciiColour),
            (std::vector<std::string>{"\033[48;5;16m \033[48;5;230m \033[0m"}));
}

TEST(LiveSpectrogramTest, AGroupShowsItsLoudestChannel) {
  std::vector<uint8_t> column(40, 0);
  column[13] = 255;
  EXPECT_EQ(SpectrogramLines({column}, 1, 4, kAscii),
            (std::vector<std::string>{" ", " ", "@", " "}));
}

TEST(LiveSpectrogramTest, MoreRowsThanChannels) {
  EXPECT_EQ(SpectrogramLines({{255, 0}}, 1, 4, kAscii),
            (std::vector<std::string>{" ", " ", "@", "@"}));
}

}  // namespace
}  // namespace earshot::host
