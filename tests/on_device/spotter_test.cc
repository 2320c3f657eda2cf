// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The whole way from samples to detections: every feature, every score and every detection is what
// the host found, or what was recorded of TensorFlow Lite Micro.

#include <gtest/gtest.h>

#include "earshot/app/keyword_spotter.h"
#include "earshot/app/tflm_recognizer.h"
#include "earshot/embedded/tiny_conv_yes_no.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/kernels/all_kernels.h"
#include "tests/on_device/field_reader.h"
#include "tests/on_device/workspace.h"

namespace earshot {
namespace {

using test::FieldReader;

constexpr size_t kChannels = 40;
constexpr size_t kNameBytes = 64;

// Cuts a T or some bytes off the front of the workspace.
class Carver {
 public:
  Span<uint8_t> Take(size_t bytes) {
    const auto end = static_cast<size_t>(AlignUp(bytes, test::kWorkspaceAlignment));
    if (end > rest_.size()) return {};
    const Span<uint8_t> taken = rest_.subspan(0, bytes);
    rest_ = rest_.subspan(end);
    return taken;
  }
  Span<uint8_t> rest() const { return rest_; }

 private:
  Span<uint8_t> rest_ = test::Workspace();
};

// What the model is about to see: the newest frames in its input must be the next field.
struct FeatureCheck {
  FieldReader* data;
  Interpreter* interpreter;
  size_t frames;

