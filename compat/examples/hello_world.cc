// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A sine from a small int8 network: the least that an application of TensorFlow Lite Micro does. It
// uses nothing but TensorFlow Lite Micro's interface.

#include <cmath>
#include <cstdint>

#include "hello_world_model.h"
#include "tensorflow/lite/c/common.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_log.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tensorflow/lite/micro/system_setup.h"
#include "tensorflow/lite/schema/schema_generated.h"

namespace {

constexpr int kArenaBytes = 4096;
alignas(16) uint8_t tensor_arena[kArenaBytes];

int8_t Quantize(float value, const TfLiteTensor& tensor) {
  return static_cast<int8_t>(
      std::lround(value / tensor.params.scale + static_cast<float>(tensor.params.zero_point)));
}

float Dequantize(int8_t value, const TfLiteTensor& tensor) {
  return static_cast<float>(value - tensor.params.zero_point) * tensor.params.scale;
}

TfLiteStatus ShowSine() {
  const tflite::Model* model = tflite::GetModel(g_hello_world_model);
  TF_LITE_ENSURE_STATUS(model->version() == TFLITE_SCHEMA_VERSION ? kTfLiteOk : kTfLiteError);

  tflite::MicroMutableOpResolver<1> resolver;
  TF_LITE_ENSURE_STATUS(resolver.AddFullyConnected());

  tflite::MicroInterpreter interpreter(model, resolver, tensor_arena, kArenaBytes);
  TF_LITE_ENSURE_STATUS(interpreter.AllocateTensors());

  TfLiteTensor* input = interpreter.input(0);
  TfLiteTensor* output = interpreter.output(0);
  constexpr float kPi = 3.14159265f;
  constexpr int kSteps = 20;
  float largest_error = 0.0f;
  for (int step = 0; step < kSteps; ++step) {
    const float x = 2 * kPi * static_cast<float>(step) / kSteps;
    input->data.int8[0] = Quantize(x, *input);
    TF_LITE_ENSURE_STATUS(interpreter.Invoke());
    const float y = Dequantize(output->data.int8[0], *output);
    largest_error = std::fmax(largest_error, std::fabs(y - std::sin(x)));
    MicroPrintf("x %.3f: %.3f", static_cast<double>(x), static_cast<double>(y));
  }
  MicroPrintf("%u bytes of arena, largest error %.3f",
              static_cast<unsigned>(interpreter.arena_used_bytes()),
              static_cast<double>(largest_error));
  return largest_error < 0.1f ? kTfLiteOk : kTfLiteError;
}

}  // namespace

int main() {
  tflite::InitializeTarget();
  return ShowSine() == kTfLiteOk ? 0 : 1;
}
