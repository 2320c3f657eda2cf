// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A small chain of models before a head, as files, and what it answers, worked out in double.
//
//   samples -> stage 0: windows of `taps` samples, every `taps` of them, to `bands` numbers each
//           -> stage 1: all rows of its frame to `width` numbers
//           -> head:    all rows of its input to one probability
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/models/feature_stage.h"

namespace earshot::host {

// outputs x inputs weights, and a bias for each output.
struct Layer {
  std::vector<std::vector<double>> weights;
  std::vector<double> bias;

  std::vector<double> operator()(const std::vector<double>& inputs) const;
};

// Numbers from -1 to 1 times `size`, by a seed; each of them a float.
Layer RandomLayer(int outputs, int inputs, double size, uint32_t seed);

// A layer as a model, float32: FULLY_CONNECTED from [1, inputs] to [1, outputs], with LOGISTIC
// behind it if it is a head ...
AlignedBytes DenseModel(const Layer& layer, bool is_head);
// ... or CONV_2D along the time, from [1, samples in the file, 1, 1] to [1, windows, 1, bands].
AlignedBytes WindowModel(const Layer& layer, int samples_in_file);

// A tone of 800 Hz, and such tones of one second from `starts` on, in silence.
double BeepAt(size_t sample, double amplitude);
std::vector<int16_t> Beeps(double seconds, const std::vector<double>& starts);

struct TestChain {
  int taps = 160;
  int bands = 4;
  int frame = 480;  // Three rows every 320 samples ...
  int hop = 320;
  int rows_in = 9;  // ... and of these nine every six, so every 640 samples, 40 ms.
  int row_hop = 6;
  int width = 5;
  int head_rows = 3;
  float scale = 0.5f;
  float offset = 0.25f;
  // Of the input in stage 0's file, which may be another one than is asked of it.
  int samples_in_file = 160;

  Layer window, dense, head;

  // The same numbers of rows and widths as openWakeWord has.
  static TestChain LikeOpenWakeWord();
  // With layers that hear a tone of 800 Hz, from an amplitude of 5,000 on, after half a second.
  static TestChain BeepDetector();
  // Layers with random weights.
  void Randomize();

  // Writes window.tflite, dense.tflite and head_v1.2.tflite to a folder.
  void Write(const std::string& folder) const;
  std::vector<FeatureStage> Stages(const std::string& folder) const;
  // A manifest of the head with its chain, answers announced one by one.
  nlohmann::json Manifest() const;

  int PeriodSamples() const { return hop * row_hop / ((frame - taps) / taps + 1); }
  // The features for each period of samples, after silence that has always been ...
  std::vector<std::vector<double>> Features(const std::vector<int16_t>& samples) const;
  // ... and the head's probabilities.
  std::vector<double> Probabilities(const std::vector<int16_t>& samples) const;
};

}  // namespace earshot::host
