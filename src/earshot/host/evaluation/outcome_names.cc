// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/outcome_names.h"

namespace earshot::host {
namespace {

struct Names {
  const char* name;
  const char* text;
};

Names NamesOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kHit:
      return {"hit", "found"};
    case Outcome::kLate:
      return {"late", "late"};
    case Outcome::kWrong:
      return {"wrong", "wrong word"};
    case Outcome::kMiss:
      return {"miss", "missed"};
    case Outcome::kFalseAccept:
      return {"false_accept", "false accept"};
  }
  return {"", ""};
}

}  // namespace

const char* OutcomeName(Outcome outcome) { return NamesOf(outcome).name; }

const char* OutcomeText(Outcome outcome) { return NamesOf(outcome).text; }

}  // namespace earshot::host
