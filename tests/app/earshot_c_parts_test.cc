// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The C interface of the parts, and of groups, says what the C++ one says.

#include "earshot/earshot_parts.h"

#include <gmock/gmock.h>

#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "earshot/app/keyword_group.h"
#include "earshot/kernels/all_kernels.h"
#include "tests/app/spotter_fixture.h"
#include "tests/support/sigmoid_model.h"
#include "tests/support/streaming_model.h"

namespace earshot {
namespace {

using ::testing::HasSubstr;

std::string TextOf(const earshot_status& status) {
  char text[EARSHOT_STATUS_TEXT_BYTES];
  return earshot_status_text(&status, text, sizeof(text));
}

// As much memory as `bytes_of(lent, lent_size, &bytes)` asks for, as a program finds it.
AlignedBytes Enough(const std::function<earshot_status(void*, size_t, size_t*)>& bytes_of) {
  AlignedBytes lent;
  size_t bytes = 0;
  earshot_status status = bytes_of(nullptr, 0, &bytes);
  for (int i = 0; i < 12 && status.code == EARSHOT_ARENA_TOO_SMALL; ++i) {
    EXPECT_GT(bytes, lent.size());
    lent = AlignedBytes(bytes);
    status = bytes_of(lent.span().data(), lent.size(), &bytes);
  }
  EXPECT_EQ(status.code, EARSHOT_OK) << TextOf(status);
  return AlignedBytes(bytes);
}

earshot_model ModelOf(const AlignedBytes& file) {
  earshot_model model = {};
  model.struct_bytes = sizeof(model);
  model.bytes = file.span().data();
  model.size = file.size();
  model.kernels = earshot_all_kernels();
  return model;
}

TEST(FeaturesCTest, EqualsCpp) {
  AlignedBytes memory(earshot_features_bytes());
  earshot_features* features = nullptr;
  ASSERT_EQ(earshot_features_create(10, memory.span().data(), memory.size(), &features).code,
            EARSHOT_OK);
  AlignedBytes own(Frontend::RequiredBytes(kStandardTables));
  Frontend frontend;
  ASSERT_TRUE(Frontend::Create(kStandardTables, 160, own.span(), &frontend).ok());
  ASSERT_EQ(frontend.channels(), EARSHOT_FEATURE_CHANNELS);
  const std::vector<int16_t> samples = NoiseBursts(2);
  for (int round = 0; round < 2; ++round) {
    size_t frames = 0;
    for (Span<const int16_t> rest = samples; !rest.empty();) {
      const Frontend::Result wanted = frontend.Process(rest);
      size_t consumed = 0;
      const uint16_t* frame = nullptr;
      ASSERT_EQ(earshot_features_feed(features, rest.data(), rest.size(), &consumed, &frame).code,
                EARSHOT_OK);
      ASSERT_EQ(consumed, wanted.consumed);
      ASSERT_EQ(frame == nullptr, wanted.features.empty());
      if (frame != nullptr) {
        ASSERT_TRUE(std::equal(wanted.features.begin(), wanted.features.end(), frame));
        ++frames;
      }
      rest = rest.subspan(consumed);
    }
    EXPECT_EQ(frames, 198u);
    earshot_features_reset(features);
    frontend.Reset();
  }
}

TEST(FeaturesCTest, SaysWhatIsWrong) {
  AlignedBytes memory(earshot_features_bytes());
  uint8_t* const begin = memory.span().data();
  earshot_features* features = nullptr;
  EXPECT_EQ(TextOf(earshot_features_create(31, begin, memory.size(), &features)),
            "invalid argument: front end: stride_ms: found 31, wanted 30");
  EXPECT_THAT(TextOf(earshot_features_create(20, begin + 4, memory.size(), &features)),
              HasSubstr("alignment"));
  const earshot_status small = earshot_features_create(20, begin, memory.size() - 1, &features);
  EXPECT_EQ(small.code, EARSHOT_ARENA_TOO_SMALL);
  EXPECT_EQ(small.wanted, static_cast<int32_t>(memory.size()));
  EXPECT_EQ(features, nullptr);
  EXPECT_EQ(earshot_features_create(20, begin, memory.size(), nullptr).code,
            EARSHOT_INVALID_ARGUMENT);
  size_t consumed = 0;
  const uint16_t* frame = nullptr;
  EXPECT_EQ(earshot_features_feed(nullptr, nullptr, 0, &consumed, &frame).code,
            EARSHOT_INVALID_ARGUMENT);
  earshot_features_reset(nullptr);
}

class InterpreterCTest : public ::testing::Test {
 protected:
  void SetUp() override {
    memory_ = Enough([this](void* lent, size_t size, size_t* bytes) {
      return earshot_interpreter_bytes(&model_, lent, size, bytes);
    });
    const earshot_status status =
        earshot_interpreter_create(&model_, memory_.span().data(), memory_.size(), &interpreter_);
    ASSERT_EQ(status.code, EARSHOT_OK) << TextOf(status);
    input_.struct_bytes = output_.struct_bytes = sizeof(earshot_tensor);
    ASSERT_EQ(earshot_interpreter_input(interpreter_, 0, &input_).code, EARSHOT_OK);
    ASSERT_EQ(earshot_interpreter_output(interpreter_, 0, &output_).code, EARSHOT_OK);
  }

