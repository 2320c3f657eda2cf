// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Words of data sets and labels of models that did not find each other.
#pragma once

#include <string>
#include <vector>

#include "earshot/host/evaluation/data_sets.h"

namespace earshot::host {

// One text for the clips and one for the streams, where there are any but none of some keyword: of
// which keywords, and which words there are that are no label, those first that are spelled like
// one of the keywords. `is_keyword`: one per label.
std::vector<std::string> UnmatchedTexts(const std::vector<std::string>& labels,
                                        const std::vector<bool>& is_keyword,
                                        const EvaluationData& data);

}  // namespace earshot::host
