// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TFLite_Detection_PostProcess, which takes tensors and options of its own kind.

#include <cstdint>
#include <string>
#include <vector>

#include "tests/kernels/detection_model.h"
#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {

std::vector<KernelCase> DetectionCases() {
  constexpr uint32_t kCases = 4;
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    for (const TensorType type : {TensorType::FLOAT32, TensorType::UINT8}) {
      Random random(seed);
      DetectionModel detection;
      detection.boxes = random.Between(5, 20);
      detection.classes = random.Between(1, 4);
      detection.numbers["num_classes"] = detection.classes;
      detection.numbers["max_detections"] = random.Between(2, 8);
      detection.numbers["use_regular_nms"] = seed % 2;
      detection.SetTensors(type);
      TensorSpec& anchors = detection.inputs[2];
      anchors.data = AnyContent(random, anchors);
      if (type == TensorType::FLOAT32) {  // Where the others are, and none without a size.
        std::vector<float> sizes;
        for (int32_t i = 0; i < 4 * detection.boxes; ++i) {
          sizes.push_back(static_cast<float>(random.Between(1, 100)) / 100.0f);
        }
        anchors.data = BytesOf(sizes);
      }
      KernelCase made = {
          "TFLite_Detection_PostProcess " + std::to_string(seed), detection.Build(), {}};
      for (size_t i = 0; i < 2; ++i) {
        made.inputs.push_back(AnyContent(random, detection.inputs[i]));
      }
      cases.push_back(std::move(made));
    }
  }
  return cases;
}

}  // namespace earshot::test
