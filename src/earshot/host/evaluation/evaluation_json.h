// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// An evaluation as one JSON object, version 1: docs/evaluation.md lists its fields.
#pragma once

#include <string>

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

// One line. Bytes that are no UTF-8 become U+FFFD; what was not measured is null.
std::string EvaluationJson(const Evaluation& evaluation);

}  // namespace earshot::host
