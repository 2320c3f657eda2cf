// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What `earshot evaluate` finds out about models. The table, JSON, JUnit and the HTML report are
// made of these structs; docs/evaluation.md defines every measure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "earshot/app/command_recognizer.h"
#include "earshot/host/formats/sound_flaws.h"

namespace earshot::host {

constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

// A measured number and its 95 % interval; all three are kNotMeasured where there was nothing to
// measure.
struct Estimate {
  double value = kNotMeasured;
  double low = kNotMeasured;
  double high = kNotMeasured;
  double count = 0;  // Of a share: the hits; of a rate: what was counted ...
  double total = 0;  // ... and out of how many, or in how many hours.
};

// ---- Clips -------------------------------------------------------------------------------------

// One clip and the model's answer to it.
struct ClipRecord {
  std::string path;
  std::string word;             // As the data set says: "yes", "cat", "_background_noise_".
  int target = -1;              // The model's label for that word; -1: it has none.
  int heard = -1;               // The label that the model answered; -1: nothing.
  uint8_t score = 0;            // Of that label; of nothing: the highest. Q0.8, as below.
  std::vector<uint8_t> scores;  // One per label.
};

// How often an other word was taken for a keyword.
struct OtherWord {
  std::string word;
  Estimate accepted;
};

struct ClipFigures {
  std::vector<ClipRecord> clips;  // In the order of the data sets.
  // [target][heard], one row and column per label, and maybe a last row and column for nothing
  // (-1): what the model has no label for, and what it answered with no label.
  std::vector<std::vector<size_t>> confusion;
  Estimate accuracy;           // IsRight() in all clips.
  Estimate balanced_accuracy;  // The mean of the recalls that were measured, nothing's included.
  // Of nothing: kNotMeasured where `confusion` has no such row. A keyword is what is wrong there.
  Estimate nothing_recall;
  Estimate nothing_precision;  // Clips of no label among those answered with nothing.
  // One per label.
  std::vector<Estimate> recall;
  std::vector<Estimate> precision;
  std::vector<Estimate> auc;       // The label's score: its clips against all others.
  Estimate other_words_accepted;   // Heard as any keyword.
  std::vector<OtherWord> by_word;  // By the low end of its interval, the worst first.
};

// ---- Streams -----------------------------------------------------------------------------------

// What a model answered while it heard a recording: all that a recognizer is fed with.
struct KeptScores {
  int64_t first_ms = 0;   // Where the audio of the first inference ends.
  int64_t period_ms = 0;  // From one inference to the next.
  size_t label_count = 0;
  std::vector<uint8_t> scores;    // Inference by inference, one per label, Q0.8.
  std::vector<bool> gate_closed;  // Inference by inference; empty: it never was.

