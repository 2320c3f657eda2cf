// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Any configuration of the front end: its tables computed, then features of some sound, cut in two
// ways, which must not matter, in exactly the memory that it asks for.

#include <algorithm>
#include <iterator>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/frontend/any_frontend.h"
#include "earshot/frontend/design/design_frontend.h"
#include "earshot/frontend/log_mel_tables.h"
#include "tests/fuzz/fuzz_target.h"

namespace earshot::test {
namespace {

constexpr size_t kFrames = 6;

// A field keeps its value, or gets one near to it, or any at all.
class ConfigInput {
 public:
  explicit ConfigInput(FuzzInput* input) : input_(*input) {}

  void Change(int32_t* value) {
    switch (input_.Take<uint8_t>() % 4) {
      case 1:
        *value += input_.Take<int8_t>();
        break;
      case 2:
        *value = input_.Take<uint16_t>();
        break;
      case 3:
        *value = input_.Take<int32_t>();
        break;
      default:
        break;
    }
  }
  void Change(float* value) {
    switch (input_.Take<uint8_t>() % 4) {
      case 1:
        *value *= static_cast<float>(input_.Take<uint8_t>()) / 64;
        break;
      case 2:
        *value = static_cast<float>(input_.Take<uint16_t>()) / 256;
        break;
      case 3:
        *value = input_.Take<float>();
        break;
      default:
        break;
    }
  }

 private:
  FuzzInput& input_;
};

FrontendConfig TakeConfig(FuzzInput* input) {
  FrontendConfig config;
  ConfigInput fields(input);
  fields.Change(&config.sample_rate_hz);
  fields.Change(&config.window_ms);
  fields.Change(&config.channels);
  fields.Change(&config.lower_hz);
  fields.Change(&config.upper_hz);
  fields.Change(&config.noise_reduction.smoothing_bits);
  fields.Change(&config.noise_reduction.even_smoothing);
  fields.Change(&config.noise_reduction.odd_smoothing);
  fields.Change(&config.noise_reduction.min_signal_remaining);
  fields.Change(&config.pcan.strength);
  fields.Change(&config.pcan.offset);
  fields.Change(&config.pcan.gain_bits);
  fields.Change(&config.log.scale_shift);
  const auto flags = input->Take<uint8_t>();
  config.pcan.enabled = (flags & 1) == 0;
  config.log.enabled = (flags & 2) == 0;
  return config;
}

// Silence, the loudest there is, one side of it, or noise; then the input's own samples.
std::vector<int16_t> TakeSound(FuzzInput* input, size_t count) {
  std::vector<int16_t> sound;
  const auto kind = input->Take<uint8_t>();
  uint32_t state = kind;
  while (sound.size() < count) {
    state = state * 1664525u + 1013904223u;
    const auto noise = static_cast<int16_t>(state >> 16);
    const int16_t samples[] = {0, noise < 0 ? int16_t{INT16_MIN} : int16_t{INT16_MAX}, INT16_MIN,
                               noise, static_cast<int16_t>(noise / 1024)};
    sound.push_back(samples[kind % std::size(samples)]);
  }
  for (int16_t& sample : sound) {
    if (input->rest().empty()) break;
    sample = input->Take<int16_t>();
  }
  return sound;
}

// All features, of sound that comes `piece` samples at a time.
std::vector<uint16_t> Features(AnyFrontend& frontend, Span<const int16_t> sound, size_t piece) {
  std::vector<uint16_t> features;
  while (!sound.empty()) {
    Span<const int16_t> rest = sound.subspan(0, std::min(piece, sound.size()));
    sound = sound.subspan(rest.size());
    while (!rest.empty()) {
      const AnyFrontend::Result result = frontend.Process(rest);
      features.insert(features.end(), result.features.begin(), result.features.end());
      rest = rest.subspan(result.consumed);
    }
  }
  return features;
}

void TryConfig(Span<const uint8_t> bytes) {
  FuzzInput input(bytes);
  const FrontendConfig config = TakeConfig(&input);
  const bool is_log_mel = input.Take<uint8_t>() % 16 == 0;
  DesignedTables designed;
  if (const Status status = DesignFrontend(config, &designed); !status.ok()) {
    Require(status.what != nullptr, "an error says what is wrong");
    if (!is_log_mel) return;
  }
  const FrontendTables& tables = is_log_mel ? kLogMelTables : designed.tables();
  const auto window = static_cast<int32_t>(tables.window.size());
  int32_t stride = window / 2 + 1;
  ConfigInput(&input).Change(&stride);

  const size_t needed = AnyFrontend::RequiredBytes(tables);
  AlignedBytes memory(needed);
  AnyFrontend frontend;
  const Status status = AnyFrontend::Create(tables, stride, memory.span(), &frontend);
  Require(status.ok() == (stride >= 1 && stride <= window), "any stride within the window is fine");
  if (!status.ok()) return;
  AnyFrontend other;
  Require(AnyFrontend::Create(tables, stride, memory.span().subspan(0, needed - 1), &other).code ==
              StatusCode::kArenaTooSmall,
          "one byte less is not enough");
  Require(AnyFrontend::Create(tables, stride, memory.span(), &frontend).ok(), "as before");

  const size_t count = static_cast<size_t>(window) + (kFrames - 1) * static_cast<size_t>(stride);
  const std::vector<int16_t> sound = TakeSound(&input, count);
  const std::vector<uint16_t> features = Features(frontend, sound, sound.size());
  Require(features.size() == kFrames * static_cast<size_t>(frontend.channels()),
          "so many samples make so many frames");
  frontend.Reset();
  Require(Features(frontend, sound, 7) == features,
          "features do not depend on how the sound is cut");
}

}  // namespace
}  // namespace earshot::test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  earshot::test::TryConfig({bytes, size});
  return 0;
}
