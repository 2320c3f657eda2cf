// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TFLite_Detection_PostProcess, against its definition in double precision.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "tests/kernels/detection_model.h"
#include "tests/kernels/exact_arithmetic.h"
#include "tests/kernels/one_operator.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::DetectionModel;
using test::Random;
using test::RunResult;
using test::TensorSpec;

struct Found {
  std::vector<double> corners;  // Of its box.
  int32_t of_class;
  double score;
};

// The three inputs, and what there is to be found in them.
struct Scene {
  std::vector<float> encodings, scores, anchors;

  // With the anchors in the model, as they are in the field's.
  RunResult Run(DetectionModel model) const {
    model.inputs[2].data = BytesOf(anchors);
    return test::RunModel(model.Build(), {BytesOf(encodings), BytesOf(scores)});
  }

  std::vector<double> CornersOf(const DetectionModel& model, size_t box) const {
    const auto of = [box](const std::vector<float>& numbers, size_t i) -> double {
      return numbers[4 * box + i];
    };
    std::vector<double> low, high;
    for (size_t axis = 0; axis < 2; ++axis) {
      const char* const center_scale = axis == 0 ? "y_scale" : "x_scale";
      const char* const size_scale = axis == 0 ? "h_scale" : "w_scale";
      const double size = of(anchors, 2 + axis);
      const double center =
          of(anchors, axis) + size * of(encodings, axis) / model.reals.at(center_scale);
      const double half = size * std::exp(of(encodings, 2 + axis) / model.reals.at(size_scale)) / 2;
      low.push_back(center - half);
      high.push_back(center + half);
    }
    return {low[0], low[1], high[0], high[1]};
  }

  double ScoreOf(const DetectionModel& model, size_t box, int32_t of_class) const {
    const auto columns = static_cast<size_t>(model.inputs[1].shape[2]);
    return scores[box * columns + columns + static_cast<size_t>(of_class - model.classes)];
  }
};

double Overlap(const std::vector<double>& a, const std::vector<double>& b) {
  const auto area = [](const std::vector<double>& box) {
    return (box[2] - box[0]) * (box[3] - box[1]);
  };
  const std::vector<double> common = {std::max(a[0], b[0]), std::max(a[1], b[1]),
                                      std::min(a[2], b[2]), std::min(a[3], b[3])};
  if (common[0] >= common[2] || common[1] >= common[3]) return 0;
  return area(common) / (area(a) + area(b) - area(common));
}

// A candidate is a detection unless a better one of those that it competes with overlaps it.
void Keep(std::vector<Found> candidates, const DetectionModel& model, size_t most,
          std::vector<Found>* kept) {
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Found& a, const Found& b) { return a.score > b.score; });
  std::vector<Found> chosen;
  for (const Found& candidate : candidates) {
    const bool is_covered = std::any_of(chosen.begin(), chosen.end(), [&](const Found& better) {
      return Overlap(better.corners, candidate.corners) > model.reals.at("nms_iou_threshold");
    });
    if (!is_covered) chosen.push_back(candidate);
  }
  chosen.resize(std::min(chosen.size(), most));
  kept->insert(kept->end(), chosen.begin(), chosen.end());
}

std::vector<Found> Wanted(const Scene& scene, const DetectionModel& model) {
  const auto most = static_cast<size_t>(model.numbers.at("max_detections"));
  std::vector<std::vector<Found>> by_class(static_cast<size_t>(model.classes));
  std::vector<Found> best;
  for (size_t box = 0; box < static_cast<size_t>(model.boxes); ++box) {
    std::vector<Found> all;
    for (int32_t c = 0; c < model.classes; ++c) {
      all.push_back({scene.CornersOf(model, box), c, scene.ScoreOf(model, box, c)});
      if (all.back().score < model.reals.at("nms_score_threshold")) continue;
      by_class[static_cast<size_t>(c)].push_back(all.back());
    }
    const Found top = *std::max_element(
        all.begin(), all.end(), [](const Found& a, const Found& b) { return a.score < b.score; });
    if (top.score >= model.reals.at("nms_score_threshold")) best.push_back(top);
  }
  std::vector<Found> kept;
  if (model.numbers.at("use_regular_nms") == 0) {
    Keep(best, model, most, &kept);
    return kept;
  }
  const auto named = model.numbers.find("detections_per_class");
  const size_t per_class = named == model.numbers.end() ? 100 : static_cast<size_t>(named->second);
  for (const std::vector<Found>& candidates : by_class) Keep(candidates, model, per_class, &kept);
  std::stable_sort(kept.begin(), kept.end(),
                   [](const Found& a, const Found& b) { return a.score > b.score; });
  kept.resize(std::min(kept.size(), most));
  return kept;
}

