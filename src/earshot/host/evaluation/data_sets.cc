// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/data_sets.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iostream>
#include <optional>
#include <set>

#include "earshot/host/audio/path_list.h"
#include "earshot/host/errors.h"
#include "earshot/host/files/csv.h"
#include "earshot/host/models/label_names.h"
#include "earshot/models/label_names.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

constexpr double kMostSeconds = 1e15;  // Far beyond any recording, in whatever unit.

// The rows of a list that has some. Throws InputError.
std::vector<CsvRow> RowsOf(const std::string& path, const std::vector<std::string>& columns) {
  std::vector<CsvRow> rows = ReadCsv(path, columns);
  if (rows.empty()) throw InputError("found no line below the header, wanted recordings");
  return rows;
}

std::string Beside(const std::string& file, const std::string& path) {
  return (fs::path(file).parent_path() / path).string();
}

// A path as it is, or all recordings below a directory; what is missing goes to `unread`.
std::vector<std::string> Recordings(const std::string& path, std::vector<Unread>* unread) {
  std::vector<std::string> recordings;
  for (PathEntry& entry : ExpandPaths({path}, {}, std::cin)) {
    if (entry.error.empty()) {
      recordings.push_back(std::move(entry.path));
    } else {
      unread->push_back({entry.path, entry.error});
    }
  }
  return recordings;
}

// Does `work`; an InputError of it goes to `unread`. Where its text is about `path`, or about a
// line of it ("<path>:<line>: <text>"), that is what could not be used.
void Guard(const std::string& path, std::vector<Unread>* unread,
           const std::function<void()>& work) {
  try {
    work();
  } catch (const InputError& error) {
    const std::string text = error.what();
    const size_t colon = text.find(": ", path.size());
    if (text.compare(0, path.size() + 1, path + ":") == 0 && colon != std::string::npos) {
      unread->push_back({text.substr(0, colon), text.substr(colon + 2)});
    } else {
      unread->push_back({path, text});
    }
  }
}

std::vector<SaidWord> ReadWords(const std::string& path) {
  std::vector<SaidWord> words;
  for (const CsvRow& row : ReadCsv(path, {"label", "start", "end"})) {
    SaidWord word;
    word.word = WithoutBlanks(row.cells[0]);
    word.line = row.line;
    word.start = CsvNumber(row.cells[1], path, row.line);
    word.end = CsvNumber(row.cells[2], path, row.line);
    if (word.word.empty() || word.start < 0 || word.end < word.start || word.end > kMostSeconds) {
      throw InputError(fmt::format(
          "{}:{}: found \"{}\" from {} to {}, wanted a label with 0 <= start <= end <= {} s", path,
          row.line, word.word, word.start, word.end, kMostSeconds));
    }
    words.push_back(std::move(word));
  }
  std::stable_sort(words.begin(), words.end(),
                   [](const SaidWord& a, const SaidWord& b) { return a.start < b.start; });
  return words;
}

void AddClipFolders(const std::string& path, EvaluationData* data) {
  const fs::path root(path);
  const size_t before = data->clips.size();
  for (std::string& recording : Recordings(path, &data->unread)) {
    const fs::path inside = fs::path(recording).lexically_relative(root);
    if (std::distance(inside.begin(), inside.end()) < 2) {
      data->unread.push_back({recording, "lies in no folder that says its label"});
      continue;
    }
    data->clips.push_back({std::move(recording), inside.begin()->string()});
  }
  if (data->clips.size() == before && data->unread.empty()) {
    data->unread.push_back({path, "no label folders in this directory"});
  }
}

}  // namespace

void AddClips(const std::string& path, EvaluationData* data) {
  std::error_code error;
  Guard(path, &data->unread, [&] {
    if (fs::is_directory(path, error)) return AddClipFolders(path, data);
    if (!fs::exists(path, error)) throw InputError("no such file or directory");
    if (!IsCsvName(path)) {
      throw InputError("wanted a directory of label folders or a .csv file with path,label");
    }
    for (CsvRow& row : RowsOf(path, {"path", "label"})) {
      std::string word = WithoutBlanks(row.cells[1]);
      if (row.cells[0].empty() || word.empty()) {
        data->unread.push_back({fmt::format("{}:{}", path, row.line), "wanted a path and a label"});
        continue;
      }
      data->clips.push_back({Beside(path, row.cells[0]), std::move(word)});
    }
  });
}

