// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What an Outcome is called, for programs and for people.
#pragma once

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

// In JSON and CSV files and as a style class of the page: "hit", "late", "wrong", "miss",
// "false_accept".
const char* OutcomeName(Outcome outcome);

// In words: "found", "late", "wrong word", "missed", "false accept".
const char* OutcomeText(Outcome outcome);

}  // namespace earshot::host
