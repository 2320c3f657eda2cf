// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The invoke of TFLite_Detection_PostProcess.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "earshot/kernels/detection_postprocess.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

inline float RealOfStored(float value, const DetectionQuantization&) { return value; }
inline float RealOfStored(uint8_t value, const DetectionQuantization& quantization) {
  return static_cast<float>(value - quantization.zero_point) * quantization.scale;
}

// Input `Index` as real numbers.
template <typename T, size_t Index>
class DetectionInput {
 public:
  explicit DetectionInput(const InvokeContext& context)
      : values_(context.input<T>(Index)),
        quantization_(context.data<DetectionPostprocess>().quantization[Index]) {}

  float operator[](int32_t i) const { return RealOfStored(values_[i], quantization_); }

 private:
  const T* values_;
  const DetectionQuantization& quantization_;
};

// In double precision, and each number rounded once before the corners are made of them.
inline float CenterOfBox(float encoded, float scale, float anchor_center, float anchor_size) {
  return static_cast<float>(static_cast<double>(encoded) / static_cast<double>(scale) *
                                static_cast<double>(anchor_size) +
                            static_cast<double>(anchor_center));
}

inline float HalfOfBox(float encoded, float scale, float anchor_size) {
  return static_cast<float>(0.5 *
                            std::exp(static_cast<double>(encoded) / static_cast<double>(scale)) *
                            static_cast<double>(anchor_size));
}

template <typename T>
void MakeBoxes(const InvokeContext& context, DetectionBox* boxes) {
  const auto& data = context.data<DetectionPostprocess>();
  const DetectionInput<T, kDetectionEncodings> encodings(context);
  const DetectionInput<T, kDetectionAnchors> anchors(context);
  for (int32_t box = 0; box < data.boxes; ++box) {
    const int32_t from = box * data.coordinates, anchor = 4 * box;
    const float height = anchors[anchor + 2], width = anchors[anchor + 3];
    const float y = CenterOfBox(encodings[from], data.scales[0], anchors[anchor], height);
    const float x = CenterOfBox(encodings[from + 1], data.scales[1], anchors[anchor + 1], width);
    const float half_height = HalfOfBox(encodings[from + 2], data.scales[2], height);
    const float half_width = HalfOfBox(encodings[from + 3], data.scales[3], width);
    boxes[box] = {y - half_height, x - half_width, y + half_height, x + half_width};
  }
}

inline bool HasArea(const DetectionBox& box) {
  return box.y_min < box.y_max && box.x_min < box.x_max;
}

inline float AreaOf(const DetectionBox& box) {
  return (box.y_max - box.y_min) * (box.x_max - box.x_min);
}

// Intersection over union.
inline float OverlapOf(const DetectionBox& a, const DetectionBox& b) {
  const float area_a = AreaOf(a), area_b = AreaOf(b);
  if (area_a <= 0.0f || area_b <= 0.0f) return 0.0f;  // As small as that.
  const float height = std::min(a.y_max, b.y_max) - std::max(a.y_min, b.y_min);
  const float width = std::min(a.x_max, b.x_max) - std::max(a.x_min, b.x_min);
  const float common = std::max(height, 0.0f) * std::max(width, 0.0f);
  return common / (area_a + area_b - common);
}

// The boxes that may still become detections, in their order in the model.
class DetectionCandidates {
 public:
  // Those with a score that is high enough, and an area: the original stops at one without.
  DetectionCandidates(const DetectionPostprocess& data, const DetectionBox* boxes,
                      const float* scores, int32_t* list)
      : boxes_(boxes), scores_(scores), list_(list), largest_overlap_(data.largest_overlap) {
    for (int32_t box = 0; box < data.boxes; ++box) {
      if (scores[box] >= data.lowest_score && HasArea(boxes[box])) list_[count_++] = box;
    }
  }

  bool empty() const { return count_ == 0; }

