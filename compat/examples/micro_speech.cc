// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Labels one-second recordings, in the manner of TensorFlow Lite Micro's micro_speech. This file
// uses nothing but TensorFlow Lite Micro's interface; what a recording sounds like comes from
// features.h, which Earshot's front end stands behind.

#include <cstdint>
#include <cstdio>
#include <cstring>

#include "features.h"
#include "micro_speech_model.h"
#include "tensorflow/lite/c/common.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_log.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tensorflow/lite/micro/system_setup.h"
#include "tensorflow/lite/schema/schema_generated.h"

namespace {

constexpr int kSamples = 16000;
constexpr int kArenaBytes = 10 * 1024;
alignas(16) uint8_t tensor_arena[kArenaBytes];
int16_t samples[kSamples];

using SpeechResolver = tflite::MicroMutableOpResolver<3>;

TfLiteStatus RegisterOps(SpeechResolver& resolver) {
  TF_LITE_ENSURE_STATUS(resolver.AddConv2D(tflite::Register_CONV_2D_INT8()));
  TF_LITE_ENSURE_STATUS(resolver.AddFullyConnected(tflite::Register_FULLY_CONNECTED_INT8()));
  TF_LITE_ENSURE_STATUS(resolver.AddSoftmax(tflite::Register_SOFTMAX_INT8()));
  return kTfLiteOk;
}

// 16-bit samples behind a WAV file's header of 44 bytes; what is missing of a second is silent.
bool ReadRecording(const char* path) {
  constexpr long kHeaderBytes = 44;
  std::FILE* const file = std::fopen(path, "rb");
  if (file == nullptr) return false;
  std::memset(samples, 0, sizeof(samples));
  const bool is_read = std::fseek(file, kHeaderBytes, SEEK_SET) == 0 &&
                       std::fread(samples, sizeof(int16_t), kSamples, file) > 0;
  std::fclose(file);
  return is_read;
}

TfLiteStatus Classify(tflite::MicroInterpreter& interpreter, const char* path) {
  if (!ReadRecording(path)) {
    MicroPrintf("%s: cannot be read", path);
    return kTfLiteError;
  }
  TfLiteTensor* const input = interpreter.input(0);
  if (!GenerateFeatures(samples, kSamples, input->data.int8, input->bytes)) return kTfLiteError;
  TF_LITE_ENSURE_STATUS(interpreter.Invoke());
  const TfLiteTensor* const output = interpreter.output(0);
  int best = 0;
  for (int label = 1; label < kMicroSpeechLabelCount; ++label) {
    if (output->data.int8[label] > output->data.int8[best]) best = label;
  }
  const float score = static_cast<float>(output->data.int8[best] - output->params.zero_point) *
                      output->params.scale;
  MicroPrintf("%s %.3f %s", kMicroSpeechLabels[best], static_cast<double>(score), path);
  return kTfLiteOk;
}

TfLiteStatus ClassifyAll(int count, char** paths) {
  const tflite::Model* const model = tflite::GetModel(g_micro_speech_model);
  if (model->version() != TFLITE_SCHEMA_VERSION) return kTfLiteError;
  SpeechResolver resolver;
  TF_LITE_ENSURE_STATUS(RegisterOps(resolver));
  tflite::MicroInterpreter interpreter(model, resolver, tensor_arena, kArenaBytes);
  TF_LITE_ENSURE_STATUS(interpreter.AllocateTensors());
  for (int i = 0; i < count; ++i) TF_LITE_ENSURE_STATUS(Classify(interpreter, paths[i]));
  MicroPrintf("%u bytes of arena", static_cast<unsigned>(interpreter.arena_used_bytes()));
  return kTfLiteOk;
}

}  // namespace

int main(int argc, char** argv) {
  tflite::InitializeTarget();
  return argc > 1 && ClassifyAll(argc - 1, argv + 1) == kTfLiteOk ? 0 : 1;
}
