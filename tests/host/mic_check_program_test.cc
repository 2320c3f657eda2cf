// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot mic-check` as a user runs it: on samples, on a board's text, and at a serial port, whose
// part a pseudo-terminal plays.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sndfile.h>
#include <termios.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Seconds of noise, of these amplitudes.
std::vector<int16_t> Seconds(const std::vector<int>& amplitudes) {
  std::vector<int16_t> samples;
  for (size_t i = 0; i < amplitudes.size(); ++i) {
    for (const int16_t sample : Noise(16000, static_cast<uint32_t>(i))) {
      samples.push_back(static_cast<int16_t>(sample * amplitudes[i] / 32768));
    }
  }
  return samples;
}

std::string LevelEvent(int time_ms, const std::string& more = "\"dropped\":0") {
  return "{\"event\":\"level\",\"time_ms\":" + std::to_string(time_ms) +
         ",\"samples\":16000,\"dc\":-12,\"rms\":" + std::to_string(time_ms % 3000 + 40) +
         ",\"peak\":9100,\"clipped\":0," + more + "}\r\n";
}

TEST(MicCheckSamplesTest, RawSamplesAndWavAreTheSame) {
  const TempDir dir;
  const std::vector<int16_t> samples = Seconds({100, 4000, 150});
  WriteText(dir.Path("a.raw"), Raw(samples));
  WriteWav(dir.Path("a.wav"), samples);
  const ProgramRun raw = RunEarshot({"mic-check", "--json", dir.Path("a.raw")});
  const ProgramRun wav = RunEarshot({"mic-check", "--json", dir.Path("a.wav")});
  EXPECT_EQ(raw.exit_code, 0) << raw.out << raw.err;
  EXPECT_EQ(wav.exit_code, 0) << wav.out << wav.err;
  json report = json::parse(raw.out);
  EXPECT_EQ(report["samples"], 48000);
  EXPECT_EQ(report["parts"], 3);
  EXPECT_NEAR(report["loudest_rms"].get<int>(), 4000 / std::sqrt(3.0), 30);
  EXPECT_NEAR(report["noise_floor_rms"].get<int>(), 100 / std::sqrt(3.0), 2);
  EXPECT_EQ(report["stated_rate_hz"], nullptr);
  json same = json::parse(wav.out);
  EXPECT_EQ(same["stated_rate_hz"], 16000);
  for (const char* key : {"source", "stated_rate_hz"}) {
    report.erase(key);
    same.erase(key);
  }
  EXPECT_EQ(report, same);
  // The same through a pipe, and only as long as asked for.
  for (const std::string& path : {dir.Path("a.raw"), dir.Path("a.wav")}) {
    const std::vector<uint8_t> bytes = test::ReadBytes(path);
    const ProgramRun piped =
        RunEarshot({"mic-check", "--json", "--seconds", "1", "-"}, {bytes.begin(), bytes.end()});
    EXPECT_EQ(json::parse(piped.out)["parts"], 1);
    EXPECT_EQ(json::parse(piped.out)["loudest_rms"], report["noise_floor_rms"]);
  }
}

TEST(MicCheckSamplesTest, SaysWhatIsWrong) {
  const auto problems = [](const std::vector<int16_t>& samples) {
    const ProgramRun run = RunEarshot({"mic-check", "--json", "-"}, Raw(samples));
    EXPECT_EQ(run.exit_code, 1) << run.err;
    return Problems(json::parse(run.out));
  };
  EXPECT_THAT(problems(std::vector<int16_t>(48000, 77)), testing::ElementsAre("dead"));
  EXPECT_THAT(problems(Seconds({30, 60, 40})), testing::ElementsAre("too_quiet"));
  std::vector<int16_t> shifted = Seconds({100, 2000});
  for (int16_t& sample : shifted) sample = static_cast<int16_t>(sample + 3000);
  EXPECT_THAT(problems(shifted), testing::ElementsAre("dc_offset"));
  std::vector<int16_t> clipped = Seconds({100, 30000});
  for (int16_t& sample : clipped) sample = sample > 20000 ? INT16_MAX : sample;
  EXPECT_THAT(problems(clipped), testing::Contains("clipping"));
}

TEST(MicCheckSamplesTest, ARecordingAtAnotherRate) {
  const TempDir dir;
  WriteAudioPcm(dir.Path("a.wav"), {SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 1},
                Seconds({100, 4000, 100, 4000}));
  const ProgramRun run = RunEarshot({"mic-check", dir.Path("a.wav")});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.out, HasSubstr("sample rate: found 44100 Hz by the file's header, wanted 16000"));
}

