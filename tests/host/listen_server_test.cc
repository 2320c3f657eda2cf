// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot listen` at a microphone in real time, whose server can be cut.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <nlohmann/json.hpp>
#include <optional>

#include "earshot/host/audio/audio_file.h"
#include "tests/host/program.h"
#include "tests/host/pulse_server.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ListenServerTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!PulseServer::Missing().empty()) GTEST_SKIP() << PulseServer::Missing();
    server_.emplace();
  }

  // Passes over events up to the first of this kind, which has `text` in it.
  static json ReadUpTo(const RunningEarshot& program, const std::string& event,
                       const std::string& text = "") {
    for (;;) {
      const std::string line = program.ReadLine();
      if (line.empty()) return {};  // The end.
      json object = json::parse(line);
      if (object["event"] == event && line.find(text) != std::string::npos) return object;
    }
  }

  const TempDir dir_;
  std::optional<PulseServer> server_;
};

// A word that is played while it listens is heard as in the recording of it.
TEST_F(ListenServerTest, HearsWhatClassifyHears) {
  const std::string recorded = dir_.Path("a.wav");
  RunningEarshot program({"listen", "--jsonl", "--record", recorded});
  ASSERT_EQ(ReadUpTo(program, "start")["source"], "default (ALSA), 16000 Hz");
  AudioFile file(test::SourcePath("audio_samples/streams/pink_20db.wav"));
  std::vector<int16_t> samples(5 * 16000 / 2);  // One word.
  ASSERT_EQ(file.Read(samples), samples.size());
  server_->Play(samples);
  const json word = ReadUpTo(program, "word");
  EXPECT_EQ(word["label"], "yes");
  EXPECT_GE(word["latency"], 0);
  program.Signal(SIGINT);
  EXPECT_EQ(ReadUpTo(program, "end")["lost_samples"], 0);
  EXPECT_EQ(program.Wait().exit_code, 0);

  const ProgramRun run = RunEarshot({"classify", "--mode", "stream", "--jsonl", recorded});
  const json same = json::parse(Lines(run.out)[0]);
  for (const char* key : {"label", "score", "start", "end", "time"}) {
    EXPECT_EQ(word[key], same[key]) << key;
  }
}

TEST_F(ListenServerTest, WithoutRetryTheEndOfTheServerIsTheEnd) {
  RunningEarshot program({"listen", "--jsonl", "--no-retry"});
  ReadUpTo(program, "start");
  server_->Kill();
  EXPECT_EQ(ReadUpTo(program, "end")["reconnections"], 0);
  const ProgramRun run = program.Wait();
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_THAT(Lines(run.err), ElementsAre(StartsWith("earshot: default: gone: ")));
}

TEST_F(ListenServerTest, WaitsUntilTheServerIsBack) {
  RunningEarshot program({"listen", "--jsonl"});
  ReadUpTo(program, "start");
  server_->Kill();
  EXPECT_THAT(ReadUpTo(program, "notice")["text"].get<std::string>(),
              HasSubstr("; trying again until it is back"));
  server_->Start();
  ReadUpTo(program, "notice", "back after");
  program.Signal(SIGTERM);
  EXPECT_EQ(ReadUpTo(program, "end")["reconnections"], 1);
  const ProgramRun run = program.Wait();
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.err, "");
}

}  // namespace
}  // namespace earshot::host
