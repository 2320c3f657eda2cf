// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Frontend: 16-bit PCM in, fixed-point spectrogram features out.
//
// Bit for bit the "microfrontend" of TensorFlow Lite Micro, whose features the field's models are
// trained on.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/span.h"
#include "base/status.h"
#include "frontend/frontend_tables.h"
#include "frontend/window.h"

namespace earshot {

class Frontend {
 public:
  // Unusable until Create() has filled it.
  Frontend() = default;

  // Bytes of memory that Create() wants: state and working space. The same on every target.
  static size_t RequiredBytes(const FrontendTables& tables);

  // `tables` and `memory` stay with the caller, who keeps both as long as the front end is used.
  // `stride_samples`: from one frame to the next, 1 .. window.
  //
  // kInvalidArgument: the stride is out of range, or memory not aligned to kMemoryAlignment.
  // kArenaTooSmall: memory has fewer than RequiredBytes().
  static Status Create(const FrontendTables& tables, int32_t stride_samples, Span<uint8_t> memory,
                       Frontend* frontend);
  static constexpr size_t kMemoryAlignment = 8;

  struct Result {
    size_t consumed;                // Samples taken from the input.
    Span<const uint16_t> features;  // One per channel, valid until the next call; or empty: more
                                    // samples are needed.
  };
  // Takes samples up to what completes one frame; call again with the rest. N samples in all give
  // (N - window) / stride + 1 frames (none when N < window), however they are cut into chunks.
  Result Process(Span<const int16_t> samples);

  // Forgets all samples and the noise estimate.
  void Reset();

  int32_t channels() const { return tables_->filterbank.channels; }
  int32_t window_samples() const { return static_cast<int32_t>(tables_->window.size()); }
  int32_t stride_samples() const { return stride_samples_; }
  // Noise in each channel as estimated so far: filterbank amplitude with smoothing_bits more bits.
  Span<const uint32_t> noise_estimate() const { return noise_estimate_; }

 private:
  void ComputeFeatures();

  const FrontendTables* tables_ = nullptr;
  int32_t stride_samples_ = 0;
  Framer framer_;
  // All in the caller's memory. First what lives from frame to frame ...
  Span<uint32_t> noise_estimate_;
  // ... then what lives within one.
  Span<uint16_t> features_;
  Span<int16_t> fft_input_;
  Span<EarshotComplex16> spectrum_;
  Span<uint32_t> energy_;
  Span<uint64_t> channel_energy_;
  Span<uint32_t> signal_;
};

}  // namespace earshot
