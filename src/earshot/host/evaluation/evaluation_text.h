// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// An evaluation as text for people.
#pragma once

#include <string>

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

// The models side by side, then the labels of each: recall, precision, confusion.
std::string EvaluationText(const Evaluation& evaluation);

}  // namespace earshot::host
