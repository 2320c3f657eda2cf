// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A model's answers to labelled clips.
#pragma once

#include <cstddef>
#include <vector>

#include "earshot/host/evaluation/data_sets.h"
#include "earshot/host/evaluation/results.h"
#include "earshot/host/models/keyword_model.h"

namespace earshot::host {

// Answers each clip as `earshot classify --mode clip` does, on up to `jobs` threads (at least 1);
// the order of the clips is kept. Clips that cannot be read go to `unread`. `visible_progress`: a
// bar on standard error. `hears_end`: as Classifier(). `channel`: as AudioFile(). Throws ModelError
// when the model does not run.
std::vector<ClipRecord> AnswerClips(const KeywordModel& model,
                                    const std::vector<LabelledClip>& clips, size_t jobs,
                                    bool visible_progress, bool hears_end, int channel,
                                    std::vector<Unread>* unread);

}  // namespace earshot::host