  const AlignedBytes file_ = test::StreamingModel().Build();
  const earshot_model model_ = ModelOf(file_);
  AlignedBytes memory_;
  earshot_interpreter* interpreter_ = nullptr;
  earshot_tensor input_ = {};
  earshot_tensor output_ = {};
};

// On processors without kernels that pack anything, nothing is to be packed.
TEST_F(InterpreterCTest, PackedWeightsGiveTheSame) {
  const size_t wanted = earshot_interpreter_packed_bytes(interpreter_);
  AlignedBytes packed(wanted);
  std::vector<std::vector<uint8_t>> outputs[2];
  for (const int run : {0, 1}) {
    earshot_interpreter_reset(interpreter_);
    for (int i = 0; i < 20; ++i) {
      std::memset(input_.data, i, input_.bytes);
      ASSERT_EQ(earshot_interpreter_invoke(interpreter_).code, EARSHOT_OK);
      const auto* bytes = static_cast<const uint8_t*>(output_.data);
      outputs[run].emplace_back(bytes, bytes + output_.bytes);
    }
    if (run == 1) break;
    const earshot_status status =
        earshot_interpreter_pack(interpreter_, packed.span().data(), packed.size());
    ASSERT_EQ(status.code, EARSHOT_OK) << TextOf(status);
  }
  EXPECT_EQ(outputs[0], outputs[1]);
  EXPECT_EQ(earshot_interpreter_pack(interpreter_, nullptr, 0).code, EARSHOT_OK);
}

TEST_F(InterpreterCTest, SaysWhatIsWrongWithMemoryForPackedWeights) {
  const size_t wanted = earshot_interpreter_packed_bytes(interpreter_);
  EXPECT_EQ(earshot_interpreter_packed_bytes(nullptr), 0u);
  EXPECT_EQ(earshot_spotter_packed_bytes(nullptr), 0u);
  EXPECT_THAT(TextOf(earshot_interpreter_pack(nullptr, nullptr, 0)), HasSubstr("null"));
  EXPECT_THAT(TextOf(earshot_spotter_pack(nullptr, nullptr, 0)), HasSubstr("null"));
  EXPECT_THAT(TextOf(earshot_interpreter_pack(interpreter_, nullptr, 16)), HasSubstr("null"));
  AlignedBytes packed(wanted + 16);
  uint8_t* const begin = packed.span().data();
  EXPECT_THAT(TextOf(earshot_interpreter_pack(interpreter_, begin + 4, wanted)),
              HasSubstr("alignment"));
  if (wanted == 0) GTEST_SKIP() << "this processor has no kernels that pack weights";
  const earshot_status small = earshot_interpreter_pack(interpreter_, begin, wanted - 1);
  EXPECT_EQ(small.code, EARSHOT_ARENA_TOO_SMALL);
  EXPECT_EQ(small.wanted, static_cast<int32_t>(wanted));
}

TEST_F(InterpreterCTest, EqualsCpp) {
  Model model;
  ASSERT_TRUE(Model::Load(file_.span(), &model).ok());
  AlignedBytes arena(size_t{1} << 16);
  Interpreter cpp(model, AllKernelsResolver(), arena.span());
  ASSERT_TRUE(cpp.AllocateTensors().ok());
  ASSERT_EQ(input_.bytes, cpp.input(0).bytes.size());
  for (int i = 0; i < 20; ++i) {
    if (i == 13) {
      earshot_interpreter_reset(interpreter_);
      cpp.ResetVariables();
    }
    for (size_t k = 0; k < input_.bytes; ++k) {
      static_cast<uint8_t*>(input_.data)[k] = cpp.input(0).bytes[k] =
          static_cast<uint8_t>(k * 7 + static_cast<size_t>(i) * 31);
    }
    ASSERT_EQ(earshot_interpreter_invoke(interpreter_).code, EARSHOT_OK);
    ASSERT_TRUE(cpp.Invoke().ok());
    ASSERT_EQ(std::memcmp(output_.data, cpp.output(0).bytes.data(), output_.bytes), 0) << i;
  }
}

TEST_F(InterpreterCTest, TellsTensors) {
  EXPECT_EQ(earshot_interpreter_input_count(interpreter_), 1u);
  EXPECT_EQ(earshot_interpreter_output_count(interpreter_), 1u);
  EXPECT_EQ(input_.type, static_cast<int32_t>(TensorType::INT8));
  ASSERT_EQ(input_.rank, 3);
  EXPECT_EQ(input_.dims[1], test::kStreamingNewFrames);
  EXPECT_EQ(input_.bytes, 80u);
  EXPECT_FLOAT_EQ(output_.scale, 1.0f / 256);
  EXPECT_EQ(output_.zero_point, -128);
  EXPECT_EQ(input_.struct_bytes, sizeof(earshot_tensor));
  EXPECT_EQ(TextOf(earshot_interpreter_input(interpreter_, 1, &input_)),
            "invalid argument: index of a tensor: found 1, wanted 0");
  EXPECT_EQ(input_.data, nullptr);
  input_.struct_bytes = 3;
  EXPECT_EQ(earshot_interpreter_input(interpreter_, 0, &input_).code, EARSHOT_INVALID_ARGUMENT);
  EXPECT_EQ(earshot_interpreter_input(interpreter_, 0, nullptr).code, EARSHOT_INVALID_ARGUMENT);
}

TEST_F(InterpreterCTest, Profiles) {
  std::vector<std::string> ran;
  struct User {
    std::vector<std::string>* ran;
    const earshot_interpreter* interpreter;
  } user = {&ran, interpreter_};
  earshot_profiler profiler = {};
  profiler.struct_bytes = sizeof(profiler);
  profiler.user = &user;
  profiler.end = [](void* to, size_t op) {
    const User& who = *static_cast<User*>(to);
    who.ran->emplace_back(earshot_interpreter_operator(who.interpreter, op));
  };
  ASSERT_EQ(earshot_interpreter_set_profiler(interpreter_, &profiler).code, EARSHOT_OK);
  profiler = {};  // It was copied.
  ASSERT_EQ(earshot_interpreter_invoke(interpreter_).code, EARSHOT_OK);
  ASSERT_EQ(ran.size(), 9u);
  EXPECT_EQ(ran.front(), "CALL_ONCE");
  EXPECT_EQ(ran.back(), "SOFTMAX");
  EXPECT_STREQ(earshot_interpreter_operator(interpreter_, 9), "");
  ASSERT_EQ(earshot_interpreter_set_profiler(interpreter_, nullptr).code, EARSHOT_OK);
  ASSERT_EQ(earshot_interpreter_invoke(interpreter_).code, EARSHOT_OK);
  EXPECT_EQ(ran.size(), 9u);
  EXPECT_EQ(earshot_interpreter_set_profiler(interpreter_, &profiler).code,
            EARSHOT_INVALID_ARGUMENT);
}

TEST_F(InterpreterCTest, SaysWhatIsWrong) {
  earshot_interpreter* none = nullptr;
  uint8_t* const begin = memory_.span().data();
  for (size_t size = 0; size < memory_.size(); size += 16) {
    AlignedBytes memory(size);
    const earshot_status status =
        earshot_interpreter_create(&model_, memory.span().data(), size, &none);
    ASSERT_EQ(status.code, EARSHOT_ARENA_TOO_SMALL) << size;
    ASSERT_EQ(status.found, static_cast<int32_t>(size));
    ASSERT_LE(status.wanted, static_cast<int32_t>(memory_.size()));
  }
  EXPECT_EQ(none, nullptr);
  earshot_model bad = model_;
  bad.kernels = nullptr;
  EXPECT_EQ(TextOf(earshot_interpreter_create(&bad, begin, memory_.size(), &none)),
            "invalid argument: model->kernels is null");
  EXPECT_EQ(earshot_interpreter_create(nullptr, begin, memory_.size(), &none).code,
            EARSHOT_INVALID_ARGUMENT);
  EXPECT_EQ(earshot_interpreter_invoke(nullptr).code, EARSHOT_INVALID_ARGUMENT);
  EXPECT_EQ(earshot_interpreter_input_count(nullptr), 0u);
  earshot_interpreter_reset(nullptr);
}

class GroupCTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (earshot_config* config : {&voice_config_, &word_config_}) {
      config->struct_bytes = sizeof(*config);
      ASSERT_EQ(earshot_default_config(config).code, EARSHOT_OK);
      config->background_labels = 0;
      config->threshold = 128;
      config->release_threshold = 100;
    }
    voice_config_.strides_per_inference = test::kStreamingNewFrames;
    voice_config_.average_window_ms = 200;
    voice_.labels = word_.labels = kNames;
    voice_.label_count = 1;
    voice_.config = &voice_config_;
    word_.label_count = 3;
    word_.config = &word_config_;
  }

