// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a model is measured on: labelled clips, streams with event lists, negatives.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

// A recording and what is said in it.
struct LabelledClip {
  std::string path;
  std::string word;
};

struct SaidWord {
  std::string word;
  double start = 0;  // Seconds.
  double end = 0;
  size_t line = 0;  // Of the event list.
};

struct LabelledStream {
  std::string path;
  std::vector<SaidWord> words;  // By start.
};

struct EvaluationData {
  std::vector<LabelledClip> clips;
  std::vector<LabelledStream> streams;
  std::vector<std::string> negatives;
  std::vector<std::string> event_lists;  // All that were read, also those that are of no use.
  std::vector<Unread> unread;            // What of all that is missing, and why.
};

// The functions below append to `data`; what cannot be used goes to data->unread, and the rest goes
// on.

// `path`: a directory of folders that are named like their words (clips may lie deeper inside
// them), or a CSV file with the columns path (relative to the file) and label. Sorted by path, or
// as the file has them.
void AddClips(const std::string& path, EvaluationData* data);

// `path`: a recording or a directory of recordings (all below it), each with a CSV file of the same
// name beside it: label,start,end.
void AddStreams(const std::string& path, EvaluationData* data);

// Where the event list of a recording is written.
std::string EventListOf(const std::string& recording);

// Where it is read: there, or where its ending is in capitals. Maybe nowhere.
std::string FindEventList(const std::string& recording);

// Whether the name ends like that of a CSV file, in upper or lower case.
bool IsCsvName(const std::string& path);

// `path`: a recording, a directory of recordings (all below it), or a CSV file with the column path
// (relative to the file).
void AddNegatives(const std::string& path, EvaluationData* data);

// How many recordings are there again: the same file as another clip, or as another one that is
// heard as a stream.
size_t CountRepeated(const EvaluationData& data);

// The model's label for a word of a data set; -1: none. Its own name (IsSameName()). For a name of
// silence, the label that is background and such a name, too; for everything else, and where there
// is none, the label that is background and "unknown" or the like. `background_labels`: as in
// RecognizerConfig.
int TargetOf(const std::string& word, const std::vector<std::string>& labels,
             uint32_t background_labels);

// What a recording that was heard lacks, as far as it lacks anything.
void AddFlaws(const std::string& path, const SoundFlaws& flaws, std::vector<Unread>* unread);

}  // namespace earshot::host
