// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What every command does with recordings whose headers promise too much, or that break: it uses
// what there is and says what is missing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr char kNote[] = "the header promises 16022 samples (1.001 s), there are 16000 (1.000 s)";
constexpr char kError[] = "breaks off at ";

class DamagedRecordingsTest : public testing::Test {
 protected:
  void SetUp() override {
    const std::vector<int16_t> pcm = ReadFile(test::SourcePath("audio_samples/yes/flite_slt.wav"));
    std::vector<int16_t> second = pcm;
    second.resize(16000);
    std::filesystem::create_directory(dir_.Path("yes"));
    WriteWav(whole_, second);
    std::vector<uint8_t> bytes = test::ReadBytes(whole_);
    const uint32_t length = 32044;
    std::memcpy(bytes.data() + 40, &length, sizeof(length));
    WriteBytes(lying_, bytes);
    WriteAudioPcm(broken_, {SF_FORMAT_FLAC | SF_FORMAT_PCM_16}, second);
    bytes = test::ReadBytes(broken_);
    bytes.resize(bytes.size() - 7);
    WriteBytes(broken_, bytes);
  }

  const TempDir dir_;
  const std::string whole_ = dir_.Path("yes/whole.wav");
  const std::string lying_ = dir_.Path("yes/lying.wav");
  const std::string broken_ = dir_.Path("yes/broken.flac");
};

TEST_F(DamagedRecordingsTest, ClassifyAsText) {
  const ProgramRun lying = RunEarshot({"classify", whole_, lying_});
  EXPECT_EQ(lying.exit_code, 0);
  EXPECT_EQ(lying.err, "earshot: " + lying_ + ": " + kNote + "\n");
  const std::vector<std::string> lines = Lines(lying.out);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].substr(0, 14), lines[1].substr(0, 14));
  const ProgramRun broken = RunEarshot({"classify", "-q", broken_, whole_});
  EXPECT_EQ(broken.exit_code, 3);
  EXPECT_EQ(Lines(broken.out).size(), 2u);
  EXPECT_THAT(broken.err, HasSubstr(broken_ + ": " + kError));
  EXPECT_THAT(broken.err, HasSubstr("1 of 2 are damaged"));
}

TEST_F(DamagedRecordingsTest, ClassifyForPrograms) {
  const ProgramRun run =
      RunEarshot({"classify", "--jsonl", "--mode", "stream", lying_, broken_, whole_});
  EXPECT_EQ(run.exit_code, 3);
  std::vector<json> lines;
  for (const json& line : JsonLines(run.out)) {
    if (!line.contains("time")) lines.push_back(line);
  }
  ASSERT_EQ(lines.size(), 4u) << run.out;
  EXPECT_EQ(lines[0]["note"], kNote);
  EXPECT_EQ(lines[0]["missing"], (json{{"at", 1.0}, {"seconds", 22.0 / 16000}}));
  EXPECT_DOUBLE_EQ(lines[0]["seconds"], 1.0);
  EXPECT_EQ(lines[1]["path"], broken_);
  EXPECT_GT(lines[1]["seconds"].get<double>(), 0.5);
  EXPECT_DOUBLE_EQ(lines[1]["missing"]["at"], lines[1]["seconds"].get<double>());
  EXPECT_EQ(lines[2]["path"], broken_);
  EXPECT_THAT(lines[2]["error"].get<std::string>(), HasSubstr(kError));
  EXPECT_FALSE(lines[3].contains("note") || lines[3].contains("missing"));
  const ProgramRun csv = RunEarshot({"classify", "--csv", broken_});
  EXPECT_EQ(csv.exit_code, 3);
  const std::vector<std::string> rows = Lines(csv.out);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_THAT(rows[1], HasSubstr(",clip,"));
  EXPECT_THAT(rows[2], HasSubstr(",error,"));
}

TEST_F(DamagedRecordingsTest, EvaluateCountsThem) {
  const ProgramRun lying = RunEarshot({"evaluate", dir_.path(), "--json", "--negatives", lying_});
  const json evaluation = json::parse(lying.out);
  EXPECT_EQ(lying.exit_code, 3);
  EXPECT_EQ(evaluation["models"][0]["clips"]["count"], 3);
  ASSERT_EQ(evaluation["unread"].size(), 1u);
  EXPECT_EQ(evaluation["unread"][0]["path"], broken_);
  EXPECT_EQ(evaluation["unread"][0]["measured"], true);
  ASSERT_EQ(evaluation["notes"].size(), 1u);
  EXPECT_EQ(evaluation["notes"][0], (json{{"path", lying_}, {"note", kNote}}));
  std::filesystem::remove(broken_);
  const ProgramRun notes = RunEarshot({"evaluate", dir_.path()});
  EXPECT_EQ(notes.exit_code, 0) << notes.err;
  EXPECT_THAT(notes.err, HasSubstr("earshot: " + lying_ + ": " + kNote + "\n"));
}