  earshot_status Create(size_t count, int first_is_gate, AlignedBytes& memory) {
    return earshot_group_create(models_, count, first_is_gate, memory.span().data(), memory.size(),
                                &group_);
  }

  static constexpr const char* kNames[] = {"a", "b", "c"};
  const AlignedBytes voice_file_ = test::StreamingWakeWord().Build();
  const AlignedBytes word_file_ = test::SigmoidModel(3).Build();
  earshot_config voice_config_ = {};
  earshot_config word_config_ = {};
  earshot_model voice_ = ModelOf(voice_file_);
  earshot_model word_ = ModelOf(word_file_);
  const earshot_model* const models_[2] = {&voice_, &word_};
  earshot_group* group_ = nullptr;
};

// What a spotter alone hears of each, but for words while the gate is closed.
TEST_F(GroupCTest, HearsWhatSpottersHear) {
  const std::vector<int16_t> samples = NoiseBursts(6);
  for (const int first_is_gate : {0, 1}) {
    AlignedBytes memory = Enough([&](void* lent, size_t size, size_t* bytes) {
      return earshot_group_bytes(models_, 2, first_is_gate, lent, size, bytes);
    });
    ASSERT_EQ(Create(2, first_is_gate, memory).code, EARSHOT_OK);
    std::vector<std::vector<uint8_t>> scores[2];
    size_t words[2] = {};
    earshot_result result = {};
    result.struct_bytes = sizeof(result);
    size_t model = 0;
    size_t done = 0;
    do {
      ASSERT_EQ(
          earshot_group_feed(group_, samples.data() + done, samples.size() - done, &result, &model)
              .code,
          EARSHOT_OK);
      done += result.consumed;
      if (result.scores != nullptr) {
        scores[model].emplace_back(result.scores, result.scores + result.score_count);
      }
      if (result.detection != nullptr) {
        EXPECT_STREQ(result.detection->label, kNames[result.detection->label_index]);
        ++words[model];
      }
    } while (done < samples.size() || result.scores != nullptr);

    for (size_t i = 0; i < 2; ++i) {
      AlignedBytes own = Enough([&](void* lent, size_t size, size_t* bytes) {
        return earshot_spotter_bytes(models_[i], lent, size, bytes);
      });
      earshot_spotter* spotter = nullptr;
      ASSERT_EQ(earshot_spotter_create(models_[i], own.span().data(), own.size(), &spotter).code,
                EARSHOT_OK);
      std::vector<std::vector<uint8_t>> alone;
      size_t alone_words = 0;
      for (done = 0; done < samples.size(); done += result.consumed) {
        ASSERT_EQ(
            earshot_spotter_feed(spotter, samples.data() + done, samples.size() - done, &result)
                .code,
            EARSHOT_OK);
        if (result.scores == nullptr) continue;
        alone.emplace_back(result.scores, result.scores + result.score_count);
        alone_words += result.detection != nullptr ? 1 : 0;
      }
      EXPECT_TRUE(scores[i] == alone) << i;
      const bool is_gated = i != 0 && first_is_gate != 0;
      EXPECT_TRUE(is_gated || words[i] == alone_words) << i;
      EXPECT_LE(words[i], alone_words) << i;
    }
    earshot_group_reset(group_);
  }
}