  static void BeginOperator(void* user, size_t op_index) {
    if (op_index != 0) return;
    const auto* check = static_cast<const FeatureCheck*>(user);
    const Span<uint8_t> window = check->interpreter->input(0).bytes;
    const size_t newest = check->frames * kChannels;
    EXPECT_TRUE(check->data->Equals(window.subspan(window.size() - newest)));
  }
  static void EndOperator(void* /*user*/, size_t /*op_index*/) {}
};

void CheckRecognized(FieldReader& data, const CommandRecognizer::Result& found) {
  const int32_t numbers[] = {found.label, found.score, found.is_new() ? 1 : 0};
  EXPECT_TRUE(data.Equals<const int32_t>(numbers));
}

// Fields: time, scores, label, score and whether it is new, the detection or nothing; what TFLM's
// recognizer says of these scores, or nothing.
void CheckResult(FieldReader& data, const KeywordSpotter::Result& result, TflmRecognizer* other) {
  EXPECT_EQ(result.time_ms, data.Value<int64_t>());
  EXPECT_TRUE(data.Equals(result.scores));
  CheckRecognized(data, result.recognized);
  if (result.detection == nullptr) {
    EXPECT_EQ(data.Begin(), 0u);
  } else {
    const Detection& found = *result.detection;
    const int64_t detection[] = {found.label, found.score, found.start_ms, found.end_ms,
                                 found.time_ms};
    EXPECT_TRUE(data.Equals<const int64_t>(detection));
  }
  if (other == nullptr) {
    EXPECT_EQ(data.Begin(), 0u);
    return;
  }
  TflmRecognizer::Result recognized;
  EXPECT_TRUE(other->Process(result.time_ms, result.scores, &recognized).ok());
  CheckRecognized(data, recognized);
}

// Feeds the next field's samples, a few at a time, and checks each result. Returns how many there
// were.
uint32_t Feed(FieldReader& data, KeywordSpotter& spotter, TflmRecognizer* other) {
  constexpr size_t kPiece = 96;
  uint32_t results = 0;
  for (size_t left = data.Begin() / sizeof(int16_t); left > 0;) {
    int16_t samples[kPiece];
    const size_t piece = left < kPiece ? left : kPiece;
    void* bytes = samples;
    data.Some(Span<uint8_t>(static_cast<uint8_t*>(bytes), piece * sizeof(int16_t)));
    left -= piece;
    for (Span<const int16_t> rest(samples, piece); !rest.empty();) {
      KeywordSpotter::Result result;
      EXPECT_TRUE(spotter.Feed(rest, &result).ok());
      if (result.consumed == 0) return results;
      rest = rest.subspan(result.consumed);
      if (result.scores.empty()) continue;
      CheckResult(data, result, other);
      ++results;
    }
  }
  return results;
}

// A model and what to do with it. Fields: .tflite file (empty: the shipped model), strides per
// inference.
struct Setup {
  Model model;
  SpotterConfig config;
  const OperatorResolver* resolver = &AllKernelsResolver();
  bool fits = true;                 // There is room for the model and the other recognizer.
  TflmRecognizer* other = nullptr;  // For what was recorded of TFLM; null: nothing was.
};

Setup ReadSetup(FieldReader& data, Carver* carver) {
  Setup setup;
  setup.config.tables = &kStandardTables;
  setup.config.label_count = 4;
  Span<const uint8_t> file;
  const size_t bytes = data.PeekSize();
  if (bytes == 0) {
    data.Skip(1);
    file = kTinyConvYesNo.bytes;
    setup.config = kTinyConvYesNo.config;
    setup.resolver = &kTinyConvYesNo.resolver;
  } else {
    const Span<uint8_t> place = carver->Take(bytes);
    const Span<uint8_t> other = carver->Take(sizeof(TflmRecognizer));
    setup.fits = !place.empty() && !other.empty();
    if (setup.fits) {
      file = data.Bytes(place);
      setup.other = new (other.data()) TflmRecognizer();
      EXPECT_TRUE(TflmRecognizer::Create({}, setup.config.label_count, setup.other).ok());
    } else {
      data.Skip(1);
    }
  }
  setup.config.strides_per_inference = data.Value<int32_t>();
  if (setup.fits) {
    EXPECT_TRUE(Model::Load(file, &setup.model).ok());
  }
  return setup;
}

// Per inference the samples that complete it, the features that are new in it, the result; then the
// remaining samples.
void CheckInferences(FieldReader& data, KeywordSpotter& spotter, const Setup& setup,
                     uint32_t inferences) {
  FeatureCheck check = {&data, &spotter.interpreter(),
                        static_cast<size_t>(setup.config.strides_per_inference)};
  const Profiler profiler = {FeatureCheck::BeginOperator, FeatureCheck::EndOperator, &check};
  spotter.interpreter().set_profiler(&profiler);
  for (uint32_t i = 0; i < inferences; ++i) {
    ASSERT_EQ(Feed(data, spotter, setup.other), 1u) << "inference " << i;
    ASSERT_FALSE(testing::Test::HasFailure()) << "inference " << i;
  }
  EXPECT_EQ(Feed(data, spotter, setup.other), 0u);
}

// One recording: name, setup, number of inferences, inferences. Returns whether there was memory
// for it.
bool CheckRecording(FieldReader& data, uint32_t* inferences) {
  constexpr size_t kFieldsPerInference = 7;
  char name[kNameBytes];
  data.Text(name);
  Carver carver;
  const Setup setup = ReadSetup(data, &carver);
  const auto wanted = data.Value<uint32_t>();
  const Span<uint8_t> place = carver.Take(sizeof(KeywordSpotter));
  if (setup.fits && !place.empty()) {
    auto* spotter = new (place.data()) KeywordSpotter();
    const Status status =
        KeywordSpotter::Create(setup.model, *setup.resolver, setup.config, carver.rest(), spotter);
    if (status.code != StatusCode::kArenaTooSmall) {
      EXPECT_TRUE(status.ok()) << test::TextNumber(status.what);
      if (status.ok()) CheckInferences(data, *spotter, setup, wanted);
      EXPECT_FALSE(testing::Test::HasFailure()) << name;
      *inferences += wanted;
      return true;
    }
  }
  data.Skip(wanted * kFieldsPerInference + 1);
  return false;
}

struct Count {
  int recordings = 0;
  int too_large = 0;
  uint32_t inferences = 0;
};

void CheckRecordings(const char* file, Count* count) {
  FieldReader data(file);
  while (!data.AtEnd() && !testing::Test::HasFailure()) {
    ++(CheckRecording(data, &count->inferences) ? count->recordings : count->too_large);
  }
  EXPECT_EQ(data.error(), nullptr) << data.error();
}

void RecordCount(const Count& count) {
  testing::Test::RecordProperty("recordings", count.recordings);
  testing::Test::RecordProperty("inferences", static_cast<int>(count.inferences));
}

TEST(SpotterTest, NeedsTheMemoryThatTheHostFound) {
  Carver carver;
  const Span<uint8_t> place = carver.Take(sizeof(KeywordSpotter));
  const size_t bytes = kTinyConvYesNo.spotter_bytes;
  ASSERT_GE(carver.rest().size(), bytes);
  auto* spotter = new (place.data()) KeywordSpotter();
  Model model;
  ASSERT_TRUE(Model::Load(kTinyConvYesNo.bytes, &model).ok());
  const Status refused =
      KeywordSpotter::Create(model, kTinyConvYesNo.resolver, kTinyConvYesNo.config,
                             carver.rest().subspan(0, bytes - 1), spotter);
  EXPECT_EQ(refused.code, StatusCode::kArenaTooSmall);
  EXPECT_EQ(refused.wanted, static_cast<int32_t>(bytes));
  const Status created =
      KeywordSpotter::Create(model, kTinyConvYesNo.resolver, kTinyConvYesNo.config,
                             carver.rest().subspan(0, bytes), spotter);
  ASSERT_TRUE(created.ok()) << test::TextNumber(created.what);
  EXPECT_EQ(spotter->used_bytes(), bytes);
}

TEST(SpotterTest, HearsInAFewRecordingsWhatTheHostHears) {
  Count count;
  CheckRecordings("spotter_few", &count);
  EXPECT_EQ(count.too_large, 0);
  RecordCount(count);
  EXPECT_GE(count.recordings, 7);
  EXPECT_GE(count.inferences, 150u);
}

// The model lies in RAM here, which not every board has enough of.
void CheckMicroSpeech(const char* file, uint32_t fewest_inferences) {
  Count count;
  CheckRecordings(file, &count);
  if (count.recordings + count.too_large == 0) {
    GTEST_SKIP() << "the data was made without the larger test data";
  }
  if (count.recordings == 0) GTEST_SKIP() << "no RAM for this model and its spotter";
  EXPECT_EQ(count.too_large, 0);
  RecordCount(count);
  EXPECT_GE(count.inferences, fewest_inferences);
}

TEST(SpotterTest, HearsInMicroSpeechWhatWasRecorded) { CheckMicroSpeech("micro_speech_few", 90); }

// These take long: not on every board.
TEST(AllRecordingsTest, HearsWhatTheHostHears) {
  Count count;
  CheckRecordings("spotter_all", &count);
  EXPECT_EQ(count.too_large, 0);
  RecordCount(count);
  EXPECT_GE(count.recordings, 45);
}

TEST(AllRecordingsTest, HearsInMicroSpeechWhatWasRecorded) {
  CheckMicroSpeech("micro_speech_all", 2900);
}

}  // namespace
}  // namespace earshot