void ExpectFound(const RunResult& run, const std::vector<Found>& wanted) {
  ASSERT_RAN(run);
  ASSERT_EQ(run.As<float>(3), std::vector<float>{static_cast<float>(wanted.size())});
  const auto corners = run.As<float>(0), classes = run.As<float>(1), scores = run.As<float>(2);
  for (size_t i = 0; i < scores.size(); ++i) {
    const Found none = {{0, 0, 0, 0}, 0, 0};
    const Found& found = i < wanted.size() ? wanted[i] : none;
    EXPECT_EQ(classes[i], static_cast<float>(found.of_class)) << i;
    EXPECT_EQ(scores[i], static_cast<float>(found.score)) << i;
    for (size_t corner = 0; corner < 4; ++corner) {
      EXPECT_NEAR(corners[4 * i + corner], found.corners[corner], 1e-5) << i << " " << corner;
    }
  }
}

std::vector<float> Between(Random& random, float low, float high, size_t count) {
  std::vector<float> numbers(count);
  for (float& number : numbers) {
    number = low + (high - low) * static_cast<float>(random.Between(0, 1 << 20)) / (1 << 20);
  }
  return numbers;
}

// Boxes close enough to one another to overlap.
Scene MakeScene(Random& random, const DetectionModel& model) {
  const auto count = static_cast<size_t>(model.boxes);
  Scene scene;
  scene.encodings = Between(random, -4.0f, 4.0f, 4 * count);
  scene.scores = Between(random, 0.0f, 1.0f, count * static_cast<size_t>(model.inputs[1].shape[2]));
  for (size_t i = 0; i < count; ++i) {
    for (const float number : Between(random, 0.0f, 0.6f, 2)) scene.anchors.push_back(number);
    for (const float number : Between(random, 0.3f, 0.5f, 2)) scene.anchors.push_back(number);
  }
  return scene;
}

TEST(DetectionPostprocessTest, KeepsTheBestBoxesThatDoNotOverlap) {
  Random random(1);
  std::set<size_t> counts;
  for (int i = 0; i < 120; ++i) {
    DetectionModel model;
    model.boxes = random.Between(1, 40);
    model.classes = random.Between(1, 5);
    model.has_background = i % 3 != 0;
    model.in_double = i % 5 == 0;
    model.numbers["num_classes"] = model.classes;
    model.numbers["max_detections"] = random.Between(1, 12);
    model.numbers["use_regular_nms"] = i % 2;
    if (i % 4 == 1) model.numbers["detections_per_class"] = random.Between(1, 4);
    if (i % 6 == 0) model.numbers.erase("detections_per_class");
    model.reals["nms_score_threshold"] = 0.25 * (i % 4);
    model.reals["nms_iou_threshold"] = i % 7 == 0 ? 1.0 : 0.3;
    model.SetTensors(TensorType::FLOAT32);
    const Scene scene = MakeScene(random, model);
    const std::vector<Found> wanted = Wanted(scene, model);
    counts.insert(wanted.size());
    ExpectFound(scene.Run(model), wanted);
  }
  EXPECT_GT(counts.size(), 8u);
}

DetectionModel Usual(int64_t by_class) {
  DetectionModel model;
  model.numbers["use_regular_nms"] = by_class;
  model.SetTensors(TensorType::FLOAT32);
  return model;
}

Scene UsualScene() {
  Random random(2);
  return MakeScene(random, Usual(0));
}

// Far from one another, so that they only compete for places.
TEST(DetectionPostprocessTest, EqualScoresKeepTheirOrder) {
  for (const int64_t by_class : {0, 1}) {
    const DetectionModel model = Usual(by_class);
    Scene scene = UsualScene();
    for (size_t box = 0; box < 6; ++box) scene.anchors[4 * box] = 5.0f * static_cast<float>(box);
    std::fill(scene.scores.begin(), scene.scores.end(), 0.5f);
    ExpectFound(scene.Run(model), Wanted(scene, model));
  }
}