// Any recording is judged as it is; through a pipe what is not compressed, and text is no sound.
TEST(MicCheckSamplesTest, OtherFormats) {
  const TempDir dir;
  const std::vector<int16_t> samples = Seconds({100, 4000, 150});
  WriteWav(dir.Path("a.wav"), samples);
  const json wanted = json::parse(RunEarshot({"mic-check", "--json", dir.Path("a.wav")}).out);
  for (const int format : {SF_FORMAT_FLAC | SF_FORMAT_PCM_16, SF_FORMAT_WAV | SF_FORMAT_PCM_24,
                           SF_FORMAT_AIFF | SF_FORMAT_PCM_16, SF_FORMAT_IRCAM | SF_FORMAT_PCM_16,
                           SF_FORMAT_MAT4 | SF_FORMAT_PCM_16, SF_FORMAT_SDS | SF_FORMAT_PCM_16}) {
    WriteAudioPcm(dir.Path("a"), {format}, samples);
    json found = json::parse(RunEarshot({"mic-check", "--json", dir.Path("a")}).out);
    found["source"] = wanted["source"];
    EXPECT_EQ(found, wanted) << std::hex << format;
  }
  WriteAudioPcm(dir.Path("a"), {SF_FORMAT_CAF | SF_FORMAT_ALAC_16}, samples);
  const ProgramRun alac =
      RunShell("cat '" + dir.Path("a") + "' | \"$0\" \"$@\"", {"mic-check", "-"});
  EXPECT_THAT(alac.err, HasSubstr("a CAF file with samples of the kind \"alac\", which cannot be"));
  WriteAudioPcm(dir.Path("a"), {SF_FORMAT_FLAC | SF_FORMAT_PCM_16}, samples);
  const std::vector<uint8_t> flac = test::ReadBytes(dir.Path("a"));
  for (const char* command : {"mic-check", "listen"}) {
    const ProgramRun html = RunEarshot({command, "-"}, "<!DOCTYPE html><html></html>");
    EXPECT_EQ(html.exit_code, 3);
    EXPECT_EQ(html.out, "");
    EXPECT_THAT(html.err, HasSubstr("standard input: no sound: text that begins \"<!DOCTYPE"));
    const ProgramRun nut = RunEarshot({command, "-"}, "nut/multimedia container\1\2");
    EXPECT_EQ(nut.exit_code, 3);
    EXPECT_THAT(nut.err, HasSubstr("standard input: a NUT file, which"));
    EXPECT_THAT(nut.err, HasSubstr("ffmpeg -i - converted.wav"));
    RunningEarshot pipe({command, "-"});
    pipe.Write({flac.begin(), flac.end()});
    const ProgramRun run = pipe.Finish();
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_THAT(run.err, HasSubstr("a FLAC file, which cannot be read from a pipe; convert it"));
  }
}

// Programs that write to a pipe leave the length open; others put something behind the samples.
TEST(MicCheckSamplesTest, LengthsInWavHeaders) {
  const TempDir dir;
  WriteWav(dir.Path("a.wav"), Seconds({100, 4000}));
  const std::vector<uint8_t> bytes = test::ReadBytes(dir.Path("a.wav"));
  const std::string whole(bytes.begin(), bytes.end());
  const auto samples = [](const std::string& wav) {
    return json::parse(RunEarshot({"mic-check", "--json", "-"}, wav).out)["samples"].get<int>();
  };
  EXPECT_EQ(samples(whole), 32000);
  EXPECT_EQ(samples(whole + "LIST" + std::string(20000, 'x')), 32000);
  for (const std::string& open :
       {std::string("\xFF\xFF\xFF\xFF"), std::string("\x24\xF0\xFF\x7F"), std::string(4, '\0')}) {
    std::string piped = whole;
    piped.replace(whole.find("data") + 4, 4, open);
    EXPECT_EQ(samples(piped), 32000);
    EXPECT_EQ(samples(piped + std::string(32000, '\0')), 48000);
  }
}

// A WAV file that is cut short anywhere is judged as far as it goes, or refused.
TEST(MicCheckSamplesTest, DamagedHeadersAreRefused) {
  const TempDir dir;
  WriteWav(dir.Path("a.wav"), Noise(200, 1));
  const std::vector<uint8_t> whole = test::ReadBytes(dir.Path("a.wav"));
  for (size_t size = 4; size < 60; size += 3) {
    const ProgramRun run =
        RunEarshot({"mic-check", "-"}, {whole.begin(), whole.begin() + static_cast<long>(size)});
    EXPECT_TRUE(run.exit_code == 3 || (size > 45 && run.exit_code <= 1)) << size;
  }
  for (size_t i = 0; i < 44; ++i) {
    std::string damaged(whole.begin(), whole.end());
    damaged[i] = static_cast<char>(0xF7);
    EXPECT_LE(RunEarshot({"mic-check", "-"}, damaged).exit_code, 3) << i;
  }
}

