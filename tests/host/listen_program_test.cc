// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot listen` as a user runs it, at a pipe.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>
#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/host/program.h"
#include "tests/host/streaming_files.h"
#include "tests/host/terminal_screen.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::string Sample(const std::string& name) {
  return test::SourcePath("audio_samples/streams/" + name);
}

std::string Bytes(const std::string& path) {
  const std::vector<uint8_t> bytes = test::ReadBytes(path);
  return {bytes.begin(), bytes.end()};
}

json LastEvent(const std::string& jsonl) { return json::parse(Lines(jsonl).back()); }

std::vector<json> Classify(const std::string& path, std::vector<std::string> more = {}) {
  more.insert(more.begin(), {"classify", "--mode", "stream", "--jsonl", path});
  return Words(RunEarshot(more).out);
}

ProgramRun Listen(const std::string& input, std::vector<std::string> more = {}) {
  more.insert(more.begin(), {"listen", "-", "--jsonl"});
  return RunEarshot(more, input);
}

class ListenProgramTest : public testing::Test {
 protected:
  const std::string wav_ = Bytes(Sample("pink_20db.wav"));
  const TempDir dir_;
};

TEST_F(ListenProgramTest, HearsWhatClassifyHears) {
  for (const char* name : {"pink_20db.wav", "white_10db.wav"}) {
    for (const char* model : {"tiny_conv_yes_no", "commands_7", "yes_no_streaming"}) {
      const std::vector<json> words = Classify(Sample(name), {"--model", model});
      EXPECT_THAT(words, testing::Not(IsEmpty())) << model;
      const ProgramRun run = Listen(Bytes(Sample(name)), {"--model", model});
      EXPECT_EQ(run.exit_code, 0) << run.err;
      EXPECT_EQ(Words(run.out), words) << name << " " << model;
      EXPECT_THAT(run.err, IsEmpty());
      const ProgramRun raw = Listen(Raw(ReadFile(Sample(name))), {"--model", model});
      EXPECT_EQ(Words(raw.out), words) << name << " " << model;
    }
  }
}