// They are more than enough for the usual 100 of a class.
TEST(DetectionPostprocessTest, DetectionsOfAClassAreAHundredWhereTheModelDoesNotSay) {
  DetectionModel model;
  model.boxes = 130;
  model.classes = 1;
  model.numbers = {{"max_detections", 120}, {"num_classes", 1}, {"use_regular_nms", 1}};
  model.reals["nms_iou_threshold"] = 1.0;
  model.SetTensors(TensorType::FLOAT32);
  Random random(3);
  EXPECT_EQ(MakeScene(random, model).Run(model).As<float>(3)[0], 100.0f);
  model.numbers["use_regular_nms"] = 0;
  model.numbers["max_classes_per_detection"] = 3;  // Of one class there is no more than one.
  EXPECT_EQ(MakeScene(random, model).Run(model).As<float>(3)[0], 120.0f);
}

TEST(DetectionPostprocessTest, ABoxMayHaveMoreNumbersThanItsFour) {
  const DetectionModel model = Usual(0);
  const Scene scene = UsualScene();
  DetectionModel wide = model;
  wide.inputs[0].shape[2] = 6;
  Scene wide_scene = scene;
  wide_scene.encodings.clear();
  for (size_t i = 0; i < scene.encodings.size(); ++i) {
    wide_scene.encodings.push_back(scene.encodings[i]);
    if (i % 4 == 3) wide_scene.encodings.insert(wide_scene.encodings.end(), {99.0f, 99.0f});
  }
  ExpectFound(wide_scene.Run(wide), Wanted(scene, model));
}

TEST(DetectionPostprocessTest, BoxesWithoutAreaAndScoresThatAreNoNumberAreNoDetections) {
  const DetectionModel model = Usual(0);
  Scene scene = UsualScene();
  const size_t columns = 4;
  scene.anchors[2] = 0.0f;                                           // Box 0 has no height.
  scene.encodings[4 + 3] = -std::numeric_limits<float>::infinity();  // Box 1 has no width.
  scene.encodings[8] = std::numeric_limits<float>::quiet_NaN();      // Box 2 is nowhere.
  for (size_t c = 0; c < columns; ++c) {
    scene.scores[3 * columns + c] = std::numeric_limits<float>::quiet_NaN();
  }
  const RunResult run = scene.Run(model);
  ASSERT_RAN(run);
  Scene rest;
  rest.encodings.assign(scene.encodings.begin() + 16, scene.encodings.end());
  rest.anchors.assign(scene.anchors.begin() + 16, scene.anchors.end());
  rest.scores.assign(scene.scores.begin() + 16, scene.scores.end());
  DetectionModel of_rest = model;
  of_rest.boxes = 2;
  of_rest.SetTensors(TensorType::FLOAT32);
  ExpectFound(run, Wanted(rest, of_rest));
}

// The same numbers, stored.
TEST(DetectionPostprocessTest, Uint8MeansTheRealNumbersThatItStandsFor) {
  Random random(4);
  for (const int64_t by_class : {0, 1}) {
    DetectionModel model = Usual(by_class);
    DetectionModel stored = model;
    stored.SetTensors(TensorType::UINT8);
    Scene scene;
    std::vector<std::vector<uint8_t>> values;
    std::vector<float>* const reals[] = {&scene.encodings, &scene.scores, &scene.anchors};
    for (size_t i = 0; i < 3; ++i) {
      const TensorSpec& input = stored.inputs[i];
      size_t count = 1;
      for (const int32_t extent : input.shape) count *= static_cast<size_t>(extent);
      values.push_back(BytesOf(random.Int8(count)));
      for (const uint8_t value : values.back()) {
        const auto zero_point = static_cast<int32_t>(input.zero_points[0]);
        reals[i]->push_back(static_cast<float>(value - zero_point) * input.scales[0]);
      }
    }
    const RunResult run = test::RunModel(stored.Build(), values);
    ASSERT_RAN(run);
    EXPECT_EQ(run.outputs, scene.Run(model).outputs);
    EXPECT_GT(run.As<float>(3)[0], 0.0f);
  }
}

struct Damage {
  void (*damage)(DetectionModel& model);
  StatusCode code;
  const char* text;
};

constexpr StatusCode kInvalid = StatusCode::kInvalidModel;
constexpr StatusCode kUnsupported = StatusCode::kUnsupported;

