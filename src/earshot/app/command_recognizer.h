// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CommandRecognizer: from a stream of scores to the words that were said.
//
// A model looks at about one second of audio and is asked many times a second, so one spoken word
// raises its score in many results in a row, and a single high score means little. The recognizer
// averages each label's score over a window of time and announces a label once when its average
// rises above a threshold.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/app/recognizer_config.h"
#include "earshot/app/score_history.h"
#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/runtime/arena.h"

namespace earshot {

// One announced word. Times are milliseconds since the start of the stream.
struct Detection {
  int32_t label;     // Index among the model's outputs.
  uint8_t score;     // Average over the window, Q0.8.
  int64_t start_ms;  // The word lies within [start_ms, end_ms], as well as the model can tell:
  int64_t end_ms;    // see CommandRecognizer::Process().
  int64_t time_ms;   // When it was decided.
};

class CommandRecognizer {
 public:
  static constexpr int kMaxLabels = 1024;

  // Where the memory must begin.
  static constexpr size_t kMemoryAlignment = kArenaAlignment;

  // Whether the label on top was announced, and if not, the first of these rules that kept it from
  // being announced; they are asked in this order.
  enum class Decision : uint8_t {
    kAnnounced,
    kTooFewResults,   // Fewer than minimum_count, or within less than a quarter of the window.
    kBelowThreshold,  // Its average is not above the threshold.
    kBackground,      // It is a background label.
    kNotRearmed,      // Its average has not been below release_threshold since it was announced.
    kSuppressed,      // It was announced less than suppression_ms ago.
    kGateClosed,      // See CloseGate(): it is announced when the gate opens, if it still can be.
    kWarmingUp,       // The time is before warm_up_ms: it is announced then, if it still can be.
  };

  // The label on top after each step.
  struct Result {
    int32_t label = -1;  // Highest average, the lower index where two are equal.
    uint8_t score = 0;   // Its average, Q0.8.
    Decision decision = Decision::kTooFewResults;

    bool is_new() const { return decision == Decision::kAnnounced; }  // Announced just now.
    // Whether a keyword's average is above the threshold, announced or not.
    bool is_heard() const {
      return decision == Decision::kAnnounced || decision > Decision::kBackground;
    }
  };

  // Unusable: to be assigned to by Create().
  CommandRecognizer() = default;

  // The memory that Create() needs for this configuration. `period_ms`: the time between two
  // results. 0 where Create() would refuse the configuration.
  static size_t RequiredBytes(const RecognizerConfig& config, int label_count, int period_ms);

  // `context_ms`: the length of audio that the model looks at for one result (only start_ms and
  // end_ms of a Detection depend on it). `memory` begins at a multiple of kMemoryAlignment, holds
  // at least RequiredBytes() and stays with the caller, who keeps it while the recognizer is used.
  //
  // kInvalidArgument: a number is outside its range, every label is background, memory is not
  //   aligned, or no history of this window and period could ever reach minimum_count.
  // kArenaTooSmall: found: memory's size; wanted: RequiredBytes().
  static Status Create(const RecognizerConfig& config, int label_count, int period_ms,
                       int context_ms, Span<uint8_t> memory, CommandRecognizer* recognizer);

  // Takes the model's answer for the audio that ends at `time_ms`: one Q0.8 score per label.
  // Results may come later or more often than every period_ms; when the history is full, the oldest
  // result makes room. O(labels). `*detection` is only written when result->is_new().
  //
  // Where the word was: each result in which a label is on top, with at least half of the score,
  // supports that label, and the audio behind it contains the word. So the word lies in what is
  // common to the latest run of such results (nothing else between them, and the audio of each
  // overlapping that of the next): from the start of the last one's audio to the end of the first
  // one's. Clamped to 0 <= start <= end; without any support within the averaging window it is the
  // audio behind the deciding result.
  //
  // kInvalidArgument: as many scores as labels are wanted; time_ms is negative or before the
  //   previous result. The state is as before.
  // kFailedPrecondition: Create() has not succeeded.
  Status Process(int64_t time_ms, Span<const uint8_t> scores, Result* result, Detection* detection);

  // A label's average score over the window, Q0.8, truncated. Preconditions: a result was processed
  // since Create() or Reset(); there is this label.
  uint8_t Average(size_t label) const { return history_.Average(label); }

  // From the next result on: nothing is announced while the gate is closed. For who hears by other
  // means that nobody speaks. It is open at first and after Reset().
  void CloseGate(bool is_closed) { gate_is_closed_ = is_closed; }

  // As freshly created.
  void Reset();

 private:
  // Times are kept as ages, before the latest result, which take half the room of times since the
  // start. Ages stay at this, 49 days, once they have reached it.
  static constexpr uint32_t kLongAgo = UINT32_MAX;

  struct LabelState {
    uint32_t run_first_age_ms;  // The latest run of supporting results: its first ...
    uint32_t run_last_age_ms;   // ... and its last.
    uint32_t announced_age_ms;
    bool is_armed;  // Not announced since its average was last below release_threshold.
  };

  void Allocate(int label_count, int period_ms, Arena& arena);
  Status CheckTime(int64_t time_ms) const;
  void GrowOlder(uint32_t elapsed_ms);
  void TrackSupport(uint32_t elapsed_ms, Span<const uint8_t> scores);
  bool HasEnoughEvidence() const;
  Decision Decide(const Result& top) const;
  Result Top() const;
  // The audio that the latest run of supporting results has in common; see Process().
  Detection MakeDetection(int64_t time_ms, const Result& result) const;

  // All zero until Create(): a static recognizer takes no room in flash.
  RecognizerConfig config_ = {0, 0, 0, 0, 0, 0, 0};
  int context_ms_ = 0;
  ScoreHistory history_;
  Span<LabelState> labels_;
  int64_t newest_ms_ = 0;        // Time of the previous result; -1: none ...
  int32_t supported_label_ = 0;  // ... and whom it supported; -1: nobody.
  bool gate_is_closed_ = false;
};

}  // namespace earshot
