// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What every shipped model is measured on, and how `earshot evaluate` is called for it.
#pragma once

#include <string>
#include <vector>

#include "earshot/models/embedded_model.h"
#include "tests/host/program.h"
#include "tests/host/test_files.h"

namespace earshot::accuracy {

struct DataSet {
  const char* name;   // E.g. "corpus_stream".
  const char* title;  // For people.
  bool from_corpus;   // Of the larger test data; the others are in the repository.
  // Gates are what was recorded; otherwise the end of its interval: Opus decoders differ in
  // details from one version to the next, and scores near a threshold with them.
  bool is_exact;
  bool keeps_answers;  // Beside the figures, so that a gate names what changed.
  std::vector<const char*>
      gated;  // Metrics, where they were measured; "recall." means all of them.
};

// In the order of reports.
const std::vector<DataSet>& DataSets();

// Whether the data set's recordings are on this machine.
bool IsThere(const DataSet& data_set);

// Runs `earshot evaluate --model <model> ... <more>` on the data set, which must be there, in a
// folder such that the paths in answers are the same on every machine. `said_in_speech`: words with
// which a sentence is none without keywords. Throws std::runtime_error when the data cannot be
// prepared.
host::ProgramRun EvaluateOn(const DataSet& data_set, const EmbeddedModel& model,
                            const std::vector<std::string>& said_in_speech,
                            const std::vector<std::string>& more);

// The labels that are no background.
std::vector<std::string> Keywords(const EmbeddedModel& model);

}  // namespace earshot::accuracy