TEST_F(DamagedRecordingsTest, WordsBehindTheSoundThereIsDoNotCount) {
  std::vector<uint8_t> bytes = test::ReadBytes(whole_);
  const uint32_t ten_seconds = 320000;
  std::memcpy(bytes.data() + 40, &ten_seconds, sizeof(ten_seconds));
  WriteBytes(dir_.Path("s.wav"), bytes);
  WriteText(dir_.Path("s.csv"), "label,start,end\nyes,0.2,0.7\nno,5,5.5\nyes,8,8.5\n");
  const ProgramRun run = RunEarshot({"evaluate", "--json", "--stream", dir_.Path("s.wav")});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("s.csv: 2 of its words end behind 1.00 s, where the sound ends"));
  const json streams = json::parse(run.out)["models"][0]["streams"];
  ASSERT_EQ(streams["events"].size(), 1u);
  EXPECT_EQ(streams["events"][0]["start"], 0.2);
}

TEST_F(DamagedRecordingsTest, AHeaderAloneIsNoSound) {
  std::vector<uint8_t> bytes = test::ReadBytes(whole_);
  bytes.resize(44);
  WriteBytes(lying_, bytes);
  const ProgramRun run = RunEarshotOnFile({"listen", "-"}, lying_);
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("standard input: no samples"));
}

TEST_F(DamagedRecordingsTest, FeaturesAndMix) {
  const std::string out = dir_.Path("f.npy");
  const ProgramRun lying = RunEarshot({"features", lying_, "--out", out});
  EXPECT_EQ(lying.exit_code, 0);
  EXPECT_THAT(lying.err, HasSubstr(kNote));
  const std::vector<uint8_t> features = test::ReadBytes(out);
  EXPECT_EQ(RunEarshot({"features", whole_, "--out", out}).exit_code, 0);
  EXPECT_EQ(test::ReadBytes(out), features);
  const ProgramRun broken = RunEarshot({"features", broken_, "--out", out});
  EXPECT_EQ(broken.exit_code, 3);
  EXPECT_THAT(broken.err, HasSubstr(kError));
  EXPECT_GT(test::ReadBytes(out).size(), features.size() / 2);
  const ProgramRun mix =
      RunEarshot({"mix", "--words", dir_.path(), "--keywords", "yes", "--all-words", "--noise",
                  lying_, "--out", dir_.Path("s.wav")});
  EXPECT_EQ(mix.exit_code, 3);
  EXPECT_THAT(mix.out, HasSubstr("yes 3"));
  EXPECT_THAT(mix.err, HasSubstr(lying_ + ": " + kNote));
  EXPECT_THAT(mix.err, HasSubstr(broken_ + ": " + kError));
}

TEST_F(DamagedRecordingsTest, ListenAndMicCheck) {
  const auto text = [](const std::string& path) {
    const std::vector<uint8_t> bytes = test::ReadBytes(path);
    return std::string(bytes.begin(), bytes.end());
  };
  const ProgramRun heard = RunEarshot({"listen", "--jsonl", "-"}, text(lying_));
  EXPECT_EQ(heard.exit_code, 0);
  EXPECT_EQ(heard.err, std::string("earshot: standard input: ") + kNote + "\n");
  EXPECT_EQ(heard.out.empty(), false);
  const ProgramRun checked = RunEarshot({"mic-check", "--json", lying_});
  EXPECT_EQ(json::parse(checked.out)["samples"], 16000);
  EXPECT_EQ(checked.err, "earshot: " + lying_ + ": " + kNote + "\n");
  const ProgramRun broken = RunEarshot({"mic-check", "--json", broken_});
  EXPECT_EQ(broken.exit_code, 3);
  EXPECT_GT(json::parse(broken.out)["samples"], 8000);
  EXPECT_THAT(broken.err, HasSubstr(kError));
}

// A file without an end to its header is refused at once, also where it comes through a pipe.
TEST_F(DamagedRecordingsTest, EmptyChunksAreBounded) {
  const std::string chunks = "RIFF\xF0\xFF\xFF\xFFWAVE" + std::string(1 << 24, '\0');
  WriteText(dir_.Path("chunks.wav"), chunks);
  const ProgramRun file = RunEarshot({"classify", dir_.Path("chunks.wav")});
  EXPECT_EQ(file.exit_code, 3);
  EXPECT_THAT(file.err, HasSubstr("more than 4096 chunks before its samples"));
  for (const char* command : {"listen", "mic-check"}) {
    RunningEarshot endless({command, "-"});
    endless.Write(chunks.substr(0, 1 << 16));
    // Its input stays open: it ends because it has read enough.
    const ProgramRun run = endless.Wait();
    EXPECT_EQ(run.exit_code, 3) << command;
    EXPECT_THAT(run.err, HasSubstr("more than 4096 chunks")) << command;
  }
}

// What mpg123 and others write there by themselves is kept away.
TEST_F(DamagedRecordingsTest, StandardErrorIsOurs) {
  const Storage storage = {SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 44100, 1};
  WriteAudio(dir_.Path("a.mp3"), storage, Sine(440, 0.3, storage, 200000));
  std::vector<uint8_t> bytes = test::ReadBytes(dir_.Path("a.mp3"));
  for (size_t i = 0; i < 3000; ++i) bytes[bytes.size() / 2 + i] = 0;
  WriteBytes(dir_.Path("a.mp3"), bytes);
  bytes.resize(bytes.size() / 3);
  WriteBytes(dir_.Path("b.mp3"), bytes);
  const ProgramRun run = RunEarshot({"classify", dir_.Path("a.mp3"), dir_.Path("b.mp3")});
  for (const std::string& line : Lines(run.err)) {
    EXPECT_THAT(line, testing::StartsWith("earshot: ")) << run.err;
  }
}

}  // namespace
}  // namespace earshot::host