// With 20 s of the noise before the first word between twice the same words.
TEST_F(ListenProgramTest, AGatePassesOverNoise) {
  const std::vector<int16_t> words = ReadFile(Sample("white_10db.wav"));
  std::vector<int16_t> sound = words;
  for (int i = 0; i < 20; ++i) sound.insert(sound.end(), words.begin(), words.begin() + 16000);
  sound.insert(sound.end(), words.begin(), words.end());
  const auto labels = [](const ProgramRun& run) {
    std::vector<std::string> found;
    for (const json& word : Words(run.out)) found.push_back(word["label"]);
    return found;
  };
  for (const char* model : {"tiny_conv_yes_no", "commands_7", "yes_no_streaming"}) {
    const ProgramRun all = Listen(Raw(sound), {"--model", model});
    EXPECT_THAT(all.out, Not(HasSubstr("skipped")));
    const ProgramRun run = Listen(Raw(sound), {"--model", model, "--gate", "6"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_THAT(labels(run), Not(IsEmpty()));
    EXPECT_EQ(labels(run), labels(all)) << model;
    EXPECT_GT(LastEvent(run.out)["skipped_samples"], 15 * 16000);
  }
  EXPECT_THAT(RunEarshot({"listen", "-", "--gate", "6"}, Raw(sound)).err,
              testing::ContainsRegex("lost 0 samples, passed over [4-6][0-9]\\.[0-9] %, "));
}

// The word at the end of this clip is only known by the silence behind it, and the silence of a
// gate that has closed before the end changes nothing.
TEST_F(ListenProgramTest, AGateHearsAWordAtTheEnd) {
  const std::vector<int16_t> clip =
      ReadFile(test::SourcePath("audio_samples/yes/flite_slt_pink_20db.wav"));
  std::vector<int16_t> quiet(32000);
  for (size_t i = 0; i < quiet.size(); ++i) quiet[i] = static_cast<int16_t>(i % 3) - 1;
  std::vector<int16_t> late = quiet;
  late.insert(late.end(), clip.begin(), clip.end());
  std::vector<int16_t> early = late;
  for (int i = 0; i < 3; ++i) early.insert(early.end(), quiet.begin(), quiet.end());
  for (const auto& sound : {late, early}) {
    const ProgramRun run = Listen(Raw(sound), {"--gate", "6"});
    ASSERT_EQ(Words(run.out).size(), 1u) << run.err;
    EXPECT_EQ(Words(run.out)[0]["label"], "yes");
    EXPECT_GT(LastEvent(run.out)["skipped_samples"], 0);
    EXPECT_THAT(Words(Listen(Raw(sound), {}).out), ElementsAre(Words(run.out)[0]));
  }
  EXPECT_THAT(Words(Listen(Raw(late), {"--gate", "6", "--no-tail"}).out), IsEmpty());
}

TEST_F(ListenProgramTest, OtherRatesAndChannelsAreConvertedAsRecordingsAre) {
  const std::vector<int16_t> mono = ReadFile(Sample("pink_20db.wav"));
  std::vector<int16_t> stereo;  // Each sample three times: crude, but the same for both.
  for (const int16_t sample : mono) {
    for (int i = 0; i < 3; ++i) {
      stereo.push_back(sample);
      stereo.push_back(static_cast<int16_t>(sample / 2));
    }
  }
  const std::string path = dir_.Path("stereo.wav");
  WriteAudioPcm(path, {SF_FORMAT_WAV | SF_FORMAT_PCM_16, 48000, 2}, stereo);
  const ProgramRun run = Listen(Bytes(path));
  EXPECT_EQ(Words(run.out), Classify(path));
  EXPECT_GE(Words(run.out).size(), 2u);
  EXPECT_THAT(run.out, HasSubstr("48000 Hz, mean of 2 channels, resampled to 16000 Hz"));
  EXPECT_EQ(LastEvent(run.out)["seconds"], 10.0);
  EXPECT_THAT(Listen(Bytes(path), {"--channel", "2"}).out, HasSubstr("channel 2 of 2"));
  const ProgramRun third = Listen(Bytes(path), {"--channel", "3"});
  EXPECT_EQ(third.exit_code, 3);
  EXPECT_THAT(third.err, HasSubstr("standard input: channel: found 3, wanted 1 to 2"));
}

TEST_F(ListenProgramTest, WritesLinesForPeople) {
  const ProgramRun run = RunEarshot({"listen", "-"}, wav_);
  EXPECT_THAT(Lines(run.out), SizeIs(4));
  EXPECT_THAT(Lines(run.out)[0],
              testing::MatchesRegex(" +1\\.97 s  yes      0\\.820  latency [0-9]+ ms"));
  EXPECT_THAT(run.err, HasSubstr("listening to standard input, WAV, 16000 Hz; tiny_conv_yes_no"));
  EXPECT_THAT(run.err, HasSubstr("heard 10.00 s, 4 words, lost 0 samples"));
  const ProgramRun quiet = RunEarshot({"listen", "-", "--quiet"}, wav_);
  EXPECT_THAT(Lines(quiet.out), SizeIs(4));
  EXPECT_THAT(quiet.err, IsEmpty());
}

TEST_F(ListenProgramTest, SeveralModelsHearAsEachAlone) {
  const ProgramRun both = Listen(wav_, {"--model", "tiny_conv_yes_no", "--model", "commands_7"});
  for (const std::string model : {"tiny_conv_yes_no", "commands_7"}) {
    std::string lines;
    for (const std::string& line : Lines(both.out)) {
      if (json::parse(line).value("model", "") == model) lines += line + "\n";
    }
    EXPECT_EQ(Words(lines), Words(Listen(wav_, {"--model", model}).out));
  }
  const ProgramRun wrong =
      Listen(wav_, {"--model", "tiny_conv_yes_no", "--model", "commands_7", "--labels", "a,b"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("--labels goes with one --model"));
}

// The same as in a manifest.
TEST_F(ListenProgramTest, TheRecognizersSettingsCanBeOverridden) {
  json manifest = StreamingManifest();
  const std::string model = WriteStreamingModel(dir_.path(), manifest);
  const std::vector<std::string> overrides = {
      "--threshold", "0.45", "--average-window-ms", "200", "--suppression-ms", "700"};
  std::vector<std::string> arguments = {"--model", model};
  const std::vector<json> before = Words(Listen(wav_, arguments).out);
  arguments.insert(arguments.end(), overrides.begin(), overrides.end());
  const std::vector<json> words = Words(Listen(wav_, arguments).out);
  manifest["earshot"]["recognizer"] = {{"threshold", 0.45},
                                       {"average_window_ms", 200},
                                       {"suppression_ms", 700},
                                       {"minimum_count", 1}};
  WriteStreamingModel(dir_.path(), manifest);
  EXPECT_EQ(words, Classify(Sample("pink_20db.wav"), {"--model", model}));
  EXPECT_NE(words, before);
  EXPECT_THAT(words, testing::Not(IsEmpty()));
  // A window without averaging holds one answer, whatever the manifest wants to see.
  EXPECT_EQ(Listen(wav_, {"--average-window-ms", "0"}).exit_code, 0);
  EXPECT_EQ(Listen(wav_, {"--threshold", "1.5"}).exit_code, 2);
}

TEST_F(ListenProgramTest, RecordsWhatItHears) {
  const ProgramRun run = Listen(wav_, {"--record", dir_.Path("a.wav")});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(ReadFile(dir_.Path("a.wav")), ReadFile(Sample("pink_20db.wav")));
}

TEST_F(ListenProgramTest, SaysThatItCannotRecord) {
  ASSERT_EQ(mkfifo(dir_.Path("pipe").c_str(), 0600), 0);
  for (const auto& [path, why] : std::vector<std::pair<std::string, std::string>>{
           {"/dev/full", "No space left on device"},
           {dir_.path(), "Is a directory"},
           {dir_.Path("pipe"),
            "is a pipe; wanted a file, for a recording's header is written last"}}) {
    const ProgramRun run = Listen(wav_, {"--record", path});
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_THAT(Lines(run.err), ElementsAre("earshot: " + path + ": " + why));
  }
}

TEST_F(ListenProgramTest, SavesHits) {
  const ProgramRun run = Listen(wav_, {"--save-hits", dir_.Path("hits")});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const std::vector<json> words = Words(run.out);
  std::vector<std::string> hits;
  for (const auto& entry : std::filesystem::directory_iterator(dir_.Path("hits"))) {
    hits.push_back(entry.path().string());
  }
  std::sort(hits.begin(), hits.end(), [](const std::string& a, const std::string& b) {
    return a.substr(a.find("Z_")) < b.substr(b.find("Z_"));
  });
  ASSERT_THAT(hits, SizeIs(words.size()));
  const std::vector<int16_t> samples = ReadFile(Sample("pink_20db.wav"));
  for (size_t i = 0; i < hits.size(); ++i) {
    const auto begin = std::max<ptrdiff_t>(
        0, static_cast<ptrdiff_t>(std::lround((words[i]["start"].get<double>() - 1) * 16000)));
    const auto end =
        static_cast<ptrdiff_t>(std::lround((words[i]["end"].get<double>() + 1) * 16000));
    EXPECT_EQ(ReadFile(hits[i]),
              std::vector<int16_t>(samples.begin() + begin, samples.begin() + end));
    EXPECT_THAT(hits[i], HasSubstr("s_" + words[i]["label"].get<std::string>() + "_0.8"));
  }
}

// The commands write into a named pipe, which waits for them; in what order is theirs.
TEST_F(ListenProgramTest, RunsACommandForEachWord) {
  const std::string fifo = dir_.Path("said");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  std::fstream said(fifo, std::ios::in | std::ios::out);
  const ProgramRun run =
      Listen(wav_, {"--on-detect", "sh -c 'echo $EARSHOT_LABEL $EARSHOT_TIME_S > \"$0\"' " + fifo});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  ASSERT_THAT(Words(run.out), SizeIs(4));
  std::vector<std::string> lines(4);
  for (std::string& line : lines) std::getline(said, line);
  EXPECT_THAT(lines,
              testing::UnorderedElementsAre("yes 1.970", "yes 4.010", "no 5.470", "yes 8.910"));
}

TEST_F(ListenProgramTest, RefusesACommandThatIsNotThere) {
  const ProgramRun run = Listen(wav_, {"--on-detect", "no_such_program_here"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("--on-detect: no_such_program_here: no such program"));
  EXPECT_THAT(run.out, IsEmpty());
}

TEST_F(ListenProgramTest, EndsAfterSoManySeconds) {
  const ProgramRun run = Listen(wav_, {"--seconds", "2.5", "--record", dir_.Path("a.wav")});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(Words(run.out), SizeIs(1));
  EXPECT_EQ(LastEvent(run.out)["seconds"], 2.5);
  EXPECT_THAT(ReadFile(dir_.Path("a.wav")), SizeIs(40000));
}

TEST_F(ListenProgramTest, CtrlCEndsItCleanly) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    RunningEarshot program({"listen", "-", "--jsonl", "--record", dir_.Path("a.wav")});
    program.Write(wav_.substr(0, 44 + 2 * 40000));
    EXPECT_EQ(json::parse(program.ReadLine())["event"], "start");
    EXPECT_EQ(json::parse(program.ReadLine())["event"], "word");
    program.Signal(signal);
    // Its standard input is still open, so it is the signal that ends it.
    const json end = json::parse(program.ReadLine());
    EXPECT_EQ(end["event"], "end");
    EXPECT_EQ(program.Finish().exit_code, 0);
    const std::vector<int16_t> recorded = ReadFile(dir_.Path("a.wav"));
    EXPECT_EQ(static_cast<double>(recorded.size()) / 16000, end["seconds"].get<double>());
    EXPECT_GE(recorded.size(), 31520u);
  }
}

// Less than a second of what was heard is missing then.
TEST_F(ListenProgramTest, KilledItLeavesAGoodRecording) {
  RunningEarshot program({"listen", "-", "--jsonl", "--record", dir_.Path("a.wav")});
  program.Write(wav_.substr(0, 44 + 2 * 40000));
  EXPECT_EQ(json::parse(program.ReadLine())["event"], "start");
  const json word = json::parse(program.ReadLine());
  program.Signal(SIGKILL);
  EXPECT_EQ(program.Finish().exit_code, 128 + SIGKILL);
  const std::vector<int16_t> recorded = ReadFile(dir_.Path("a.wav"));
  EXPECT_GT(static_cast<double>(recorded.size()) / 16000, word["time"].get<double>() - 1);
}

// Also while there is nothing to write: its standard input stays open.
TEST_F(ListenProgramTest, AReaderThatLeavesIsAQuietEnd) {
  RunningEarshot program({"listen", "-", "--jsonl"});
  program.Write(wav_.substr(0, 44));  // Enough for the first event.
  EXPECT_EQ(json::parse(program.ReadLine())["event"], "start");
  program.CloseOutput();
  const ProgramRun run = program.Wait();
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.err, IsEmpty());
}

TEST_F(ListenProgramTest, ATerminalIsLeftAsItWas) {
  setenv("TERM", "xterm-256color", 1);
  for (const int signal : {0, SIGINT}) {
    RunningEarshot program({"listen", "-"}, RunningEarshot::Output::kTerminal);
    program.Write(wav_.substr(0, 44 + 2 * 40000));
    TerminalScreen screen(80, 24);
    while (screen.Lines()[0].find("yes") == std::string::npos) {
      screen.Write(program.ReadLine() + "\n");
    }
    if (signal != 0) program.Signal(signal);
    const ProgramRun run = signal != 0 ? program.Wait() : program.Finish();
    screen.Write(run.out);
    EXPECT_EQ(run.exit_code, 0);
    // Whoever ends it by a signal knows that there was more.
    EXPECT_THAT(run.err, signal != 0 ? testing::Matcher<std::string>(IsEmpty())
                                     : HasSubstr("the header promises 160000 samples"));
    EXPECT_THAT(screen.Lines()[0], HasSubstr("1.97 s  yes      0.82"));
    EXPECT_TRUE(screen.cursor_shown());
    EXPECT_TRUE(screen.wraps());
    EXPECT_TRUE(screen.plain());
    EXPECT_EQ(screen.cursor_column(), 0u);
    EXPECT_EQ(screen.Lines()[screen.cursor_line()], "");
  }
}

TEST_F(ListenProgramTest, WrongArguments) {
  const auto error = [](const std::vector<std::string>& arguments) {
    std::vector<std::string> all = {"listen"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const ProgramRun run = RunEarshot(all);
    EXPECT_EQ(run.exit_code, 2) << run.err;
    return run.err;
  };
  EXPECT_THAT(error({"-", "--device", "-"}), HasSubstr("one device"));
  EXPECT_THAT(error({"--speed", "max"}), HasSubstr("--speed: goes with - only"));
  EXPECT_THAT(error({"-", "--channel", "0"}), HasSubstr("--channel: found 0, wanted"));
  EXPECT_THAT(error({"-", "--channel", "left"}), HasSubstr("--channel: found left, wanted"));
  EXPECT_THAT(error({"-", "--seconds", "0"}), HasSubstr("--seconds"));
  EXPECT_THAT(error({"-", "--gate", "100"}), HasSubstr("--gate"));
}

TEST_F(ListenProgramTest, SoundThatCannotBeRead) {
  const ProgramRun nothing = Listen("");
  EXPECT_EQ(nothing.exit_code, 3);
  EXPECT_THAT(nothing.err, HasSubstr("earshot: standard input: no samples\n"));
  EXPECT_EQ(Listen("fLaC....").exit_code, 3);
}

}  // namespace
}  // namespace earshot::host
