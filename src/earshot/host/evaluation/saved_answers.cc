// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/saved_answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "earshot/app/units.h"
#include "earshot/host/errors.h"
#include "earshot/host/files/csv.h"
#include "earshot/host/files/output_file.h"

namespace earshot::host {
namespace {

using Kind = SavedAnswer::Kind;

constexpr char kAnswersHeader[] = "model,kind,path,label,time,heard,score,outcome";
constexpr std::array<const char*, 4> kKindNames = {"clip", "recording", "event", "false_accept"};
constexpr double kSameAcceptSeconds = 0.5;
// Outcomes beside those of events and false accepts, which OutcomeName() names; kWrong is one of
// events, too.
constexpr char kRight[] = "right";
constexpr char kWrong[] = "wrong";
constexpr char kHeard[] = "heard";

void AddStreamAnswers(const ModelFigures& model, const StreamFigures& streams,
                      std::vector<SavedAnswer>* answers) {
  for (const StreamRecording& recording : streams.recordings) {
    SavedAnswer answer;
    answer.model = model.name;
    answer.kind = Kind::kRecording;
    answer.path = recording.path;
    answer.outcome = kHeard;
    answers->push_back(std::move(answer));
  }
  for (const StreamEvent& event : streams.events) {
    if (event.target >= 0) answers->push_back(AnswerOf(model, streams, event));
  }
  for (const FalseAccept& accept : streams.false_accepts) {
    answers->push_back(AnswerOf(model, streams, accept));
  }
}

std::string Row(const SavedAnswer& answer) {
  // Three digits tell all 8-bit scores apart.
  return fmt::format("{},{},{},{},{},{},{:.3f},{}\n", CsvCell(answer.model),
                     kKindNames[static_cast<size_t>(answer.kind)], CsvCell(answer.path),
                     CsvCell(answer.word), answer.time, CsvCell(answer.heard), answer.score,
                     answer.outcome);
}

// Of clips, recordings, events and false accepts.
std::vector<std::string> OutcomeTexts() {
  std::vector<std::string> texts = {kRight, kWrong, kHeard};
  for (const Outcome outcome :
       {Outcome::kHit, Outcome::kLate, Outcome::kMiss, Outcome::kFalseAccept}) {
    texts.emplace_back(OutcomeName(outcome));
  }
  return texts;
}

bool IsOutcome(const std::string& text) {
  const std::vector<std::string> texts = OutcomeTexts();
  return std::count(texts.begin(), texts.end(), text) > 0;
}

// What is the same for the same clip, recording or event.
std::string Key(const SavedAnswer& answer) {
  return fmt::format("{}\n{}\n{}\n{:.3f}", static_cast<int>(answer.kind), answer.path, answer.word,
                     answer.time);
}

ChangedAnswer Change(const SavedAnswer& answer, const std::string& before, const std::string& now,
                     bool is_better) {
  return {WhichText(answer), before, now, is_better};
}

// The false accepts of `answers` in recordings that were also heard for `others`.
std::vector<SavedAnswer> ComparableAccepts(const std::vector<SavedAnswer>& answers,
                                           const std::vector<SavedAnswer>& others) {
  std::set<std::string> heard;
  for (const SavedAnswer& other : others) {
    if (other.kind == Kind::kRecording) heard.insert(other.path);
  }
  std::vector<SavedAnswer> accepts;
  std::copy_if(answers.begin(), answers.end(), std::back_inserter(accepts),
               [&heard](const SavedAnswer& answer) {
                 return answer.kind == Kind::kFalseAccept && heard.count(answer.path) > 0;
               });
  return accepts;
}

void CompareAccepts(const std::vector<SavedAnswer>& before, const std::vector<SavedAnswer>& now,
                    std::vector<ChangedAnswer>* changes) {
  std::vector<SavedAnswer> gone = ComparableAccepts(before, now);
  for (const SavedAnswer& accept : ComparableAccepts(now, before)) {
    const auto same =
        std::find_if(gone.begin(), gone.end(), [&accept](const SavedAnswer& candidate) {
          return candidate.path == accept.path && candidate.heard == accept.heard &&
                 std::abs(candidate.time - accept.time) <= kSameAcceptSeconds;
        });
    if (same != gone.end()) {
      gone.erase(same);
    } else {
      changes->push_back(Change(accept, "nothing", HeardText(accept), false));
    }
  }
  for (const SavedAnswer& accept : gone) {
    changes->push_back(Change(accept, HeardText(accept), "nothing", true));
  }
}

}  // namespace

SavedAnswer AnswerOf(const ModelFigures& model, const ClipRecord& clip) {
  SavedAnswer answer;
  answer.model = model.name;
  answer.path = clip.path;
  answer.word = clip.word;
  if (clip.heard >= 0) answer.heard = model.labels[static_cast<size_t>(clip.heard)];
  answer.score = ScoreOf(clip.score);
  answer.outcome = IsRight(clip, model.is_keyword) ? kRight : kWrong;
  return answer;
}

SavedAnswer AnswerOf(const ModelFigures& model, const StreamFigures& streams,
                     const StreamEvent& event) {
  SavedAnswer answer;
  answer.model = model.name;
  answer.kind = Kind::kEvent;
  answer.path = streams.recordings[event.recording].path;
  answer.word = event.word;
  answer.time = event.start;
  if (event.heard >= 0) answer.heard = model.labels[static_cast<size_t>(event.heard)];
  answer.score = ScoreOf(event.score);
  answer.outcome = OutcomeName(event.outcome);
  return answer;
}

SavedAnswer AnswerOf(const ModelFigures& model, const StreamFigures& streams,
                     const FalseAccept& accept) {
  SavedAnswer answer;
  answer.model = model.name;
  answer.kind = Kind::kFalseAccept;
  answer.path = streams.recordings[accept.recording].path;
  answer.word = accept.during;
  answer.time = accept.time;
  answer.heard = model.labels[accept.label];
  answer.score = ScoreOf(accept.score);
  answer.outcome = OutcomeName(Outcome::kFalseAccept);
  return answer;
}

std::vector<SavedAnswer> AnswersOf(const ModelFigures& model) {
  std::vector<SavedAnswer> answers;
  if (model.clips) {
    for (const ClipRecord& clip : model.clips->clips) answers.push_back(AnswerOf(model, clip));
  }
  if (model.streams) AddStreamAnswers(model, *model.streams, &answers);
  if (model.negatives) AddStreamAnswers(model, *model.negatives, &answers);
  return answers;
}

std::string WhichText(const SavedAnswer& answer) {
  std::string text = answer.path;
  if (answer.kind != Kind::kClip) text += fmt::format(" at {:.2f} s", answer.time);
  if (!answer.word.empty()) text += fmt::format(" ({})", answer.word);
  return text;
}

std::string HeardText(const SavedAnswer& answer) {
  if (answer.kind == Kind::kClip) {
    return fmt::format("heard {} ({:.2f})",
                       answer.heard.empty() ? std::string(kNothingName) : "as " + answer.heard,
                       answer.score);
  }
  if (answer.kind == Kind::kFalseAccept) {
    return fmt::format("false accept of {} ({:.2f})", answer.heard, answer.score);
  }
  if (answer.outcome != "wrong") return answer.outcome;
  return fmt::format("heard as {} ({:.2f})", answer.heard, answer.score);
}

void WriteAnswers(const std::string& path, const std::vector<ModelFigures>& models) {
  std::string text = std::string(kAnswersHeader) + "\n";
  for (const ModelFigures& model : models) {
    for (const SavedAnswer& answer : AnswersOf(model)) text += Row(answer);
  }
  WriteFile(path, text);
}

std::vector<SavedAnswer> ReadAnswers(const std::string& path) {
  std::vector<SavedAnswer> answers;
  for (CsvRow& row :
       ReadCsv(path, {"model", "kind", "path", "label", "time", "heard", "score", "outcome"})) {
    const auto kind = std::find(kKindNames.begin(), kKindNames.end(), row.cells[1]);
    if (kind == kKindNames.end()) {
      throw InputError(fmt::format("{}:{}: found the kind \"{}\", wanted {}", path, row.line,
                                   row.cells[1], fmt::join(kKindNames, ", ")));
    }
    SavedAnswer answer;
    answer.model = std::move(row.cells[0]);
    answer.kind = static_cast<Kind>(kind - kKindNames.begin());
    answer.path = std::move(row.cells[2]);
    answer.word = std::move(row.cells[3]);
    answer.time = CsvNumber(row.cells[4], path, row.line);
    answer.heard = std::move(row.cells[5]);
    answer.score = CsvNumber(row.cells[6], path, row.line);
    answer.outcome = std::move(row.cells[7]);
    if (!IsOutcome(answer.outcome)) {
      throw InputError(fmt::format("{}:{}: found the outcome \"{}\", wanted {}", path, row.line,
                                   answer.outcome, fmt::join(OutcomeTexts(), ", ")));
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

std::vector<ChangedAnswer> CompareAnswers(const std::vector<SavedAnswer>& before,
                                          const std::vector<SavedAnswer>& now) {
  std::map<std::string, const SavedAnswer*> old;
  for (const SavedAnswer& answer : before) old[Key(answer)] = &answer;
  std::vector<ChangedAnswer> changes;
  for (const SavedAnswer& answer : now) {
    if (answer.kind != Kind::kClip && answer.kind != Kind::kEvent) continue;
    const auto found = old.find(Key(answer));
    if (found == old.end() || found->second->is_good() == answer.is_good()) continue;
    changes.push_back(
        Change(answer, HeardText(*found->second), HeardText(answer), answer.is_good()));
  }
  CompareAccepts(before, now, &changes);
  return changes;
}

size_t CommonAnswers(const std::vector<SavedAnswer>& before, const std::vector<SavedAnswer>& now) {
  std::set<std::string> keys;
  for (const SavedAnswer& answer : before) keys.insert(Key(answer));
  const auto is_common = [&keys](const SavedAnswer& answer) {
    return answer.kind != Kind::kFalseAccept && keys.count(Key(answer)) > 0;
  };
  return static_cast<size_t>(std::count_if(now.begin(), now.end(), is_common));
}

std::vector<SavedAnswer> AnswersToCompare(const std::vector<SavedAnswer>& saved,
                                          const std::string& model, const std::string& path) {
  std::set<std::string> models;
  for (const SavedAnswer& answer : saved) models.insert(answer.model);
  if (models.size() <= 1) return saved;
  if (models.count(model) == 0) {
    throw InputError(fmt::format("{}: has answers of {}, wanted those of {}", path,
                                 fmt::join(models, ", "), model));
  }
  std::vector<SavedAnswer> answers;
  std::copy_if(saved.begin(), saved.end(), std::back_inserter(answers),
               [&model](const SavedAnswer& answer) { return answer.model == model; });
  return answers;
}

}  // namespace earshot::host