TEST_F(GroupCTest, SaysWhatIsWrong) {
  AlignedBytes memory(size_t{1} << 16);
  EXPECT_EQ(TextOf(Create(1, 1, memory)), "invalid argument: models: found 1, wanted 2");
  EXPECT_EQ(Create(0, 0, memory).code, EARSHOT_INVALID_ARGUMENT);
  word_config_.stride_ms = 10;
  EXPECT_THAT(TextOf(Create(2, 0, memory)), HasSubstr("stride_ms"));
  word_config_.stride_ms = 20;
  word_.labels = nullptr;
  EXPECT_EQ(TextOf(Create(2, 0, memory)), "invalid argument: model->labels is null");
  EXPECT_EQ(group_, nullptr);
  EXPECT_EQ(earshot_group_create(nullptr, 2, 0, memory.span().data(), memory.size(), &group_).code,
            EARSHOT_INVALID_ARGUMENT);
  earshot_result result = {};
  size_t model = 0;
  EXPECT_EQ(earshot_group_feed(nullptr, nullptr, 0, &result, &model).code,
            EARSHOT_INVALID_ARGUMENT);
  result.struct_bytes = sizeof(result);
  EXPECT_EQ(TextOf(earshot_group_feed(nullptr, nullptr, 0, &result, &model)),
            "invalid argument: group is null");
  earshot_group_reset(nullptr);
}

TEST_F(GroupCTest, SaysWhatMemoryItNeeds) {
  AlignedBytes enough = Enough([&](void* lent, size_t size, size_t* bytes) {
    return earshot_group_bytes(models_, 2, 0, lent, size, bytes);
  });
  for (size_t size = 0; size < enough.size(); size += 16) {
    AlignedBytes memory(size);
    const earshot_status status = Create(2, 0, memory);
    ASSERT_EQ(status.code, EARSHOT_ARENA_TOO_SMALL) << size;
    ASSERT_EQ(status.found, static_cast<int32_t>(size));
    ASSERT_GT(status.wanted, static_cast<int32_t>(size));
    ASSERT_LE(status.wanted, static_cast<int32_t>(enough.size()));
  }
}

}  // namespace
}  // namespace earshot
