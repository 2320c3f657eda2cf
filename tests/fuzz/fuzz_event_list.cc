// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as each of the lists that a user gives: the event list of a stream, clips, negatives,
// saved answers, labels, paths.

#include <fstream>
#include <string>
#include <vector>

#include "earshot/host/audio/path_list.h"
#include "earshot/host/errors.h"
#include "earshot/host/evaluation/data_sets.h"
#include "earshot/host/evaluation/saved_answers.h"
#include "earshot/host/models/label_list.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/scratch_file.h"

namespace earshot::host {
namespace {

void CheckStreams(const EvaluationData& data) {
  for (const LabelledStream& stream : data.streams) {
    double before = 0;
    for (const SaidWord& word : stream.words) {
      test::Require(!word.word.empty() && word.line > 1, "a word has a name and a line");
      test::Require(before <= word.start && word.start <= word.end, "words are sorted by time");
      before = word.start;
    }
  }
}

void TryLists(Span<const uint8_t> bytes) {
  static const test::ScratchFolder folder;
  static const std::string recording = folder.Write("stream.wav", {});
  const std::string list = folder.Write("stream.csv", bytes);
  EvaluationData data;
  AddStreams(recording, &data);
  CheckStreams(data);
  AddClips(list, &data);
  AddNegatives(list, &data);
  CountRepeated(data);
  for (const LabelledClip& clip : data.clips) {
    test::Require(!clip.word.empty() && TargetOf(clip.word, {"silence", "unknown", "yes"}, 3) >= 0,
                  "a word that is no label is unknown");
  }
  for (const Unread& unread : data.unread) {
    test::Require(!unread.error.empty(), "what is not read has a reason");
  }
  try {
    const std::vector<SavedAnswer> answers = ReadAnswers(list);
    CompareAnswers(answers, answers);
    test::Require(CommonAnswers(answers, answers) <= answers.size(), "no more than all are common");
  } catch (const InputError&) {
    // It is no such file.
  }
  try {
    for (const std::string& label : LabelsOf({list})) {
      test::Require(!label.empty(), "a label has a name");
    }
  } catch (const UsageError&) {
    // It says wrong labels.
  } catch (const InputError&) {
    // It is no text.
  }
}

}  // namespace
}  // namespace earshot::host

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  earshot::host::TryLists({bytes, size});
  return 0;
}
