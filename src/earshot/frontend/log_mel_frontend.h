// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LogMelFrontend: 16-bit PCM in, log filterbank energies out, as MLPerf Tiny's streaming wake word
// defines them.
//
// It has no noise estimate and no automatic gain: a frame's features are those of its samples and
// the one before them. In integers, within 0.0004 of what double precision gives.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/frontend/frontend.h"
#include "earshot/frontend/log_mel_tables.h"
#include "earshot/frontend/window.h"

namespace earshot {

class LogMelFrontend {
 public:
  // Where memory given to Create() must begin.
  static constexpr size_t kMemoryAlignment = Frontend::kMemoryAlignment;

  // Unusable until Create() has filled it.
  LogMelFrontend() = default;

  // As in Frontend: state lives from frame to frame, working memory only inside of Process().
  // `tables`: kLogMelTables, here and below.
  static size_t StateBytes(const FrontendTables& tables);
  static size_t WorkingBytes(const FrontendTables& tables);
  // For both in one block.
  static size_t RequiredBytes(const FrontendTables& tables);

  // All memory stays with the caller, who keeps it as long as the front end is used.
  // `stride_samples`: from one frame to the next, 1 .. 1,024; the benchmark's are 512.
  //
  // kInvalidArgument: other tables, the stride is out of range, or memory not aligned to
  // kMemoryAlignment. kArenaTooSmall: `state` has fewer than StateBytes(), `working` fewer than
  // WorkingBytes().
  static Status Create(const FrontendTables& tables, int32_t stride_samples, Span<uint8_t> state,
                       Span<uint8_t> working, LogMelFrontend* frontend);

  // The same with both in one block. kArenaTooSmall: it has fewer than RequiredBytes().
  static Status Create(const FrontendTables& tables, int32_t stride_samples, Span<uint8_t> memory,
                       LogMelFrontend* frontend);

  // Features are Q15: 0..32768 is 0..1, which is -52..12 dB of full scale.
  using Result = Frontend::Result;
  // Takes samples up to what completes one frame; call again with the rest. As many frames as in
  // Frontend come, however the samples are cut into chunks.
  Result Process(Span<const int16_t> samples);

  // Forgets all samples.
  void Reset();

  int32_t channels() const { return static_cast<int32_t>(kLogMelChannels); }
  int32_t window_samples() const { return static_cast<int32_t>(kLogMelWindow); }
  int32_t stride_samples() const { return framer_.stride(); }

 private:
  Span<const uint16_t> ComputeFeatures();

  Framer framer_;
  uint8_t* working_ = nullptr;
  int16_t before_ = 0;  // The sample in front of the frame; 0: it is the first.
};

}  // namespace earshot
