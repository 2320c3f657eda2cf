// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Any numbers in the structs of the C interface, and any bytes or one of two small models for its
// model: a spotter, an interpreter and the features, in memory of any size.

#include <algorithm>
#include <cstring>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/earshot.h"
#include "earshot/earshot_parts.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/log_mel_model.h"
#include "tests/support/streaming_model.h"

namespace earshot::test {
namespace {

constexpr size_t kMostMemory = 1 << 20;
constexpr size_t kHeardSamples = 2000;
constexpr int32_t kMostLabels = 64;

// Mostly what is right, so that the rest comes to be looked at.
int32_t Number(FuzzInput& input, int32_t usual) {
  switch (input.Take<uint8_t>() % 8) {
    case 0:
      return input.Take<int32_t>();
    case 1:
      return input.Take<uint16_t>();
    case 2:
      return usual + input.Take<int8_t>();
    default:
      return usual;
  }
}

void RequireText(const earshot_status& status, FuzzInput& input) {
  char text[EARSHOT_STATUS_TEXT_BYTES];
  const size_t size = input.Take<uint8_t>() % (sizeof(text) + 1);
  Require(std::strlen(earshot_status_text(&status, text, size)) < std::max<size_t>(size, 1),
          "a text fits its place");
}

earshot_config TakeConfig(FuzzInput& input) {
  earshot_config config = {};
  config.struct_bytes = sizeof(config);
  Require(earshot_default_config(&config).code == EARSHOT_OK, "there is a default");
  config.struct_bytes = static_cast<uint32_t>(Number(input, sizeof(config)));
  if (config.struct_bytes > sizeof(config)) config.struct_bytes = sizeof(config);
  config.stride_ms = Number(input, config.stride_ms);
  config.strides_per_inference = Number(input, kStreamingNewFrames);
  config.average_window_ms = Number(input, config.average_window_ms);
  config.suppression_ms = Number(input, config.suppression_ms);
  config.minimum_count = Number(input, config.minimum_count);
  config.threshold = static_cast<uint8_t>(Number(input, config.threshold));
  config.release_threshold = static_cast<uint8_t>(Number(input, config.release_threshold));
  config.background_labels = static_cast<uint32_t>(Number(input, 1));
  config.context_ms = Number(input, config.context_ms);
  return config;
}

// The memory that `bytes_of` asks for; empty: it is refused, or is too much.
template <typename BytesOf>
AlignedBytes EnoughMemory(FuzzInput& input, const BytesOf& bytes_of) {
  AlignedBytes lent;
  for (size_t size = 0;;) {
    size_t wanted = 0;
    const earshot_status status = bytes_of(lent.span().data(), lent.size(), &wanted);
    if (status.code == EARSHOT_OK) return AlignedBytes(wanted);
    RequireText(status, input);
    if (status.code != EARSHOT_ARENA_TOO_SMALL) return {};
    Require(wanted > size, "memory that is too small is told a larger size");
    if (wanted > kMostMemory) return {};
    lent = AlignedBytes(size = wanted);
  }
}

void TrySpotter(const earshot_model& model, FuzzInput& input) {
  AlignedBytes memory = EnoughMemory(input, [&](void* lent, size_t size, size_t* bytes) {
    return earshot_spotter_bytes(&model, lent, size, bytes);
  });
  if (memory.size() == 0) return;
  earshot_spotter* spotter = nullptr;
  Require(earshot_spotter_create(&model, memory.span().data(), memory.size() - 1, &spotter).code ==
                  EARSHOT_ARENA_TOO_SMALL &&
              spotter == nullptr,
          "one byte less is not enough");
  Require(earshot_spotter_create(&model, memory.span().data(), memory.size(), &spotter).code ==
              EARSHOT_OK,
          "as much as was said is enough");
  std::vector<int16_t> sound(kHeardSamples, 100);
  for (int16_t& sample : sound) {
    if (!input.rest().empty()) sample = input.Take<int16_t>();
  }
  for (size_t heard = 0; heard < sound.size();) {
    earshot_result result = {};
    result.struct_bytes = sizeof(result);
    const earshot_status status =
        earshot_spotter_feed(spotter, sound.data() + heard, sound.size() - heard, &result);
    Require(status.code == EARSHOT_OK, "a spotter hears");
    if (result.detection != nullptr) {
      Require(result.detection->label_index < model.label_count, "it hears one of its labels");
    }
    heard += result.consumed;
  }
  earshot_spotter_reset(spotter);
}

void TryInterpreter(const earshot_model& model, FuzzInput& input) {
  AlignedBytes memory = EnoughMemory(input, [&](void* lent, size_t size, size_t* bytes) {
    return earshot_interpreter_bytes(&model, lent, size, bytes);
  });
  if (memory.size() == 0) return;
  earshot_interpreter* interpreter = nullptr;
  Require(
      earshot_interpreter_create(&model, memory.span().data(), memory.size(), &interpreter).code ==
          EARSHOT_OK,
      "as much as was said is enough");
  earshot_tensor tensor = {};
  tensor.struct_bytes = sizeof(tensor);
  const size_t index = input.Take<uint8_t>() % 4;
  const bool is_there = index < earshot_interpreter_input_count(interpreter);
  Require((earshot_interpreter_input(interpreter, index, &tensor).code == EARSHOT_OK) == is_there,
          "there are as many inputs as are counted");
  if (is_there) std::memset(tensor.data, 0x55, tensor.bytes);
  Require(earshot_interpreter_invoke(interpreter).code == EARSHOT_OK, "a model runs");
}

void TryFeatures(FuzzInput& input) {
  AlignedBytes memory(earshot_features_bytes());
  earshot_features* features = nullptr;
  const earshot_status status =
      earshot_features_create(Number(input, 20), memory.span().data(), memory.size(), &features);
  Require((status.code == EARSHOT_OK) == (features != nullptr), "after an error there are none");
}

void TryNumbers(Span<const uint8_t> bytes) {
  static const AlignedBytes streaming = StreamingModel().Build();
  static const AlignedBytes loudness = LoudnessModel().Build();
  FuzzInput input(bytes);
  const auto choice = input.Take<uint8_t>();
  earshot_config config = TakeConfig(input);
  std::vector<const char*> labels(kMostLabels, "label");
  earshot_model model = {};
  model.struct_bytes = sizeof(model);
  model.label_count = std::min(Number(input, choice % 4 == 1 ? 1 : kStreamingLabels), kMostLabels);
  model.labels = labels.data();
  model.config = &config;
  model.kernels = earshot_all_kernels();
  const AlignedBytes& file = choice % 4 == 1 ? loudness : streaming;
  model.bytes = file.span().data();
  model.size = file.size();
  if (choice % 4 == 1) model.frontend = earshot_log_mel_frontend();
  if (choice % 8 == 4) model.size -= input.Take<uint8_t>();
  const uint16_t placed[] = {input.Take<uint16_t>(), 0, input.Take<uint8_t>()};
  if (choice % 16 >= 8) {
    model.placed_first = placed;
    model.placed_first_count = 3;
  }
  TryFeatures(input);
  TryInterpreter(model, input);
  TrySpotter(model, input);
}

}  // namespace
}  // namespace earshot::test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  earshot::test::TryNumbers({bytes, size});
  return 0;
}