TEST(MicCheckSerialTest, RecordedText) {
  const std::string text = "Earshot mic-check\r\n" + LevelEvent(1000) + LevelEvent(2000) +
                           "{\"event\":\"level\",\"time_ms\":25\r\n" + LevelEvent(3000) + "\r\n" +
                           LevelEvent(4000);
  const ProgramRun run = RunEarshot({"mic-check", "--serial", "-"}, text);
  EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
  EXPECT_THAT(run.out, HasSubstr("standard input: 64000 samples in 4 parts"));
  EXPECT_THAT(run.out, HasSubstr("16000 Hz by the board's clock\n"));
  EXPECT_THAT(run.out, HasSubstr("damaged      1 lines"));
  EXPECT_THAT(run.out, HasSubstr("\nVerdict: fine\n"));

  const TempDir dir;
  WriteText(dir.Path("l.txt"), text + LevelEvent(5000, "\"dropped\":3"));
  const ProgramRun bad = RunEarshot({"mic-check", "--serial", dir.Path("l.txt"), "--json"});
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_THAT(Problems(json::parse(bad.out)), testing::ElementsAre("dropped"));
  EXPECT_EQ(RunEarshot({"mic-check", "--serial", dir.Path("l.txt"), "--seconds", "4"}).exit_code,
            0);
}

TEST(MicCheckSerialTest, TextWithoutLevelsIsFive) {
  const ProgramRun run =
      RunEarshot({"mic-check", "--serial", "-"}, "\x1b[2J{\"event\":\"detection\"}\n");
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_THAT(run.err, HasSubstr("no level line; the last other one: \\x1b[2J{\"event\""));
  EXPECT_THAT(run.err, HasSubstr("mic-check application"));
  std::string none = LevelEvent(1000);
  none.replace(none.find("16000"), 5, "0");
  const ProgramRun silent = RunEarshot({"mic-check", "--serial", "-"}, none);
  EXPECT_EQ(silent.exit_code, 5);
  EXPECT_THAT(silent.err, HasSubstr("gave no samples"));
}

// A pseudo-terminal whose other end says line after line, as fast as they are read, until the test
// is over.
class Board {
 public:
  explicit Board(std::function<std::string(int)> line) : line_(std::move(line)) {
    master_ = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (master_ < 0 || grantpt(master_) != 0 || unlockpt(master_) != 0) {
      throw std::runtime_error("no terminal can be made here (/dev/pts)");
    }
    path_ = ptsname(master_);
    // Held open, so that the settings outlive the program that makes them.
    slave_ = open(path_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    thread_ = std::thread([this] { Talk(); });
  }
  ~Board() {
    over_ = true;
    thread_.join();
    close(slave_);
    close(master_);
  }

  const std::string& path() const { return path_; }
  termios Settings() const {
    termios settings = {};
    EXPECT_EQ(tcgetattr(slave_, &settings), 0);
    return settings;
  }

 private:
  void Talk() {
    for (int i = 1; !over_; ++i) {
      std::string rest = line_(i);
      while (!rest.empty() && !over_) {
        pollfd file = {master_, POLLOUT, 0};
        poll(&file, 1, 10);
        const ssize_t size = write(master_, rest.data(), rest.size());
        if (size > 0) rest.erase(0, static_cast<size_t>(size));
      }
      if (line_(i).empty()) poll(nullptr, 0, 10);
    }
  }

  std::function<std::string(int)> line_;
  std::string path_;
  int master_ = -1;
  int slave_ = -1;
  std::atomic<bool> over_{false};
  std::thread thread_;
};

TEST(MicCheckSerialTest, ABoardAtASerialPort) {
  const Board board([](int i) { return LevelEvent(1000 * i); });
  const ProgramRun run = RunEarshot({"mic-check", "--serial", board.path(), "--baud", "57600"});
  EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
  EXPECT_THAT(run.out, HasSubstr(board.path() + ": 160000 samples in 10 parts"));
  const termios settings = board.Settings();
  EXPECT_EQ(cfgetospeed(&settings), static_cast<speed_t>(B57600));
  EXPECT_EQ(settings.c_lflag & (ICANON | ECHO | ISIG), 0u);
  EXPECT_EQ(settings.c_iflag & (ICRNL | IXON), 0u);
  EXPECT_EQ(settings.c_cflag & CSIZE, static_cast<tcflag_t>(CS8));
}

TEST(MicCheckSerialTest, ABoardThatSaysNothingIsFive) {
  const Board board([](int) { return std::string(); });
  const ProgramRun run = RunEarshot({"mic-check", "--serial", board.path(), "--timeout", "0.05"});
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_THAT(run.err, HasSubstr("no level line for 0.05 s. Is it the right port"));
}

TEST(MicCheckSerialTest, ABoardWithAnotherProgramIsFive) {
  const Board board([](int) { return std::string("{\"event\":\"detection\"}\n"); });
  const ProgramRun run = RunEarshot({"mic-check", "--serial", board.path(), "--timeout", "0.05"});
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_THAT(run.err, HasSubstr("no level line for 0.05 s; the last other one: "));
}

}  // namespace
}  // namespace earshot::host
