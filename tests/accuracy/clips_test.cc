// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Accuracy of the shipped model over recordings, as `earshot classify` hears them.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "host/classifier.h"
#include "tests/accuracy/recorded_gates.h"
#include "tests/support/golden.h"

namespace earshot::accuracy {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> FilesIn(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

class ClipLabeller {
 public:
  ClipLabeller() : model_(host::ModelChoice{}), classifier_(model_) {}

  // The label that the clip is heard as; its error where it cannot be read.
  std::string Label(const std::string& path) {
    const host::RecordingResult result = classifier_.Classify(path, host::ClassifyMode::kClip);
    return result.clip.has_value() ? model_.labels()[result.clip->label] : result.error;
  }

 private:
  host::KeywordModel model_;
  host::Classifier classifier_;
};

TEST(ClipAccuracyTest, AudioSamples) {
  const std::set<std::string> known_wrong(std::begin(kWrongSamples), std::end(kWrongSamples));
  ClipLabeller labeller;
  size_t clips = 0;
  std::set<std::string> wrong;
  for (const char* label : {"silence", "unknown", "yes", "no"}) {
    for (const std::string& path :
         FilesIn(test::SourcePath(std::string("audio_samples/") + label))) {
      const std::string name = std::string(label) + "/" + fs::path(path).filename().string();
      const std::string heard = labeller.Label(path);
      ++clips;
      if (heard == label) continue;
      wrong.insert(name);
      EXPECT_EQ(known_wrong.count(name), 1u) << name << " is now heard as " << heard;
    }
  }
  for (const std::string& name : known_wrong) {
    if (wrong.count(name) == 0)
      std::printf("%s is now heard right: raise the gate\n", name.c_str());
  }
  std::printf("audio_samples: %zu of %zu clips right\n", clips - wrong.size(), clips);
  EXPECT_EQ(clips, 48u);
}

TEST(ClipAccuracyTest, SpeechCommandsValidation) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const std::string root = test::SharedPath("corpus/speech_commands/validation");
  if (!fs::is_directory(root)) GTEST_SKIP() << "needs corpus/speech_commands in the test data";
  ClipLabeller labeller;
  for (const ClipGate& gate : kValidationGates) {
    size_t right = 0;
    size_t clips = 0;
    std::string wrong;
    for (const auto& word : fs::directory_iterator(root)) {
      const std::string name = word.path().filename().string();
      const std::string label = name == "yes" || name == "no" ? name : "unknown";
      if (label != gate.label) continue;
      for (const std::string& path : FilesIn(word.path().string())) {
        const std::string heard = labeller.Label(path);
        ++clips;
        if (heard == label) {
          ++right;
        } else {
          wrong += "  " + fs::relative(path, root).string() + ": " + heard + "\n";
        }
      }
    }
    std::printf("%s: %zu of %zu clips right (gate: %zu)\n", gate.label, right, clips, gate.right);
    EXPECT_EQ(clips, gate.clips) << gate.label;
    EXPECT_GE(right, gate.right) << gate.label << "; heard wrong now:\n" << wrong;
  }
}

}  // namespace
}  // namespace earshot::accuracy
