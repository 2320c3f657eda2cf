// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// All answers of models as a CSV file, and what has changed since one was written.
#pragma once

#include <string>
#include <vector>

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

// One row of the file.
struct SavedAnswer {
  enum class Kind {
    kClip,         // A clip.
    kRecording,    // A stream or negative that was heard.
    kEvent,        // A keyword in a stream.
    kFalseAccept,  // An announcement without a keyword.
  };

  std::string model;
  Kind kind = Kind::kClip;
  std::string path;
  std::string word;     // What was said; of a false accept: while it was announced.
  double time = 0;      // Of an event its start, of a false accept its time, in seconds.
  std::string heard;    // A label; empty: nothing.
  double score = 0;     // Of what was heard, from 0 to 1; of a clip of nothing: the highest.
  std::string outcome;  // Of a clip "right" or "wrong", of a recording "heard", else OutcomeName().

  bool is_good() const { return outcome == "right" || outcome == "hit"; }
};

// Clips are right as IsRight() says. Preconditions: they belong to
// `model`.
SavedAnswer AnswerOf(const ModelFigures& model, const ClipRecord& clip);
SavedAnswer AnswerOf(const ModelFigures& model, const StreamFigures& streams,
                     const StreamEvent& event);
SavedAnswer AnswerOf(const ModelFigures& model, const StreamFigures& streams,
                     const FalseAccept& accept);

// Clips; recordings, keywords and false accepts of streams; then those of negatives.
std::vector<SavedAnswer> AnswersOf(const ModelFigures& model);

// Which clip or word, e.g. "yes/a.wav (yes)" or "walk.wav at 3.20 s (yes)".
std::string WhichText(const SavedAnswer& answer);
// And what was heard, e.g. "heard as no (0.73)", "miss", "false accept of yes (0.85)".
std::string HeardText(const SavedAnswer& answer);

// A header line, then a row for each answer of each model. Throws InputError.
void WriteAnswers(const std::string& path, const std::vector<ModelFigures>& models);

// Throws InputError: cannot be read, or is no such file.
std::vector<SavedAnswer> ReadAnswers(const std::string& path);

// The answers that changed sides between good and bad, in the order of `now`, then false accepts
// that are gone. What only one of the two was asked does not count. A false accept is the same when
// it has the same label within half a second; otherwise it is a new one.
std::vector<ChangedAnswer> CompareAnswers(const std::vector<SavedAnswer>& before,
                                          const std::vector<SavedAnswer>& now);

// How many of the clips, events and recordings of `now` there are in `before`, too.
size_t CommonAnswers(const std::vector<SavedAnswer>& before, const std::vector<SavedAnswer>& now);

// Those of `saved` that a model of this name is compared with: the answers of a model of that name,
// or all if they are of one model. Throws InputError "<path>: ...": neither.
std::vector<SavedAnswer> AnswersToCompare(const std::vector<SavedAnswer>& saved,
                                          const std::string& model, const std::string& path);

}  // namespace earshot::host
