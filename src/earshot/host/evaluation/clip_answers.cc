// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/clip_answers.h"

#include <utility>

#include "earshot/host/classification/classifier_crew.h"
#include "earshot/host/classification/ordered_batch.h"
#include "earshot/host/console/progress.h"

namespace earshot::host {

std::vector<ClipRecord> AnswerClips(const KeywordModel& model,
                                    const std::vector<LabelledClip>& clips, size_t jobs,
                                    bool visible_progress, bool hears_end, int channel,
                                    std::vector<Unread>* unread) {
  ClassifierCrew crew(model, jobs, hears_end);
  Progress progress(clips.size(), visible_progress);
  std::vector<ClipRecord> records;
  const auto work = [&](size_t worker, size_t i) {
    return crew.classifier(worker).Classify(clips[i].path, ClassifyMode::kClip, channel);
  };
  const auto emit = [&](size_t i, RecordingResult result) {
    progress.Update(i + 1);
    if (!result.error.empty()) {
      unread->push_back({clips[i].path, result.error});
      return;
    }
    AddFlaws(clips[i].path, result.flaws, unread);
    ClipRecord record;
    record.path = clips[i].path;
    record.word = clips[i].word;
    record.target =
        TargetOf(record.word, model.labels(), model.config().recognizer.background_labels);
    if (result.clip->label) record.heard = static_cast<int>(*result.clip->label);
    record.score = result.clip->score;
    record.scores = std::move(result.clip->scores);
    records.push_back(std::move(record));
  };
  RunOrdered<RecordingResult>(clips.size(), jobs, work, emit);
  return records;
}

}  // namespace earshot::host
