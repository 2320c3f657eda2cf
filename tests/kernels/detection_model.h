// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Models of one TFLite_Detection_PostProcess.
#pragma once

#include <flatbuffers/flexbuffers.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/support/model_builder.h"

namespace earshot::test {

// Everything about it open to damage.
struct DetectionModel {
  int32_t boxes = 6;
  int32_t classes = 3;
  bool has_background = true;
  std::map<std::string, int64_t> numbers = {{"max_detections", 4},
                                            {"max_classes_per_detection", 1},
                                            {"num_classes", 3},
                                            {"use_regular_nms", 0}};
  std::map<std::string, double> reals = {{"nms_score_threshold", 0.0},
                                         {"nms_iou_threshold", 0.5},
                                         {"y_scale", 10.0},
                                         {"x_scale", 10.0},
                                         {"h_scale", 5.0},
                                         {"w_scale", 5.0}};
  bool in_double = false;  // How these are written.
  std::vector<TensorSpec> inputs = {};
  std::vector<TensorSpec> outputs = {};

  void SetTensors(TensorType type) {
    const auto tensor = [type](std::vector<int32_t> shape, float scale, int64_t zero_point) {
      if (type == TensorType::FLOAT32) return TensorSpec{std::move(shape), type};
      return TensorSpec{std::move(shape), type, {scale}, {zero_point}};
    };
    const auto places = static_cast<int32_t>(numbers["max_detections"]);
    inputs = {tensor({1, boxes, 4}, 0.07f, 131),
              tensor({1, boxes, classes + (has_background ? 1 : 0)}, 1.0f / 256.0f, 0),
              tensor({boxes, 4}, 0.006f, 3)};
    outputs = {{{1, places, 4}, TensorType::FLOAT32},
               {{1, places}, TensorType::FLOAT32},
               {{1, places}, TensorType::FLOAT32},
               {{1}, TensorType::FLOAT32}};
  }

  std::vector<uint8_t> Options() const {
    flexbuffers::Builder builder;
    builder.Map([&] {
      for (const auto& [name, number] : numbers) builder.Int(name.c_str(), number);
      for (const auto& [name, real] : reals) {
        if (in_double) builder.Double(name.c_str(), real);
        if (!in_double) builder.Float(name.c_str(), static_cast<float>(real));
      }
    });
    builder.Finish();
    return builder.GetBuffer();
  }

  ModelBuilder Build() const {
    ModelBuilder model;
    std::vector<int32_t> in, given, out;
    for (const TensorSpec& input : inputs) {
      in.push_back(model.AddTensor(input));
      if (input.data.empty()) given.push_back(in.back());
    }
    for (const TensorSpec& output : outputs) out.push_back(model.AddTensor(output));
    model.AddCustomOperator("TFLite_Detection_PostProcess", in, out, Options());
    model.SetInputs(given);
    model.SetOutputs(out);
    return model;
  }
};

}  // namespace earshot::test
