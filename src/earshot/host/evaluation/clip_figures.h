// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// From a model's answers to clips to its figures.
#pragma once

#include <string>
#include <vector>

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

// `is_keyword`: one per label. Preconditions: targets and answers are labels or -1; each clip has a
// score for each label.
ClipFigures MeasureClips(std::vector<ClipRecord> clips, const std::vector<bool>& is_keyword);

}  // namespace earshot::host
