// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TFLite_Detection_PostProcess, a custom operator: the last one of models that find things in
// images. Makes boxes of what the model says about its anchors, and keeps those with the best
// scores that do not overlap.
//
//   input 0:  [1, boxes, 4 or more], y, x, height and width of each, relative to its anchor
//   input 1:  [1, boxes, num_classes or one more], scores; the one more is the background, in front
//   input 2:  [boxes, 4], anchors: y and x of their centers, height, width
//   output 0: float32 [1, places, 4], y and x of the upper left corner and of the lower right one
//   output 1: float32 [1, places], classes, counted without the background
//   output 2: float32 [1, places], scores, falling
//   output 3: float32 [1], how many detections there are; places behind them are 0 (TensorFlow
//             Lite Micro leaves there what was there, unless use_regular_nms)
//   options:  max_detections, max_classes_per_detection, detections_per_class (100 where it is
//             missing), use_regular_nms (no, where it is missing), num_classes,
//             nms_score_threshold, nms_iou_threshold, y_scale, x_scale, h_scale, w_scale
//
// Without use_regular_nms each box is what its best class says, and overlaps count across classes;
// with it, each class has its own boxes. A box without area is no detection; TensorFlow Lite Micro
// fails at one.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: one class per detection.
constexpr KernelKey kDetectionPostprocessFloat32Key =
    KernelKey::Custom("TFLite_Detection_PostProcess", TensorType::FLOAT32);
// Limits: one class per detection.
constexpr KernelKey kDetectionPostprocessUint8Key =
    KernelKey::Custom("TFLite_Detection_PostProcess", TensorType::UINT8);

constexpr size_t kDetectionEncodings = 0;  // Inputs.
constexpr size_t kDetectionScores = 1;
constexpr size_t kDetectionAnchors = 2;
constexpr size_t kDetectionInputs = 3;

// Scratch buffers, of as many as there are boxes.
constexpr size_t kDetectionScratchBoxes = 0;       // DetectionBox
constexpr size_t kDetectionScratchScores = 1;      // float
constexpr size_t kDetectionScratchCandidates = 2;  // int32_t

struct DetectionBox {
  float y_min;
  float x_min;
  float y_max;
  float x_max;
};

// What an input's stored numbers mean; not looked at where they are float32.
struct DetectionQuantization {
  float scale;
  int32_t zero_point;
};

struct DetectionPostprocess {
  int32_t boxes;
  int32_t coordinates;  // Of a box in input 0, of which the first four count.
  int32_t columns;      // Scores of a box in input 1.
  int32_t classes;      // The last so many columns.
  int32_t places;       // In the outputs.
  int32_t most;         // Detections.
  int32_t most_per_class;
  int32_t by_class;       // Not 0: use_regular_nms.
  float lowest_score;     // Of a detection.
  float largest_overlap;  // Intersection over union of two.
  float scales[4];        // Of y, x, height and width in input 0: they are divided by these.
  DetectionQuantization quantization[kDetectionInputs];
};

// kInvalidModel: shapes that do not fit together, options that are missing or out of range, inputs
// of integers without one scale each. kUnsupported: other types, more than one class per detection.
Verdict PrepareDetectionPostprocess(PrepareContext& context);

}  // namespace earshot