const Damage kDamages[] = {
    {[](DetectionModel& model) { model.numbers.erase("max_detections"); }, kInvalid, "options"},
    {[](DetectionModel& model) { model.numbers.erase("num_classes"); }, kInvalid, "options"},
    {[](DetectionModel& model) { model.reals.erase("h_scale"); }, kInvalid, "options"},
    {[](DetectionModel& model) { model.reals.erase("nms_score_threshold"); }, kInvalid, "options"},
    {[](DetectionModel& model) { model.numbers["max_detections"] = 0; }, kInvalid,
     "max_detections"},
    {[](DetectionModel& model) { model.numbers["max_detections"] = 5; }, kInvalid,
     "max_detections"},
    {[](DetectionModel& model) { model.numbers["num_classes"] = 2; }, kInvalid, "num_classes"},
    {[](DetectionModel& model) { model.numbers["num_classes"] = 5; }, kInvalid, "num_classes"},
    {[](DetectionModel& model) {
       model.numbers["use_regular_nms"] = 1;
       model.numbers["detections_per_class"] = 0;
     },
     kInvalid, "detections_per_class"},
    {[](DetectionModel& model) { model.numbers["max_classes_per_detection"] = 0; }, kInvalid,
     "max_classes_per_detection"},
    {[](DetectionModel& model) { model.numbers["max_classes_per_detection"] = 2; }, kUnsupported,
     "max_classes_per_detection"},
    {[](DetectionModel& model) { model.reals["nms_iou_threshold"] = 0; }, kInvalid,
     "nms_iou_threshold"},
    {[](DetectionModel& model) { model.reals["nms_iou_threshold"] = 1.01; }, kInvalid,
     "nms_iou_threshold"},
    {[](DetectionModel& model) { model.reals["x_scale"] = -1; }, kInvalid, "scale of boxes"},
    {[](DetectionModel& model) { model.reals["y_scale"] = HUGE_VAL; }, kInvalid, "scale of boxes"},
    {[](DetectionModel& model) {
       model.inputs[0].shape = {1, 24};
     },
     kInvalid, "boxes: rank"},
    {[](DetectionModel& model) {
       model.inputs[0].shape = {2, 3, 4};
     },
     kInvalid, "boxes: batches"},
    {[](DetectionModel& model) {
       model.inputs[0].shape = {1, 8, 3};
     },
     kInvalid, "boxes: numbers of each"},
    {[](DetectionModel& model) {
       model.inputs[1].shape = {6, 4};
     },
     kInvalid, "scores: rank"},
    {[](DetectionModel& model) {
       model.inputs[1].shape = {2, 3, 4};
     },
     kInvalid, "scores: batches"},
    {[](DetectionModel& model) {
       model.inputs[1].shape = {1, 5, 4};
     },
     kInvalid, "scores: boxes"},
    {[](DetectionModel& model) {
       model.inputs[2].shape = {1, 6, 4};
     },
     kInvalid, "anchors: rank"},
    {[](DetectionModel& model) {
       model.inputs[2].shape = {5, 4};
     },
     kInvalid, "anchors"},
    {[](DetectionModel& model) {
       model.inputs[2].shape = {6, 3};
     },
     kInvalid, "anchors: numbers of each"},
    {[](DetectionModel& model) { model.inputs[1].type = TensorType::INT32; }, kUnsupported,
     "inputs: type"},
    {[](DetectionModel& model) {
       model.SetTensors(TensorType::UINT8);
       model.inputs[2].scales = {};
       model.inputs[2].zero_points = {};
     },
     kInvalid, "inputs: number of scales"},
    {[](DetectionModel& model) { model.outputs[3].type = TensorType::INT32; }, kUnsupported,
     "outputs: type"},
    {[](DetectionModel& model) {
       model.outputs[0].shape = {1, 3, 4};
     },
     kInvalid, "output 0"},
    {[](DetectionModel& model) {
       model.outputs[2].shape = {1, 3};
     },
     kInvalid, "output 2"},
    {[](DetectionModel& model) { model.outputs[3].shape = {2}; }, kInvalid, "output 3"},
    {[](DetectionModel& model) { model.outputs.pop_back(); }, kInvalid, "number of outputs"},
    {[](DetectionModel& model) { model.inputs.pop_back(); }, kInvalid, "number of inputs"},
};

TEST(DetectionPostprocessTest, RefusesWhatDoesNotFitTogether) {
  for (const Damage& damage : kDamages) {
    DetectionModel model = Usual(0);
    damage.damage(model);
    const Status status = test::RunModel(model.Build(), {}).status;
    EXPECT_EQ(status.code, damage.code) << damage.text << ": " << test::Text(status);
    EXPECT_THAT(test::Text(status), testing::HasSubstr(damage.text));
  }
  test::ExpectArenaIsKnown(Usual(1).Build());
}

}  // namespace
}  // namespace earshot
