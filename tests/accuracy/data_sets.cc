// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/accuracy/data_sets.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <sstream>
#include <stdexcept>

#include "earshot/host/files/csv.h"
#include "tests/support/golden.h"

namespace earshot::accuracy {
namespace {

namespace fs = std::filesystem;

constexpr char kWords[] = "speech_commands/validation";
constexpr char kBackground[] = "noise/speech_commands_background";
constexpr char kEsc10[] = "noise/esc10";

// A path in the corpus. Precondition: the larger test data is there.
std::string InCorpus(const std::string& relative) {
  return fs::absolute(test::SharedPath("corpus/" + relative)).lexically_normal().string();
}

std::vector<std::string> FilesBelow(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// The stream that models/training/measure.py makes of the corpus, with the same settings: noise
// that is held out from training.
void MixStream(const EmbeddedModel& model, const std::string& stream) {
  std::string keywords;
  for (const std::string& word : Keywords(model)) keywords += (keywords.empty() ? "" : ",") + word;
  std::vector<std::string> arguments = {
      "mix",       "--words", InCorpus(kWords), "--keywords", keywords, "--snr", "10",
      "--minutes", "30",      "--seed",         "1",          "--out",  stream};
  for (const std::string& path : FilesBelow(InCorpus(kBackground))) {
    arguments.push_back("--noise=" + path + "@0.8-1");
  }
  for (const std::string& path : FilesBelow(InCorpus(kEsc10))) {
    const bool is_fold_5 = fs::path(path).filename().string().rfind("5-", 0) == 0;
    if (is_fold_5) arguments.push_back("--noise=" + path);
  }
  const host::ProgramRun run = host::RunEarshot(arguments);
  if (run.exit_code != 0) throw std::runtime_error("earshot mix: " + run.err);
}

// Lists the validation sentences of the corpus in which none of these words is said.
void ListSpeech(const std::vector<std::string>& left_out, const std::string& list) {
  const std::set<std::string> words(left_out.begin(), left_out.end());
  std::string rows = "path\n";
  for (const host::CsvRow& row : host::ReadCsv(InCorpus("running_speech_manifest.csv"),
                                               {"path", "split", "text", "keywords_in_text"})) {
    if (row.cells[1] != "validation") continue;
    std::string text = row.cells[2] + " " + row.cells[3];
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    std::istringstream said(text);
    bool is_left_out = false;
    for (std::string word; said >> word;) is_left_out = is_left_out || words.count(word) > 0;
    if (!is_left_out) rows += host::CsvCell(InCorpus(row.cells[0])) + "\n";
  }
  host::WriteText(list, rows);
}

}  // namespace

const std::vector<DataSet>& DataSets() {
  static const std::vector<DataSet> data_sets = {
      {"samples_clips", "audio_samples, clips", false, true, true, {"accuracy", "worse"}},
      {"samples_streams",
       "audio_samples, streams",
       false,
       true,
       true,
       {"found", "false_accepts_per_hour", "worse"}},
      {"corpus_clips",
       "Speech Commands, validation clips of words",
       true,
       true,
       true,
       {"accuracy", "recall.", "other_words_accepted"}},
      {"corpus_stream",
       "Speech Commands, validation words in noise at 10 dB, 30 minutes",
       true,
       false,
       true,
       {"found", "false_accepts_per_hour", "median_delay_ms"}},
      {"corpus_speech",
       "speechocean762, validation sentences without keywords",
       true,
       false,
       false,
       {"negatives_false_accepts_per_hour"}},
  };
  return data_sets;
}

bool IsThere(const DataSet& data_set) {
  if (!data_set.from_corpus) return true;
  return !test::SharedDir().empty() && fs::is_directory(InCorpus(kWords));
}

host::ProgramRun EvaluateOn(const DataSet& data_set, const EmbeddedModel& model,
                            const std::vector<std::string>& said_in_speech,
                            const std::vector<std::string>& more) {
  const host::TempDir scratch;
  const std::string name = data_set.name;
  std::string folder = scratch.path();
  std::vector<std::string> arguments = {"evaluate", "--quiet", "--model", model.name};
  if (name == "samples_clips") {
    folder = test::SourcePath("audio_samples");
    arguments.emplace_back("manifest.csv");
  } else if (name == "samples_streams") {
    folder = test::SourcePath("audio_samples");
    arguments.insert(arguments.end(), {"--stream", "streams"});
  } else if (name == "corpus_clips") {
    folder = InCorpus(kWords);
    arguments.emplace_back(".");
  } else if (name == "corpus_stream") {
    MixStream(model, scratch.Path("stream.wav"));
    arguments.insert(arguments.end(), {"--stream", "stream.wav"});
  } else {
    ListSpeech(said_in_speech, scratch.Path("speech.csv"));
    arguments.insert(arguments.end(), {"--negatives", "speech.csv"});
  }
  arguments.insert(arguments.end(), more.begin(), more.end());
  return host::RunEarshotIn(folder, arguments);
}

std::vector<std::string> Keywords(const EmbeddedModel& model) {
  std::vector<std::string> keywords;
  for (size_t i = 0; i < model.labels.size(); ++i) {
    const uint32_t background = model.config.recognizer.background_labels;
    if (i >= 32 || (background >> i & 1) == 0) keywords.emplace_back(model.labels[i]);
  }
  return keywords;
}

}  // namespace earshot::accuracy