std::string EventListOf(const std::string& recording) {
  return fs::path(recording).replace_extension(".csv").string();
}

std::string FindEventList(const std::string& recording) {
  std::error_code error;
  const std::string usual = EventListOf(recording);
  const std::string capital = fs::path(recording).replace_extension(".CSV").string();
  return !fs::exists(usual, error) && fs::exists(capital, error) ? capital : usual;
}

bool IsCsvName(const std::string& path) {
  return IsSameName(fs::path(path).extension().string(), ".csv");
}

void AddStreams(const std::string& path, EvaluationData* data) {
  for (std::string& recording : Recordings(path, &data->unread)) {
    Guard(recording, &data->unread, [&] {
      const std::string events = FindEventList(recording);
      std::error_code error;
      const fs::file_status status = fs::status(events, error);
      if (!fs::exists(status)) {
        throw InputError(fmt::format("no event list {} (label,start,end) beside it", events));
      }
      // Nobody has named it, so nobody may be there to write to a pipe.
      if (fs::is_fifo(status) || fs::is_character_file(status)) {
        throw InputError(fmt::format("{}: is a pipe or device, wanted a file", events));
      }
      data->event_lists.push_back(events);
      LabelledStream stream;
      stream.words = ReadWords(events);
      stream.path = recording;
      data->streams.push_back(std::move(stream));
    });
  }
}

void AddNegatives(const std::string& path, EvaluationData* data) {
  std::error_code error;
  if (!IsCsvName(path) || fs::is_directory(path, error)) {
    for (std::string& recording : Recordings(path, &data->unread)) {
      data->negatives.push_back(std::move(recording));
    }
    return;
  }
  Guard(path, &data->unread, [&] {
    for (const CsvRow& row : RowsOf(path, {"path"})) {
      data->negatives.push_back(Beside(path, row.cells[0]));
    }
  });
}

size_t CountRepeated(const EvaluationData& data) {
  size_t repeated = 0;
  std::set<fs::path> seen;
  const auto look = [&](const std::string& path) {
    std::error_code error;
    const fs::path file = fs::weakly_canonical(path, error);
    if (!error && !seen.insert(file).second) ++repeated;
  };
  for (const LabelledClip& clip : data.clips) look(clip.path);
  seen.clear();
  for (const LabelledStream& stream : data.streams) look(stream.path);
  for (const std::string& path : data.negatives) look(path);
  return repeated;
}

int TargetOf(const std::string& word, const std::vector<std::string>& labels,
             uint32_t background_labels) {
  if (const std::optional<size_t> own = FindLabel(labels, word)) return static_cast<int>(*own);
  int silence = -1;
  int unknown = -1;  // By its name, or at least no silence.
  int other = -1;
  const std::vector<LabelKind> kinds = LabelKinds(labels, background_labels);
  for (int i = static_cast<int>(labels.size()) - 1; i >= 0; --i) {
    const auto label = static_cast<size_t>(i);
    if (kinds[label] == LabelKind::kSilence) silence = i;
    if (kinds[label] != LabelKind::kOtherBackground) continue;
    (IsBackgroundName(labels[label]) ? unknown : other) = i;
  }
  if (IsSilence(word) && silence >= 0) return silence;
  return unknown >= 0 ? unknown : other;
}

void AddFlaws(const std::string& path, const SoundFlaws& flaws, std::vector<Unread>* unread) {
  if (!flaws.note.empty()) unread->push_back({path, flaws.note, UnreadPart::kNone});
  if (!flaws.error.empty()) unread->push_back({path, flaws.error, UnreadPart::kSome});
}

}  // namespace earshot::host
