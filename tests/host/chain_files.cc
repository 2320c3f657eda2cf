// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/chain_files.h"

#include <cmath>
#include <random>

#include "tests/host/test_files.h"
#include "tests/support/model_builder.h"

namespace earshot::host {
namespace {

using test::BytesOf;
using test::ModelBuilder;
using test::TensorType;

std::vector<float> Flat(const std::vector<std::vector<double>>& rows) {
  std::vector<float> flat;
  for (const auto& row : rows) {
    for (const double value : row) flat.push_back(static_cast<float>(value));
  }
  return flat;
}

int Extent(size_t count) { return static_cast<int>(count); }

test::TensorSpec Constant(std::vector<int32_t> shape, const std::vector<float>& values) {
  return {std::move(shape), TensorType::FLOAT32, {}, {}, BytesOf(values)};
}

void WriteModel(const std::string& path, const AlignedBytes& file) {
  WriteBytes(path, {file.span().begin(), file.span().end()});
}

void Append(const std::vector<double>& from, std::vector<double>* to) {
  to->insert(to->end(), from.begin(), from.end());
}

}  // namespace

double BeepAt(size_t sample, double amplitude) {
  constexpr double kTurnsPerSample = 800.0 / 16000;
  const double angle = 2 * std::acos(-1.0) * kTurnsPerSample * static_cast<double>(sample);
  return amplitude * std::cos(angle);
}

std::vector<int16_t> Beeps(double seconds, const std::vector<double>& starts) {
  std::vector<int16_t> samples(static_cast<size_t>(seconds * 16000));
  for (size_t i = 0; i < samples.size(); ++i) {
    for (const double start : starts) {
      const double since = static_cast<double>(i) / 16000 - start;
      if (since < 0 || since >= 1) continue;
      samples[i] = static_cast<int16_t>(std::lround(BeepAt(i, 10000)));
    }
  }
  return samples;
}

std::vector<double> Layer::operator()(const std::vector<double>& inputs) const {
  std::vector<double> outputs = bias;
  for (size_t i = 0; i < outputs.size(); ++i) {
    for (size_t j = 0; j < inputs.size(); ++j) outputs[i] += weights[i][j] * inputs[j];
  }
  return outputs;
}

Layer RandomLayer(int outputs, int inputs, double size, uint32_t seed) {
  std::minstd_rand random(seed);
  const auto number = [&] {
    const double unit = static_cast<double>(random() - std::minstd_rand::min()) /
                        (std::minstd_rand::max() - std::minstd_rand::min());
    return static_cast<double>(static_cast<float>(size * (2 * unit - 1)));
  };
  Layer layer;
  for (int i = 0; i < outputs; ++i) {
    layer.bias.push_back(number());
    std::vector<double>& row = layer.weights.emplace_back();
    for (int j = 0; j < inputs; ++j) row.push_back(number());
  }
  return layer;
}

AlignedBytes DenseModel(const Layer& layer, bool is_head) {
  const int outputs = Extent(layer.bias.size());
  const int inputs = Extent(layer.weights[0].size());
  ModelBuilder builder;
  const int input = builder.AddTensor({{1, inputs}, TensorType::FLOAT32});
  const int weights = builder.AddTensor(Constant({outputs, inputs}, Flat(layer.weights)));
  const int bias = builder.AddTensor(Constant({outputs}, Flat({layer.bias})));
  const int sums = builder.AddTensor({{1, outputs}, TensorType::FLOAT32});
  builder.AddOperator(BuiltinOperator::FULLY_CONNECTED, {input, weights, bias}, {sums},
                      test::FullyConnectedOptions());
  int output = sums;
  if (is_head) {
    output = builder.AddTensor({{1, outputs}, TensorType::FLOAT32});
    builder.AddOperator(BuiltinOperator::LOGISTIC, {sums}, {output});
  }
  builder.SetInputs({input});
  builder.SetOutputs({output});
  return builder.Build();
}

AlignedBytes WindowModel(const Layer& layer, int samples_in_file) {
  const int bands = Extent(layer.bias.size());
  const int taps = Extent(layer.weights[0].size());
  ModelBuilder builder;
  const int input = builder.AddTensor({{1, samples_in_file, 1, 1}, TensorType::FLOAT32});
  const int filter = builder.AddTensor(Constant({bands, taps, 1, 1}, Flat(layer.weights)));
  const int bias = builder.AddTensor(Constant({bands}, Flat({layer.bias})));
  const int windows = (samples_in_file - taps) / taps + 1;
  const int output = builder.AddTensor({{1, windows, 1, bands}, TensorType::FLOAT32});
  test::WindowSpec window;
  window.padding = test::Padding::VALID;
  window.stride_h = taps;
  builder.AddOperator(BuiltinOperator::CONV_2D, {input, filter, bias}, {output},
                      test::Conv2DOptions(window));
  builder.SetInputs({input});
  builder.SetOutputs({output});
  return builder.Build();
}

TestChain TestChain::LikeOpenWakeWord() {
  TestChain chain;
  chain.bands = 32;
  chain.frame = 1760;
  chain.taps = 220;  // Eight windows in a frame.
  chain.samples_in_file = 220;
  chain.hop = 1280;
  chain.rows_in = 76;
  chain.row_hop = 8;
  chain.width = 96;
  chain.head_rows = 16;
  chain.scale = 0.1f;
  chain.offset = 2.0f;
  return chain;
}

// A lot begins a whole number of the tone's periods after the one before, and a window after the
// window before, so all of them see it in the same phase.
TestChain TestChain::BeepDetector() {
  TestChain chain = LikeOpenWakeWord();
  const auto zeros = [](int outputs, int inputs) {
    Layer layer;
    layer.bias.assign(static_cast<size_t>(outputs), 0);
    layer.weights.assign(static_cast<size_t>(outputs),
                         std::vector<double>(static_cast<size_t>(inputs)));
    return layer;
  };
  chain.window = zeros(chain.bands, chain.taps);
  chain.dense = zeros(chain.width, chain.bands * chain.rows_in);
  chain.head = zeros(1, chain.width * chain.head_rows);
  // A tone of amplitude 10,000 gives 10 in band 0, ...
  for (size_t i = 0; i < chain.window.weights[0].size(); ++i) {
    chain.window.weights[0][i] = BeepAt(i, 1.0) * 10 / (10000 * chain.taps / 2.0);
  }
  // ... of which the mean of a frame, scaled and with its offset, is 3, and of silence 2; ...
  for (int i = 0; i < chain.rows_in; ++i) {
    chain.dense.weights[0][static_cast<size_t>(i * chain.bands)] = 1.0 / chain.rows_in;
  }
  // ... and the head finds the newest one high or low.
  chain.head.weights[0][static_cast<size_t>((chain.head_rows - 1) * chain.width)] = 20;
  chain.head.bias[0] = -20 * 2.5;
  return chain;
}

void TestChain::Randomize() {
  window = RandomLayer(bands, taps, 1e-5, 1);
  dense = RandomLayer(width, bands * rows_in, 0.3, 2);
  head = RandomLayer(1, width * head_rows, 0.5, 3);
}

void TestChain::Write(const std::string& folder) const {
  WriteModel(folder + "/window.tflite", WindowModel(window, samples_in_file));
  WriteModel(folder + "/dense.tflite", DenseModel(dense, false));
  WriteModel(folder + "/head_v1.2.tflite", DenseModel(head, true));
}

std::vector<FeatureStage> TestChain::Stages(const std::string& folder) const {
  return {{folder + "/window.tflite", frame, hop, scale, offset},
          {folder + "/dense.tflite", rows_in, row_hop, 1.0f, 0.0f}};
}

nlohmann::json TestChain::Manifest() const {
  return {{"type", "micro"},
          {"version", 2},
          {"wake_word", "beep"},
          {"model", "head_v1.2.tflite"},
          {"micro",
           {{"probability_cutoff", 0.5},
            {"sliding_window_size", 1},
            {"feature_step_size", PeriodSamples() / 16}}},
          {"earshot",
           {{"features",
             {{{"model", "window.tflite"},
               {"frame", frame},
               {"hop", hop},
               {"scale", scale},
               {"offset", offset}},
              {{"model", "dense.tflite"}, {"frame", rows_in}, {"hop", row_hop}}}}}}};
}

// Each lot of features is worked out from the sound alone, with nothing kept from one to the next.
std::vector<std::vector<double>> TestChain::Features(const std::vector<int16_t>& samples) const {
  const auto sample = [&](int64_t i) {
    return i < 0 ? 0.0 : static_cast<double>(samples[static_cast<size_t>(i)]);
  };
  const int lot = (frame - taps) / taps + 1;
  // The rows that stage 0 gives when it has heard `end` samples.
  const auto lot_at = [&](int64_t end, std::vector<double>* rows) {
    for (int i = 0; i < lot; ++i) {
      std::vector<double> heard;
      for (int j = 0; j < taps; ++j) heard.push_back(sample(end - frame + i * taps + j));
      for (const double value : window(heard)) rows->push_back(value * scale + offset);
    }
  };
  std::vector<std::vector<double>> features;
  const int period = PeriodSamples();
  for (int64_t end = period; end <= static_cast<int64_t>(samples.size()); end += period) {
    const int lots = (rows_in + lot - 1) / lot;
    std::vector<double> rows;
    for (int i = lots - 1; i >= 0; --i) lot_at(end - int64_t{i} * hop, &rows);
    rows.erase(rows.begin(), rows.end() - int64_t{rows_in} * bands);
    features.push_back(dense(rows));
  }
  return features;
}

std::vector<double> TestChain::Probabilities(const std::vector<int16_t>& samples) const {
  // Silence before the sound, as much as the head and the stages before it look back.
  std::vector<int16_t> with_silence(static_cast<size_t>((head_rows - 1) * PeriodSamples()));
  with_silence.insert(with_silence.end(), samples.begin(), samples.end());
  const std::vector<std::vector<double>> features = Features(with_silence);
  std::vector<double> probabilities;
  for (size_t i = static_cast<size_t>(head_rows) - 1; i < features.size(); ++i) {
    std::vector<double> rows;
    for (size_t j = i + 1 - static_cast<size_t>(head_rows); j <= i; ++j) Append(features[j], &rows);
    probabilities.push_back(1 / (1 + std::exp(-head(rows)[0])));
  }
  return probabilities;
}

}  // namespace earshot::host
