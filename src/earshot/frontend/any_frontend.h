// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// AnyFrontend: the front end that some tables are of, where that is known only when they are there.
// Who uses it links both; images use the one that their models are for.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/frontend/frontend.h"
#include "earshot/frontend/log_mel_frontend.h"

namespace earshot {

// With kLogMelTables a LogMelFrontend, with all others a Frontend: every function is theirs.
class AnyFrontend {
 public:
  static constexpr size_t kMemoryAlignment = Frontend::kMemoryAlignment;

  AnyFrontend() = default;

  static size_t StateBytes(const FrontendTables& tables) {
    return IsLogMel(tables) ? LogMelFrontend::StateBytes(tables) : Frontend::StateBytes(tables);
  }
  static size_t WorkingBytes(const FrontendTables& tables) {
    return IsLogMel(tables) ? LogMelFrontend::WorkingBytes(tables) : Frontend::WorkingBytes(tables);
  }
  static size_t RequiredBytes(const FrontendTables& tables) {
    return StateBytes(tables) + WorkingBytes(tables);
  }

  static Status Create(const FrontendTables& tables, int32_t stride_samples, Span<uint8_t> state,
                       Span<uint8_t> working, AnyFrontend* frontend) {
    frontend->is_log_mel_ = IsLogMel(tables);
    return frontend->is_log_mel_
               ? LogMelFrontend::Create(tables, stride_samples, state, working, &frontend->log_mel_)
               : Frontend::Create(tables, stride_samples, state, working, &frontend->other_);
  }
  static Status Create(const FrontendTables& tables, int32_t stride_samples, Span<uint8_t> memory,
                       AnyFrontend* frontend) {
    frontend->is_log_mel_ = IsLogMel(tables);
    return frontend->is_log_mel_
               ? LogMelFrontend::Create(tables, stride_samples, memory, &frontend->log_mel_)
               : Frontend::Create(tables, stride_samples, memory, &frontend->other_);
  }

  using Result = Frontend::Result;
  Result Process(Span<const int16_t> samples) {
    return is_log_mel_ ? log_mel_.Process(samples) : other_.Process(samples);
  }
  void Reset() {
    if (is_log_mel_) {
      log_mel_.Reset();
    } else {
      other_.Reset();
    }
  }

  bool is_log_mel() const { return is_log_mel_; }
  int32_t channels() const { return is_log_mel_ ? log_mel_.channels() : other_.channels(); }
  int32_t window_samples() const {
    return is_log_mel_ ? log_mel_.window_samples() : other_.window_samples();
  }
  int32_t stride_samples() const {
    return is_log_mel_ ? log_mel_.stride_samples() : other_.stride_samples();
  }

 private:
  Frontend other_;
  LogMelFrontend log_mel_;
  bool is_log_mel_ = false;
};

}  // namespace earshot