  size_t count() const { return label_count == 0 ? 0 : scores.size() / label_count; }
  int64_t time_ms(size_t i) const { return first_ms + static_cast<int64_t>(i) * period_ms; }
  const uint8_t* at(size_t i) const { return scores.data() + i * label_count; }
};

struct StreamRecording {
  std::string path;
  SoundFlaws flaws;
  double seconds = 0;
  KeptScores kept;  // Maybe of the silence behind its end as well.
};

enum class Outcome {
  kHit,          // Announced between its start and kFoundSeconds after its end.
  kLate,         // Announced in the kLateSeconds after that. Not found.
  kWrong,        // Only another keyword was announced while it could have been found.
  kMiss,         // Nothing was announced.
  kFalseAccept,  // Only of detections: announced without a word.
};

// In JSON and CSV files and as a style class of the page.
inline const char* OutcomeName(Outcome outcome) {
  constexpr const char* kNames[] = {"hit", "late", "wrong", "miss", "false_accept"};
  return kNames[static_cast<size_t>(outcome)];
}

// For people.
inline const char* OutcomeText(Outcome outcome) {
  constexpr const char* kTexts[] = {"found", "late", "wrong word", "missed", "false accept"};
  return kTexts[static_cast<size_t>(outcome)];
}

constexpr double kFoundSeconds = 1.0;
constexpr double kLateSeconds = 1.0;

// A word that was said in a stream.
struct StreamEvent {
  size_t recording = 0;  // Index into StreamFigures::recordings.
  std::string word;
  int target = -1;   // The keyword's label; -1: an other word, which has no outcome.
  double start = 0;  // Seconds since the beginning of the recording, as are all times below.
  double end = 0;
  Outcome outcome = Outcome::kMiss;
  // Of the announcement that decided the outcome; of a miss there is none.
  int heard = -1;
  double time = kNotMeasured;   // No later than the recording's end ...
  double delay = kNotMeasured;  // ... but this goes on. From `end`; negative: before it.
  uint8_t score = 0;            // Q0.8, averaged.
};

struct FalseAccept {
  size_t recording = 0;
  double time = 0;
  size_t label = 0;
  uint8_t score = 0;
  std::string during;  // The word that was being said (up to kFoundSeconds after it); empty: none.
};

// Of recordings with events, or of those without any keyword (negatives), which have no events.
struct StreamFigures {
  std::vector<StreamRecording> recordings;
  bool is_continuous = false;  // Heard one after the other, without a reset between them.
  double hours = 0;
  std::vector<StreamEvent> events;  // Other words included; by recording and time.
  std::vector<FalseAccept> false_accepts;
  Estimate found;                        // Hits among keyword events.
  std::vector<Estimate> found_by_label;  // One per label; kNotMeasured for background.
  size_t late = 0;
  size_t wrong = 0;
  Estimate false_accepts_per_hour;
  Estimate median_delay_ms;  // Of hits.
  double p90_delay_ms = kNotMeasured;
};

// One point of the detection error tradeoff: the recognizer with another threshold, its release
// threshold scaled along.
struct DetPoint {
  uint8_t threshold = 0;                         // Q0.8.
  double miss = 0;                               // Share of keywords not found in the streams.
  double false_accepts_per_hour = kNotMeasured;  // Streams and negatives together.
  double streams_false_accepts_per_hour = kNotMeasured;  // Each alone; kNotMeasured: not given.
  double negatives_false_accepts_per_hour = kNotMeasured;
};

// ---- Explanations: what the scores did around each event and each false accept -----------------

struct TimelineRow {
  double time = 0;
  std::vector<uint8_t> scores;    // The model's, one per label, Q0.8.
  std::vector<uint8_t> averages;  // The recognizer's.
  size_t top = 0;                 // The label with the highest average.
  CommandRecognizer::Decision decision = CommandRecognizer::Decision::kTooFewResults;
};

struct Explanation {
  Outcome outcome = Outcome::kMiss;
  bool is_negative = false;  // Of ModelFigures::negatives, not ::streams.
  size_t recording = 0;      // Index into that StreamFigures::recordings.
  size_t index = 0;          // Into its false_accepts (kFalseAccept), otherwise into its events.
  double start = 0;          // The part of the recording that is shown: 2 s to either side.
  double end = 0;
  std::vector<TimelineRow> rows;
  std::string why;  // One sentence: what was announced, or what kept the word from being announced.
};

// ---- All together ------------------------------------------------------------------------------

// What stands for -1 in tables and names of figures: no label, no word.
constexpr char kNothingName[] = "nothing";

struct GateResult {
  std::string expression;  // As given.
  std::string metric;
  Estimate found;
  bool passed = false;
  std::vector<std::string> wrong;  // Unless passed: the answers behind it, a line for each.
};

// An answer that is not what it was in the answers compared with (--compare).
struct ChangedAnswer {
  std::string what;  // Which clip, event or false accept.
  std::string before;
  std::string now;
  bool is_better = false;
};

struct ModelFigures {
  std::string name;
  std::vector<std::string> labels;  // The model's outputs, in its order.
  std::vector<bool> is_keyword;     // One per label; the others are background.
  RecognizerConfig recognizer;      // What streams were heard with.
  int32_t period_ms = 0;            // Between two inferences.
  std::optional<ClipFigures> clips;
  std::optional<StreamFigures> streams;
  std::optional<StreamFigures> negatives;
  std::vector<DetPoint> det;              // By rising threshold; empty without keyword events.
  std::vector<Explanation> explanations;  // Only when asked for. Events first, then false accepts.
  std::vector<GateResult> gates;
  bool is_compared = false;            // Whether any answer was compared with an earlier one.
  std::vector<ChangedAnswer> changes;  // Only with --compare.
};

// Whether a clip has the right answer: its label, or where it has none, no keyword. `is_keyword`:
// as in ModelFigures.
inline bool IsRight(const ClipRecord& clip, const std::vector<bool>& is_keyword) {
  if (clip.target >= 0) return clip.target == clip.heard;
  return clip.heard < 0 || !is_keyword[static_cast<size_t>(clip.heard)];
}

// The name of a label of ModelFigures::labels; of -1: kNothingName.
inline std::string LabelText(const std::vector<std::string>& labels, int label) {
  return label < 0 ? std::string(kNothingName) : labels[static_cast<size_t>(label)];
}

// A recording, data set or event list that could not be used.
enum class UnreadPart {
  kAll,   // Nothing of it is measured.
  kSome,  // Damaged: measured as far as it can be heard.
  kNone,  // A note: the header promises more than there is, or mixing channels loses sound.
};

struct Unread {
  std::string path;
  std::string error;
  UnreadPart part = UnreadPart::kAll;
};

struct Evaluation {
  std::vector<ModelFigures> models;
  std::vector<Unread> unread;
  int channel = 0;            // Which was heard, as AudioFile() takes it.
  std::vector<Unread> notes;  // Those of UnreadPart::kNone.
};

}  // namespace earshot::host