  // The one with the highest score, the first of equal ones. It and all that overlap it too much
  // are gone then. Precondition: !empty().
  int32_t TakeBest() {
    int32_t best = list_[0];
    for (int32_t i = 1; i < count_; ++i) {
      if (scores_[list_[i]] > scores_[best]) best = list_[i];
    }
    int32_t left = 0;
    for (int32_t i = 0; i < count_; ++i) {
      const int32_t box = list_[i];
      if (box != best && !(OverlapOf(boxes_[best], boxes_[box]) > largest_overlap_)) {
        list_[left++] = box;
      }
    }
    count_ = left;
    return best;
  }

 private:
  const DetectionBox* boxes_;
  const float* scores_;
  int32_t* list_;
  float largest_overlap_;
  int32_t count_ = 0;
};

// The outputs: detections by falling score, of equal ones the earlier one first.
class Detections {
 public:
  explicit Detections(const InvokeContext& context)
      : boxes_(context.output<DetectionBox>(0)),
        classes_(context.output<float>(1)),
        scores_(context.output<float>(2)),
        most_(context.data<DetectionPostprocess>().most) {}

  // False: there are enough that are as good.
  bool Add(const DetectionBox& box, int32_t of_class, float score) {
    int32_t place = count_;
    while (place > 0 && scores_[place - 1] < score) --place;
    if (place == most_) return false;
    if (count_ < most_) ++count_;
    for (int32_t i = count_ - 1; i > place; --i)
      Set(i, boxes_[i - 1], classes_[i - 1], scores_[i - 1]);
    Set(place, box, static_cast<float>(of_class), score);
    return true;
  }

  // Clears the places behind them. Returns how many there are.
  int32_t End(int32_t places) {
    for (int32_t i = count_; i < places; ++i) Set(i, {0, 0, 0, 0}, 0, 0);
    return count_;
  }

 private:
  void Set(int32_t place, const DetectionBox& box, float of_class, float score) {
    boxes_[place] = box;
    classes_[place] = of_class;
    scores_[place] = score;
  }

  DetectionBox* boxes_;
  float* classes_;
  float* scores_;
  int32_t most_;
  int32_t count_ = 0;
};

// Input 1, of the first class that is not the background on.
template <typename T>
class ClassScores {
 public:
  explicit ClassScores(const InvokeContext& context)
      : data_(context.data<DetectionPostprocess>()), scores_(context) {}

  float Of(int32_t box, int32_t of_class) const {
    return scores_[box * data_.columns + data_.columns - data_.classes + of_class];
  }

  // The class with the highest score, the first of equal ones.
  int32_t BestOf(int32_t box) const {
    int32_t best = 0;
    for (int32_t i = 1; i < data_.classes; ++i) {
      if (Of(box, i) > Of(box, best)) best = i;
    }
    return best;
  }

 private:
  const DetectionPostprocess& data_;
  DetectionInput<T, kDetectionScores> scores_;
};

template <typename T>
void InvokeDetectionPostprocess(const InvokeContext& context) {
  const auto& data = context.data<DetectionPostprocess>();
  auto* boxes = context.scratch<DetectionBox>(kDetectionScratchBoxes);
  auto* box_scores = context.scratch<float>(kDetectionScratchScores);
  const ClassScores<T> scores(context);
  Detections detections(context);
  MakeBoxes<T>(context, boxes);
  const int32_t rounds = data.by_class != 0 ? data.classes : 1;
  for (int32_t round = 0; round < rounds; ++round) {
    const auto class_of = [&](int32_t box) {
      return data.by_class != 0 ? round : scores.BestOf(box);
    };
    for (int32_t box = 0; box < data.boxes; ++box) box_scores[box] = scores.Of(box, class_of(box));
    DetectionCandidates candidates(data, boxes, box_scores,
                                   context.scratch<int32_t>(kDetectionScratchCandidates));
    for (int32_t i = 0; i < data.most_per_class && !candidates.empty(); ++i) {
      const int32_t box = candidates.TakeBest();
      if (!detections.Add(boxes[box], class_of(box), box_scores[box])) break;
    }
  }
  context.output<float>(3)[0] = static_cast<float>(detections.End(data.places));
}

}  // namespace earshot::reference
