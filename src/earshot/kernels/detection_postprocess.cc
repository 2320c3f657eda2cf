// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/detection_postprocess.h"

#include "earshot/kernels/custom_options.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

constexpr int32_t kCorners = 4;  // Numbers that make a box.

Verdict CheckShapes(const PrepareContext& context, DetectionPostprocess* detection) {
  const TensorInfo encodings = context.input(kDetectionEncodings);
  const TensorInfo scores = context.input(kDetectionScores);
  const TensorInfo anchors = context.input(kDetectionAnchors);
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "boxes: rank"_text, encodings.rank(), 3));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "scores: rank"_text, scores.rank(), 3));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "anchors: rank"_text, anchors.rank(), 2));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "boxes: batches"_text, encodings.dim(0), 1));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "scores: batches"_text, scores.dim(0), 1));
  detection->boxes = encodings.dim(1);
  detection->coordinates = encodings.dim(2);
  detection->columns = scores.dim(2);
  constexpr auto kMostBoxes = static_cast<int32_t>(INT32_MAX / sizeof(DetectionBox));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtMost(context, "boxes (wanted: at most)"_text, detection->boxes, kMostBoxes));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "boxes: numbers of each (wanted: at least)"_text,
                                       detection->coordinates, kCorners));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "scores: boxes"_text, scores.dim(1), detection->boxes));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "anchors"_text, anchors.dim(0), detection->boxes));
  return CheckEqual(context, "anchors: numbers of each"_text, anchors.dim(1), kCorners);
}

Verdict CheckInputs(const PrepareContext& context, DetectionPostprocess* detection) {
  const TensorType type = context.input(kDetectionEncodings).type;
  for (size_t i = 0; i < kDetectionInputs; ++i) {
    const TensorInfo input = context.input(i);
    EARSHOT_RETURN_IF_ERROR(CheckType(context, "inputs: type"_text, input, type));
    if (type == TensorType::FLOAT32) continue;
    EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "inputs: number of scales"_text, input));
    detection->quantization[i] = {input.scale(), input.zero_point()};
  }
  return Verdict::Ok();
}

// Not 0, infinite or no number.
Verdict ReadPositive(const PrepareContext& context, const char* name, StaticText what,
                     float* value) {
  EARSHOT_RETURN_IF_ERROR(ReadRealOption(context, name, value));
  EARSHOT_RETURN_IF_ERROR(CheckFinite(context, what, *value));
  return *value > 0.0f ? Verdict::Ok() : context.Invalid(what, 0, 1);
}

Verdict ReadReals(const PrepareContext& context, DetectionPostprocess* detection) {
  EARSHOT_RETURN_IF_ERROR(ReadRealOption(context, "nms_score_threshold", &detection->lowest_score));
  EARSHOT_RETURN_IF_ERROR(ReadPositive(context, "nms_iou_threshold",
                                       "nms_iou_threshold is not above 0"_text,
                                       &detection->largest_overlap));
  if (detection->largest_overlap > 1.0f) {
    return context.InvalidScale("nms_iou_threshold (wanted: at most)"_text,
                                detection->largest_overlap, 1.0f);
  }
  constexpr const char* kScales[] = {"y_scale", "x_scale", "h_scale", "w_scale"};
  for (size_t i = 0; i < kCorners; ++i) {
    EARSHOT_RETURN_IF_ERROR(ReadPositive(context, kScales[i],
                                         "scale of boxes is not above 0, or infinite"_text,
                                         &detection->scales[i]));
  }
  return Verdict::Ok();
}

Verdict ReadNumbers(const PrepareContext& context, DetectionPostprocess* detection) {
  constexpr int32_t kUsualPerClass = 100;
  constexpr StaticText kClasses = "num_classes (nearest that fits the scores)"_text;
  constexpr StaticText kMost = "max_detections (nearest that fits the outputs)"_text;
  constexpr StaticText kPerClass = "detections_per_class (nearest)"_text;
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "num_classes", kClasses,
                                     detection->columns > 1 ? detection->columns - 1 : 1,
                                     detection->columns, &detection->classes));
  EARSHOT_RETURN_IF_ERROR(
      ReadOption(context, "max_detections", kMost, 1, detection->places, &detection->most));
  detection->by_class = 0;
  EARSHOT_RETURN_IF_ERROR(ReadOptionIfThere(context, "use_regular_nms", "use_regular_nms"_text,
                                            INT32_MIN, INT32_MAX, &detection->by_class));
  detection->most_per_class = detection->most;
  if (detection->by_class != 0) {
    detection->most_per_class = kUsualPerClass;
    return ReadOptionIfThere(context, "detections_per_class", kPerClass, 1, INT32_MAX,
                             &detection->most_per_class);
  }
  // The original writes more of them to places that are not there.
  int32_t per_detection = 0;
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "max_classes_per_detection",
                                     "max_classes_per_detection (nearest)"_text, 1, INT32_MAX,
                                     &per_detection));
  if (detection->classes == 1) return Verdict::Ok();
  return CheckAtMost(context, "max_classes_per_detection (wanted: at most)"_text, per_detection, 1);
}

Verdict CheckOutputs(const PrepareContext& context, DetectionPostprocess* detection) {
  for (size_t i = 0; i < context.output_count(); ++i) {
    EARSHOT_RETURN_IF_ERROR(
        CheckType(context, "outputs: type"_text, context.output(i), TensorType::FLOAT32));
  }
  detection->places = context.output(1).count();
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output 2: number of elements"_text,
                                     context.output(2).count(), detection->places));
  EARSHOT_RETURN_IF_ERROR(CheckSameNumber(context, "output 0: number of elements"_text,
                                          context.output(0).count(),
                                          int64_t{detection->places} * kCorners));
  return CheckEqual(context, "output 3: number of elements"_text, context.output(3).count(), 1);
}

}  // namespace

Verdict PrepareDetectionPostprocess(PrepareContext& context) {
  DetectionPostprocess detection = {};
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, kDetectionInputs, kDetectionInputs, 4));
  EARSHOT_RETURN_IF_ERROR(CheckInputs(context, &detection));
  EARSHOT_RETURN_IF_ERROR(CheckShapes(context, &detection));
  EARSHOT_RETURN_IF_ERROR(CheckOutputs(context, &detection));
  EARSHOT_RETURN_IF_ERROR(ReadNumbers(context, &detection));
  EARSHOT_RETURN_IF_ERROR(ReadReals(context, &detection));
  const auto boxes = static_cast<uint32_t>(detection.boxes);
  const uint32_t scratch[] = {boxes * uint32_t{sizeof(DetectionBox)},
                              boxes * uint32_t{sizeof(float)}, boxes * uint32_t{sizeof(int32_t)}};
  context.RequestScratch(scratch);
  context.SetData(detection);
  return Verdict::Ok();
}

}  // namespace earshot
