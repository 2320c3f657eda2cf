// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Words found in longer recordings, with the shipped model and its own thresholds.

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "host/classifier.h"
#include "tests/accuracy/recorded_gates.h"
#include "tests/support/golden.h"

namespace earshot::accuracy {
namespace {

// An announcement may come this long after its word has ended.
constexpr double kLatestSeconds = 1.0;

struct Event {
  std::string label;
  double start;
  double end;
  bool found = false;
};

std::vector<Event> ReadEvents(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file) << path;
  std::vector<Event> events;
  std::string line;
  std::getline(file, line);  // label,start,end
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    Event event;
    char comma = ',';
    std::getline(cells, event.label, ',');
    cells >> event.start >> comma >> event.end;
    events.push_back(event);
  }
  return events;
}

TEST(StreamAccuracyTest, AudioSamples) {
  const host::KeywordModel model{host::ModelChoice{}};
  host::Classifier classifier(model);
  for (const StreamGate& gate : kStreamGates) {
    SCOPED_TRACE(gate.name);
    const std::string base = test::SourcePath(std::string("audio_samples/streams/") + gate.name);
    std::vector<Event> events = ReadEvents(base + ".csv");
    const host::RecordingResult result =
        classifier.Classify(base + ".wav", host::ClassifyMode::kStream);
    ASSERT_EQ(result.error, "");
    size_t false_accepts = 0;
    for (const Detection& detection : result.detections) {
      const double time = static_cast<double>(detection.time_ms) / 1000;
      bool is_true = false;
      for (Event& event : events) {
        if (event.label != model.labels()[static_cast<size_t>(detection.label)]) continue;
        if (event.start <= time && time <= event.end + kLatestSeconds) {
          event.found = is_true = true;
        }
      }
      if (!is_true) ++false_accepts;
    }
    size_t words = 0;
    size_t found = 0;
    std::string missed;
    for (const Event& event : events) {
      if (event.label != "yes" && event.label != "no") continue;
      ++words;
      if (event.found) ++found;
      if (!event.found) missed += " " + event.label + " at " + std::to_string(event.start);
    }
    std::printf("%s: %zu of %zu words found, %zu false\n", gate.name, found, words, false_accepts);
    EXPECT_EQ(words, gate.words);
    EXPECT_GE(found, gate.found) << "missed now:" << missed;
    EXPECT_LE(false_accepts, gate.false_accepts);
  }
}

}  // namespace
}  // namespace earshot::accuracy
