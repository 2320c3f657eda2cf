// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// An application of TensorFlow Lite Micro, compiled with the headers that are installed.

#include <cstdint>
#include <cstdio>

#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tensorflow/lite/schema/schema_generated.h"

namespace {

alignas(16) uint8_t arena[10 * 1024];
alignas(16) uint8_t model[64 * 1024];

}  // namespace

int main() {
  std::FILE* const file = std::fopen(MODEL, "rb");
  if (file == nullptr || std::fread(model, 1, sizeof(model), file) == 0) return 1;
  std::fclose(file);
  tflite::MicroMutableOpResolver<3> resolver;
  if (resolver.AddConv2D() != kTfLiteOk || resolver.AddFullyConnected() != kTfLiteOk ||
      resolver.AddSoftmax() != kTfLiteOk) {
    return 1;
  }
  tflite::MicroInterpreter interpreter(tflite::GetModel(model), resolver, arena, sizeof(arena));
  if (interpreter.AllocateTensors() != kTfLiteOk || interpreter.Invoke() != kTfLiteOk) return 1;
  std::printf("%zu bytes in, %zu out, %zu bytes of arena\n", interpreter.input(0)->bytes,
              interpreter.output(0)->bytes, interpreter.arena_used_bytes());
  return 0;
}
