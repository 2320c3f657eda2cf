// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mixing/speech_track.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "earshot/host/errors.h"
#include "earshot/host/evaluation/data_sets.h"
#include "earshot/host/files/csv.h"
#include "earshot/host/mixing/gain.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

constexpr uint32_t kSpeech = 4;  // What Random is for; see there.

// In small letters, and with blanks between words whatever is there in a label.
std::string Lowered(std::string text) {
  for (char& letter : text) {
    const bool is_blank = letter == '_' || letter == '-';
    letter = is_blank ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return text;
}

bool IsPartOfWord(const std::string& text, size_t at) {
  return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0;
}

}  // namespace

bool ContainsWord(const std::string& text, const std::string& word) {
  const std::string where = Lowered(text);
  const std::string what = Lowered(word);
  for (size_t at = where.find(what); at != std::string::npos; at = where.find(what, at + 1)) {
    const bool begins = at == 0 || !IsPartOfWord(where, at - 1);
    if (begins && !IsPartOfWord(where, at + what.size())) return true;
  }
  return false;
}

SpeechTrack::SpeechTrack(const std::vector<std::string>& sources,
                         const std::vector<std::string>& keywords, double level_dbfs, uint64_t seed,
                         BadFiles* bad, int channel)
    : level_dbfs_(level_dbfs), random_(seed, kSpeech), bad_(bad), channel_(channel) {
  std::vector<std::string> paths;
  for (const std::string& source : sources) {
    if (IsCsvName(source) && !fs::is_directory(source)) {
      AddCsv(source, keywords, &paths);
      continue;
    }
    EvaluationData data;
    AddNegatives(source, &data);
    paths.insert(paths.end(), data.negatives.begin(), data.negatives.end());
    for (const Unread& unread : data.unread) bad->Tell(unread.path, unread.error);
  }
  paths_ = Deck<std::string>(paths);
}

void SpeechTrack::AddCsv(const std::string& path, const std::vector<std::string>& keywords,
                         std::vector<std::string>* paths) {
  for (const CsvRow& row : ReadCsv(path, {"path"}, {"text"})) {
    const bool has_keyword = std::any_of(
        keywords.begin(), keywords.end(),
        [&row](const std::string& keyword) { return ContainsWord(row.cells[1], keyword); });
    (has_keyword ? left_out_ : *paths)
        .push_back((fs::path(path).parent_path() / row.cells[0]).string());
  }
}

std::unique_ptr<RecordingPlayer> SpeechTrack::Next() {
  while (!paths_.empty()) {
    const std::string path = paths_.Draw(&random_);
    try {
      const PartSurvey survey = Survey({path, 0, 1, channel_});
      bad_->Tell(path, survey.flaws);
      return std::make_unique<RecordingPlayer>(RecordingPart{path, 0, 1, channel_}, survey,
                                               GainTo(level_dbfs_, survey.rms));
    } catch (const InputError& error) {
      bad_->Tell(path, error.what());
      paths_.Drop();
    }
  }
  return nullptr;
}

}  // namespace earshot::host
