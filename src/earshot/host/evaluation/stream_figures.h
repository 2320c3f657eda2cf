// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// From kept scores and event lists to the figures of streams. The recognizer is the real one, fed
// again with what the model once answered, so that any setting of it can be tried in no time.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

// What the recognizer made of one inference.
struct ReplayStep {
  size_t recording;  // Index into StreamFigures::recordings.
  size_t index;      // Of the inference, in KeptScores.
  CommandRecognizer::Result result;
  const CommandRecognizer& recognizer;  // As it is after this inference.
};

// Feeds the real recognizer with everything that was heard; `use` sees each step, by recording and
// time. Each recording finds a fresh recognizer, except where `heard` is continuous. Throws
// ModelError: no recognizer can be so configured.
void ReplaySteps(const StreamFigures& heard, const RecognizerConfig& recognizer,
                 const std::function<void(const ReplayStep&)>& use);

// A keyword that the recognizer announced.
struct Announcement {
  size_t recording = 0;  // Index into StreamFigures::recordings.
  int64_t time_ms = 0;   // Since the beginning of that recording; maybe in the silence behind it.
  size_t label = 0;
  uint8_t score = 0;  // Q0.8, averaged.
};

// What a recognizer announces, by recording and time. Otherwise as ReplaySteps().
std::vector<Announcement> Replay(const StreamFigures& heard, const RecognizerConfig& recognizer);

// Which announcement belongs to which word.
struct Matches {
  std::vector<StreamEvent> events;  // As given, with their outcomes.
  std::vector<FalseAccept> false_accepts;
};

// Each keyword's event takes at most one announcement: first all hits are found, among what is left
// late ones, then wrong ones (Outcome says what they are; all ends of time are included). Where an
// announcement fits several events, it belongs to the one whose time is over first, which leaves
// the most matches to the others. Announcements that are left are false accepts, a word's second
// announcement as well.
//
// Preconditions: both are ordered by recording, events then by start, announcements by time.
Matches MatchAnnouncements(std::vector<StreamEvent> events,
                           const std::vector<Announcement>& announcements);

// Replays `figures` (recordings, hours and events are given) and fills in all the rest. Throws
// ModelError as Replay() does.
void MeasureStreams(const RecognizerConfig& recognizer, size_t label_count, StreamFigures* figures);

// The detection error tradeoff by rising thresholds: every fourth, and the recognizer's own. The
// release threshold is scaled along, rounded to the nearest, at least 1. `streams` and `negatives`
// may be null; without keyword events in the streams there is no curve. By `jobs` threads. Throws
// ModelError as Replay() does.
std::vector<DetPoint> DetCurve(const RecognizerConfig& recognizer, const StreamFigures* streams,
                               const StreamFigures* negatives, size_t jobs);

// The recognizer with another threshold, as DetCurve() has it.
RecognizerConfig WithThreshold(const RecognizerConfig& recognizer, uint8_t threshold);

}  // namespace earshot::host
