// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FrontendConfig: what a front end is asked to do, in the units that people think in.
#pragma once

#include <cstdint>

namespace earshot {

enum class FrontendType {
  kMicrofrontend,  // That of TensorFlow Lite Micro (earshot/frontend/frontend.h).
  kLogMel,         // That of MLPerf Tiny (earshot/frontend/log_mel_frontend.h), which is as it is.
};

// Defaults are the field's common configuration (TensorFlow's micro_speech; microWakeWord with a
// stride of 10 ms). The stride is not part of it: tables are the same for every stride.
struct FrontendConfig {
  FrontendType type = FrontendType::kMicrofrontend;
  int32_t sample_rate_hz = 16000;
  int32_t window_ms = 30;
  int32_t channels = 40;
  float lower_hz = 125.0f;  // The filterbank's band.
  float upper_hz = 7500.0f;

  struct NoiseReduction {
    int32_t smoothing_bits = 10;         // Extra fractional bits of the noise estimate.
    float even_smoothing = 0.025f;       // Weight of the newest frame, channels 0, 2, 4 ...
    float odd_smoothing = 0.06f;         // ... and 1, 3, 5 ...
    float min_signal_remaining = 0.05f;  // Share of the signal that is always let through.
  } noise_reduction;

  // Per-channel amplitude normalization: an automatic gain for each channel.
  struct Pcan {
    bool enabled = true;
    float strength = 0.95f;
    float offset = 80.0f;
    int32_t gain_bits = 21;
  } pcan;

  struct Log {
    bool enabled = true;
    int32_t scale_shift = 6;  // Features are 2^scale_shift * ln(signal).
  } log;
};

// What the log mel front end is like, as far as these members say it.
inline FrontendConfig LogMelConfig() {
  FrontendConfig config;
  config.type = FrontendType::kLogMel;
  config.window_ms = 64;
  config.lower_hz = 0;
  config.upper_hz = 8000;
  config.pcan.enabled = false;
  return config;
}

}  // namespace earshot
