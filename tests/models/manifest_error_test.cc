// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Every way in which a manifest is refused, and what the error says.

#include <gtest/gtest.h>

#include "earshot/models/manifest.h"
#include "tests/models/manifest_text.h"

namespace earshot {
namespace {

using nlohmann::json;
using test::FullManifest;
using test::MicroManifest;
using test::With;
using test::Without;

// what() of the error; empty where the manifest is accepted.
std::string Refusal(const std::string& text) {
  try {
    ParseManifest(text, "m");
  } catch (const ManifestError& error) {
    return error.what();
  }
  return "";
}

TEST(ManifestError, SaysFileKeyFoundAndWanted) {
  try {
    ParseManifest(With(FullManifest(), "/micro/sliding_window_size", "5"), "dir/manifest.json");
    FAIL() << "accepted";
  } catch (const ManifestError& error) {
    EXPECT_EQ(error.file(), "dir/manifest.json");
    EXPECT_EQ(error.key(), "micro.sliding_window_size");
    EXPECT_EQ(error.found(), "\"5\"");
    EXPECT_EQ(error.wanted(), "an integer from 1 to 1000");
    EXPECT_STREQ(error.what(),
                 "dir/manifest.json: micro.sliding_window_size: found \"5\", wanted an integer "
                 "from 1 to 1000");
  }
}

TEST(ManifestError, WrongValues) {
  const struct {
    const char* pointer;
    json value;
    const char* wanted;
  } cases[] = {
      {"/type", "wake", "m: type: found \"wake\", wanted \"micro\""},
      {"/type", 1, "m: type: found 1, wanted a text"},
      {"/version", 3, "m: version: found 3, wanted an integer from 1 to 2"},
      {"/version", "2", "m: version: found \"2\", wanted an integer from 1 to 2"},
      {"/version", 2.0, "m: version: found 2.0, wanted an integer from 1 to 2"},
      {"/micro/sliding_window_average_size", 8,
       "m: micro.sliding_window_average_size: found 8, wanted 7"},
      {"/wake_word", "", "m: wake_word: found \"\", wanted a text that is not empty"},
      {"/wake_word", nullptr, "m: wake_word: found null, wanted a text"},
      {"/model", json::array(), "m: model: found an array, wanted a text"},
      {"/author", true, "m: author: found true, wanted a text"},
      {"/trained_languages", 1, "m: trained_languages: found 1, wanted a list of texts"},
      {"/trained_languages/1", 7, "m: trained_languages[1]: found 7, wanted a text"},
      {"/micro", 3, "m: micro: found 3, wanted an object"},
      {"/micro/probability_cutoff", 1.5,
       "m: micro.probability_cutoff: found 1.5, wanted a number from 0.00390625 to 1"},
      {"/micro/probability_cutoff", 0,
       "m: micro.probability_cutoff: found 0, wanted a number from 0.00390625 to 1"},
      {"/micro/feature_step_size", 0,
       "m: micro.feature_step_size: found 0, wanted an integer from 1 to 1000"},
      {"/micro/tensor_arena_size", -1,
       "m: micro.tensor_arena_size: found -1, wanted an integer from 0 to 2147483647"},
      {"/micro/tensor_arena_size", 18446744073709551615u,
       "m: micro.tensor_arena_size: found 18446744073709551615, wanted an integer from 0 to "
       "2147483647"},
      {"/earshot", "x", "m: earshot: found \"x\", wanted an object"},
      {"/earshot/labels", json::array(),
       "m: earshot.labels: found an array, wanted 1 to 1024 labels"},
      {"/earshot/labels",
       {"a", ""},
       "m: earshot.labels: found an array, wanted labels that are not empty"},
      {"/earshot/labels",
       {"a", "b", "a"},
       "m: earshot.labels: found an array, wanted each label once, but \"a\" comes twice"},
      {"/earshot/frontend/stride_ms", 20,
       "m: earshot.frontend.stride_ms: found 20, wanted 10, as micro.feature_step_size"},
      {"/earshot/frontend/sample_rate_hz", 48000,
       "m: earshot.frontend.sample_rate_hz: found 48000, wanted 16000"},
      {"/earshot/frontend/sample_rate_hz", 8000,
       "m: earshot.frontend.sample_rate_hz: found 8000, wanted 16000"},
      {"/earshot/frontend/sample_rate_hz", 16000.5,
       "m: earshot.frontend.sample_rate_hz: found 16000.5, wanted 16000"},
      {"/earshot/frontend/type", "mfcc",
       "m: earshot.frontend.type: found \"mfcc\", wanted \"microfrontend\" or \"log_mel\""},
      {"/earshot/frontend/channels", 0,
       "m: earshot.frontend.channels: found 0, wanted an integer from 1 to 1000"},
      {"/earshot/frontend/upper_hz", 8001,
       "m: earshot.frontend.upper_hz: found 8001, wanted a number from 125 to 8000"},
      {"/earshot/frontend/noise_reduction/even", "a",
       "m: earshot.frontend.noise_reduction.even: found \"a\", wanted a number from 0 to 1"},
      {"/earshot/frontend/pcan/enabled", 1,
       "m: earshot.frontend.pcan.enabled: found 1, wanted true or false"},
      {"/earshot/recognizer/average_window_ms", 60001,
       "m: earshot.recognizer.average_window_ms: found 60001, wanted an integer from 0 to 60000"},
      {"/earshot/recognizer/threshold", 2,
       "m: earshot.recognizer.threshold: found 2, wanted a number from 0.00390625 to 1"},
      {"/earshot/recognizer/release_threshold", 0.75,
       "m: earshot.recognizer.release_threshold: found 0.75, wanted a number from 0.00390625 to "
       "0.7"},
      {"/earshot/recognizer/suppression_ms", -1,
       "m: earshot.recognizer.suppression_ms: found -1, wanted an integer from 0 to 2147483647"},
      {"/earshot/recognizer/warm_up_ms", 60001,
       "m: earshot.recognizer.warm_up_ms: found 60001, wanted an integer from 0 to 60000"},
      {"/earshot/recognizer/minimum_count", 0,
       "m: earshot.recognizer.minimum_count: found 0, wanted an integer from 1 to 2147483647"},
      {"/earshot/recognizer/background_labels",
       {"noize"},
       "m: earshot.recognizer.background_labels: found an array, wanted some of the first 32 "
       "labels; \"noize\" is none of them"},
      {"/earshot/recognizer/background_labels",
       {"noise", "yes", "no", "other"},
       "m: earshot.recognizer.background_labels: found an array, wanted at least one label that is "
       "not background"},
      {"/earshot/strides_per_inference", 0,
       "m: earshot.strides_per_inference: found 0, wanted an integer from 1 to 10000"},
      {"/earshot/strides_per_inference", 10001,
       "m: earshot.strides_per_inference: found 10001, wanted an integer from 1 to 10000"},
      {"/earshot/strides_per_inference", 2.5,
       "m: earshot.strides_per_inference: found 2.5, wanted an integer from 1 to 10000"},
      {"/earshot/context_ms", 0,
       "m: earshot.context_ms: found 0, wanted an integer from 1 to 60000"},
      {"/earshot/context_ms", 60001,
       "m: earshot.context_ms: found 60001, wanted an integer from 1 to 60000"},
      {"/earshot/clip_tail_ms", -1,
       "m: earshot.clip_tail_ms: found -1, wanted an integer from 0 to 10000"},
      {"/earshot/clip_tail_ms", 10001,
       "m: earshot.clip_tail_ms: found 10001, wanted an integer from 0 to 10000"},
      {"/earshot/clip_average_ms", 10001,
       "m: earshot.clip_average_ms: found 10001, wanted an integer from 0 to 10000"},
      {"/earshot/vad", "vad.json", "m: earshot.vad: found \"vad.json\", wanted an object"},
      {"/earshot/vad", json::object(), "m: earshot.vad.model: found nothing, wanted a text"},
      {"/earshot/vad", json::parse(R"({"model": ""})"),
       "m: earshot.vad.model: found \"\", wanted a text that is not empty"},
      {"/earshot/vad", json::parse(R"({"model": "a", "threshold": 1})"),
       "m: earshot.vad.threshold: found an unknown key, wanted one of model"},
      {"/earshot/features", 3, "m: earshot.features: found 3, wanted a list of objects"},
      {"/earshot/features", json::array(),
       "m: earshot.features: found an array, wanted one model or more"},
      {"/earshot/features", json::parse(R"(["a.tflite"])"),
       "m: earshot.features[0]: found \"a.tflite\", wanted an object"},
      {"/earshot/features", json::parse(R"([{"model": "a", "frame": 1, "hop": 0}])"),
       "m: earshot.features[0].hop: found 0, wanted an integer from 1 to 1000000"},
      {"/earshot/features", json::parse(R"([{"model": "a", "hop": 1}])"),
       "m: earshot.features[0].frame: found nothing, wanted an integer from 1 to 1000000"},
      {"/earshot/features", json::parse(R"([{"model": "a", "frame": 1, "hop": 1, "scal": 2}])"),
       "m: earshot.features[0].scal: found an unknown key, wanted one of frame, hop, model, "
       "offset, "
       "scale"},
      {"/earshot/features", json::parse(R"([{"model": "a", "frame": 1, "hop": 1}])"),
       "m: earshot.frontend.channels: found an unknown key, wanted one of stride_ms"},
      {"/earshot/sha256", "",
       "m: earshot.sha256: found \"\", wanted 64 hexadecimal digits, in lower case"},
      {"/earshot/sha256", "BA78",
       "m: earshot.sha256: found \"BA78\", wanted 64 hexadecimal digits, in lower case"},
  };
  ASSERT_EQ(Refusal(FullManifest().dump()), "");
  for (const auto& one : cases) {
    EXPECT_EQ(Refusal(With(FullManifest(), one.pointer, one.value)), one.wanted);
  }
}

TEST(ManifestError, MissingKeys) {
  const struct {
    const char* pointer;
    const char* wanted;
  } cases[] = {
      {"/type", "m: type: found nothing, wanted a text"},
      {"/version", "m: version: found nothing, wanted an integer from 1 to 2"},
      {"/wake_word", "m: wake_word: found nothing, wanted a text"},
      {"/model", "m: model: found nothing, wanted a text"},
      {"/micro",
       "m: micro.probability_cutoff: found nothing, wanted a number from 0.00390625 to 1"},
      {"/micro/sliding_window_size",
       "m: micro.sliding_window_size: found nothing, wanted an integer from 1 to 1000"},
      {"/micro/feature_step_size",
       "m: micro.feature_step_size: found nothing, wanted an integer from 1 to 1000"},
  };
  ASSERT_EQ(Refusal(MicroManifest().dump()), "");
  for (const auto& one : cases) {
    EXPECT_EQ(Refusal(Without(MicroManifest(), one.pointer)), one.wanted);
  }
}

// At every level inside "earshot", and nowhere else.
TEST(ManifestError, UnknownKeys) {
  EXPECT_EQ(Refusal(With(FullManifest(), "/earshot/recognizer/treshold", 0.9)),
            "m: earshot.recognizer.treshold: found an unknown key, wanted one of "
            "average_window_ms, background_labels, minimum_count, release_threshold, "
            "suppression_ms, threshold, warm_up_ms");
  EXPECT_EQ(
      Refusal(With(FullManifest(), "/earshot/sha265", "")),
      "m: earshot.sha265: found an unknown key, wanted one of clip_average_ms, clip_tail_ms, "
      "context_ms, features, frontend, labels, recognizer, sha256, strides_per_inference, vad");
  for (const char* object : {"", "/noise_reduction", "/pcan", "/log"}) {
    const std::string pointer = std::string("/earshot/frontend") + object + "/lower";
    EXPECT_NE(Refusal(With(FullManifest(), pointer, 1)).find("lower: found an unknown key"),
              std::string::npos)
        << pointer;
  }
  EXPECT_EQ(Refusal(With(FullManifest(), "/website", "https://example.com/")), "");
  EXPECT_EQ(Refusal(With(FullManifest(), "/micro/minimum_esphome_version", "2024.7.0")), "");
}

TEST(ManifestError, WindowOfMicroWakeWordThatIsTooLong) {
  json manifest = MicroManifest();
  manifest["micro"]["feature_step_size"] = 1000;
  EXPECT_EQ(Refusal(With(manifest, "/micro/sliding_window_size", 62)),
            "m: micro.sliding_window_size: found 62, wanted a window of at most 60000 ms");
  EXPECT_EQ(Refusal(With(manifest, "/micro/sliding_window_size", 61)), "");
}

// The same number of results is a longer time when they come less often.
TEST(ManifestError, WindowOfMicroWakeWordThatIsTooLongForItsInferences) {
  json manifest = MicroManifest();
  manifest["micro"]["sliding_window_size"] = 601;
  manifest["earshot"]["strides_per_inference"] = 11;
  EXPECT_EQ(Refusal(manifest.dump()),
            "m: micro.sliding_window_size: found 601, wanted a window of at most 60000 ms");
  EXPECT_EQ(Refusal(With(manifest, "/earshot/strides_per_inference", 10)), "");
  EXPECT_NE(Refusal(With(manifest, "/earshot/strides_per_inference", 10000)), "");
}

TEST(ManifestError, NotJson) {
  EXPECT_EQ(Refusal(""), "m: found something else in line 1, wanted JSON");
  EXPECT_EQ(Refusal("{\n\n\"type\": micro}"), "m: found something else in line 3, wanted JSON");
  EXPECT_EQ(Refusal("[]"), "m: found an array, wanted an object");
  EXPECT_EQ(Refusal("{\"labels\": []}"),
            "m: found JSON without \"type\", \"wake_word\" and \"micro\", wanted the manifest of a "
            "model");
  EXPECT_EQ(Refusal("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
            "m: found a Git LFS pointer, not the file itself: fetch it with `git lfs pull`, wanted "
            "JSON");
  EXPECT_EQ(Refusal("<!DOCTYPE html><html></html>").substr(0, 19), "m: found a web page");
  EXPECT_NE(Refusal("{\"wake_word\": \"\xff\"}"), "");
  EXPECT_NE(Refusal("{\"version\": 1e999}"), "");
}

// Of two values the first or the last would be taken without a word.
TEST(ManifestError, AKeyComesOnceInAnObject) {
  std::string text = FullManifest().dump();
  const std::string key = "\"sliding_window_size\":";
  text.insert(text.find(key), key + "9,");
  EXPECT_EQ(Refusal(text),
            "m: sliding_window_size: found the key twice in one object, wanted it once");
  // In different objects it may.
  EXPECT_EQ(Refusal(With(FullManifest(), "/author_of", json({{"model", "x"}, {"type", "y"}}))), "");
}

// Long or deep values do not make long or deep errors.
TEST(ManifestError, StaysShort) {
  EXPECT_LT(Refusal(With(FullManifest(), "/version", std::string(100000, 'x'))).size(), 120u);
  const std::string deep = std::string(200000, '[') + std::string(200000, ']');
  EXPECT_EQ(Refusal("{\"type\": " + deep + "}"), "m: type: found an array, wanted a text");
}

// Whatever a damaged file holds, there is a manifest or a ManifestError.
TEST(ManifestError, DamagedTextIsNeverAnythingElse) {
  const std::string whole = FullManifest().dump();
  for (size_t i = 0; i < whole.size(); ++i) {
    EXPECT_NE(Refusal(whole.substr(0, i)), "") << i;
    for (const char c : {'\0', '"', '9', '}', '\xc3'}) {
      std::string damaged = whole;
      damaged[i] = c;
      Refusal(damaged);
    }
  }
}

}  // namespace
}  // namespace earshot
