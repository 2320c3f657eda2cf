// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Two models in one arena: what lasts of one lies behind what lasts of the other, and they share
// the memory of activations. It uses nothing but TensorFlow Lite Micro's interface.

#include <cstdint>
#include <cstring>

#include "hello_world_model.h"
#include "micro_speech_model.h"
#include "tensorflow/lite/c/common.h"
#include "tensorflow/lite/micro/micro_allocator.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_log.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tensorflow/lite/micro/system_setup.h"
#include "tensorflow/lite/schema/schema_generated.h"

namespace {

constexpr int kArenaBytes = 12 * 1024;
alignas(16) uint8_t tensor_arena[kArenaBytes];

using Resolver = tflite::MicroMutableOpResolver<3>;

TfLiteStatus RegisterOps(Resolver& resolver) {
  TF_LITE_ENSURE_STATUS(resolver.AddConv2D());
  TF_LITE_ENSURE_STATUS(resolver.AddFullyConnected());
  TF_LITE_ENSURE_STATUS(resolver.AddSoftmax());
  return kTfLiteOk;
}

// The first output for an input all of whose bytes are `value`.
TfLiteStatus Run(tflite::MicroInterpreter& interpreter, int8_t value, int8_t* result) {
  TfLiteTensor* const input = interpreter.input(0);
  std::memset(input->data.int8, value, input->bytes);
  TF_LITE_ENSURE_STATUS(interpreter.Invoke());
  *result = interpreter.output(0)->data.int8[0];
  return kTfLiteOk;
}

TfLiteStatus RunBoth() {
  Resolver resolver;
  TF_LITE_ENSURE_STATUS(RegisterOps(resolver));
  tflite::MicroAllocator* const allocator =
      tflite::MicroAllocator::Create(tensor_arena, kArenaBytes);
  if (allocator == nullptr) return kTfLiteError;
  tflite::MicroInterpreter sine(tflite::GetModel(g_hello_world_model), resolver, allocator);
  tflite::MicroInterpreter speech(tflite::GetModel(g_micro_speech_model), resolver, allocator);
  TF_LITE_ENSURE_STATUS(sine.AllocateTensors());
  const unsigned one = static_cast<unsigned>(allocator->used_bytes());
  TF_LITE_ENSURE_STATUS(speech.AllocateTensors());
  const unsigned both = static_cast<unsigned>(allocator->used_bytes());

  int8_t first_sine = 0;
  int8_t first_speech = 0;
  TF_LITE_ENSURE_STATUS(Run(sine, 10, &first_sine));
  TF_LITE_ENSURE_STATUS(Run(speech, -128, &first_speech));
  for (int i = 0; i < 3; ++i) {
    int8_t again = 0;
    TF_LITE_ENSURE_STATUS(Run(sine, 10, &again));
    TF_LITE_ENSURE_STATUS(again == first_sine ? kTfLiteOk : kTfLiteError);
    TF_LITE_ENSURE_STATUS(Run(speech, -128, &again));
    TF_LITE_ENSURE_STATUS(again == first_speech ? kTfLiteOk : kTfLiteError);
  }
  MicroPrintf("sine: %d, silence: %d", first_sine, first_speech);
  MicroPrintf("%u bytes of arena for one, %u for both", one, both);
  return kTfLiteOk;
}

}  // namespace

int main() {
  tflite::InitializeTarget();
  return RunBoth() == kTfLiteOk ? 0 : 1;
}
