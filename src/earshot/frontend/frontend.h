// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Frontend: 16-bit PCM in, fixed-point spectrogram features out.
//
// Bit for bit the "microfrontend" of TensorFlow Lite Micro, whose features the field's models are
// trained on.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/frontend/frontend_tables.h"
#include "earshot/frontend/window.h"

namespace earshot {

class Frontend {
 public:
  // Where memory given to Create() must begin.
  static constexpr size_t kMemoryAlignment = 8;

  // Unusable until Create() has filled it.
  Frontend() = default;

  // Bytes of memory that Create() wants; the same on every target. State lives from frame to frame.
  // Working memory is used only inside of Process(): between two calls it may serve other purposes.
  static size_t StateBytes(const FrontendTables& tables);
  static size_t WorkingBytes(const FrontendTables& tables);
  // For both in one block.
  static size_t RequiredBytes(const FrontendTables& tables);

  // `tables` and all memory stay with the caller, who keeps them as long as the front end is used.
  // `stride_samples`: from one frame to the next, 1 .. window.
  //
  // kInvalidArgument: the stride is out of range, or memory not aligned to kMemoryAlignment.
  // kArenaTooSmall: `state` has fewer than StateBytes(), `working` fewer than WorkingBytes().
  static Status Create(const FrontendTables& tables, int32_t stride_samples, Span<uint8_t> state,
                       Span<uint8_t> working, Frontend* frontend);

  // The same with both in one block. kArenaTooSmall: it has fewer than RequiredBytes().
  static Status Create(const FrontendTables& tables, int32_t stride_samples, Span<uint8_t> memory,
                       Frontend* frontend);

  struct Result {
    size_t consumed;  // Samples taken from the input.
    // One per channel; or empty: more samples are needed. They lie in the working memory: valid
    // until the next call, or until the caller uses that memory otherwise.
    Span<const uint16_t> features;
  };
  // Takes samples up to what completes one frame; call again with the rest. N samples in all give
  // (N - window) / stride + 1 frames (none when N < window), however they are cut into chunks.
  Result Process(Span<const int16_t> samples);

  // Forgets all samples and the noise estimate.
  void Reset();

  int32_t channels() const { return tables_->filterbank.channels; }
  int32_t window_samples() const { return static_cast<int32_t>(tables_->window.size()); }
  int32_t stride_samples() const { return framer_.stride(); }
  // Noise in each channel as estimated so far: filterbank amplitude with smoothing_bits more bits.
  Span<const uint32_t> noise_estimate() const { return noise_estimate_; }

 private:
  Span<const uint16_t> ComputeFeatures();

  const FrontendTables* tables_ = nullptr;
  Framer framer_;
  Span<uint32_t> noise_estimate_;
  uint8_t* working_ = nullptr;
};

}  // namespace earshot
