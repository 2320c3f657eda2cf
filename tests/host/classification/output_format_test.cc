// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/classification/output_format.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "earshot/host/console/progress.h"

namespace earshot::host {
namespace {

const std::vector<std::string>& Labels() {
  static const std::vector<std::string> labels = {"silence", "unknown", "yes", "no"};
  return labels;
}

RecordingResult Clip() {
  RecordingResult result;
  result.path = "a/yes.wav";
  result.seconds = 1;
  result.clip = ClipAnswer{2, 255, {0, 1, 255, 0}};
  return result;
}

RecordingResult Stream() {
  RecordingResult result;
  result.path = "long.wav";
  result.conversion = "44100 Hz, 2 channels";
  result.seconds = 12.25;
  result.detections = {{2, 230, 1520, 2100, 2210}, {3, 205, 7000, 7500, 7620}};
  return result;
}

RecordingResult Bad(const std::string& path) {
  RecordingResult result;
  result.path = path;
  result.error = "the file is empty";
  return result;
}

TEST(OutputFormatTest, TextIsAligned) {
  const auto text = MakeTextFormat(Labels(), false);
  EXPECT_EQ(text->Header(), "");
  EXPECT_EQ(text->Format(Clip()), "yes      0.996  a/yes.wav\n");
  EXPECT_EQ(text->Format(Stream()),
            "yes      0.898  long.wav  1.52-2.10 s\n"
            "no       0.801  long.wav  7.00-7.50 s\n"
            "-               long.wav  2 detections in 12.25 s\n");
  EXPECT_EQ(text->Format(Bad("x")), "");
  EXPECT_FALSE(text->TellsErrors());
}

TEST(OutputFormatTest, ColourIsOnlyAddedAroundLabels) {
  EXPECT_EQ(MakeTextFormat(Labels(), true)->Format(Clip()),
            "\033[1myes\033[0m      0.996  a/yes.wav\n");
}

TEST(OutputFormatTest, JsonLines) {
  const auto jsonl = MakeJsonlFormat(Labels());
  EXPECT_EQ(jsonl->Format(Clip()),
            R"({"v":1,"path":"a/yes.wav","label":"yes","score":0.99609375,"scores":)"
            R"({"silence":0.0,"unknown":0.00390625,"yes":0.99609375,"no":0.0}})"
            "\n");
  EXPECT_EQ(jsonl->Format(Stream()),
            R"({"v":1,"path":"long.wav","label":"yes","score":0.8984375,"start":1.52,"end":2.1,)"
            R"("time":2.21})"
            "\n"
            R"({"v":1,"path":"long.wav","label":"no","score":0.80078125,"start":7.0,"end":7.5,)"
            R"("time":7.62})"
            "\n"
            R"({"v":1,"path":"long.wav","seconds":12.25,"detections":2,)"
            R"("converted_from":"44100 Hz, 2 channels"})"
            "\n");
  EXPECT_EQ(jsonl->Format(Bad("x\"y")), R"({"v":1,"path":"x\"y","error":"the file is empty"})"
                                        "\n");
}

TEST(OutputFormatTest, PathsThatAreNoUtf8StayJson) {
  const std::string line = MakeJsonlFormat(Labels())->Format(Bad("caf\xE9.wav"));
  EXPECT_EQ(nlohmann::json::parse(line)["path"], "caf\xEF\xBF\xBD.wav");
}

TEST(OutputFormatTest, CsvIsOneTable) {
  const auto csv = MakeCsvFormat(Labels());
  EXPECT_EQ(csv->Header(),
            "path,kind,label,score,start,end,time,seconds,detections,error,"
            "score_silence,score_unknown,score_yes,score_no\n");
  EXPECT_EQ(csv->Format(Clip()),
            "a/yes.wav,clip,yes,0.9961,,,,1.000,,,0.0000,0.0039,0.9961,0.0000\n");
  EXPECT_EQ(csv->Format(Stream()),
            "long.wav,detection,yes,0.8984,1.520,2.100,2.210,,,,,,,\n"
            "long.wav,detection,no,0.8008,7.000,7.500,7.620,,,,,,,\n"
            "long.wav,recording,,,,,,12.250,2,,,,,\n");
  EXPECT_EQ(csv->Format(Bad("a,\"b\"")), "\"a,\"\"b\"\"\",error,,,,,,,,the file is empty,,,,\n");
}

TEST(ProgressTest, BarShowsShareAndCount) {
  EXPECT_EQ(Progress::Bar(0, 40), "[                              ]   0 %  0 of 40");
  EXPECT_EQ(Progress::Bar(20, 40), "[###############               ]  50 %  20 of 40");
  EXPECT_EQ(Progress::Bar(40, 40), "[##############################] 100 %  40 of 40");
}

}  // namespace
}  // namespace earshot::host
