// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Models that remember: the operators of variables, and what becomes of models in which they
// contradict each other.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/kernels/all_kernels.h"
#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"
#include "tests/support/streaming_model.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::ModelBuilder;
using test::Text;
using test::VarHandleOptions;

// A loaded model that is ready to run.
class Runner {
 public:
  explicit Runner(const ModelBuilder& builder, const AllocationOptions& options = {})
      : bytes_(builder.Build()), arena_(size_t{1} << 16) {
    Status status = Model::Load(bytes_.span(), &model_);
    EXPECT_TRUE(status.ok()) << Text(status);
    interpreter_ = Interpreter(model_, AllKernelsResolver(), arena_.span());
    status = interpreter_.AllocateTensors(options);
    EXPECT_TRUE(status.ok()) << Text(status);
  }

  Interpreter& interpreter() { return interpreter_; }

  std::vector<int8_t> Run(const std::vector<int8_t>& input) {
    const Span<int8_t> to = interpreter_.input(0).as<int8_t>();
    EXPECT_EQ(input.size(), to.size());
    std::copy(input.begin(), input.end(), to.begin());
    EXPECT_TRUE(interpreter_.Invoke().ok());
    const Span<int8_t> from = interpreter_.output(0).as<int8_t>();
    return {from.begin(), from.end()};
  }

 private:
  AlignedBytes bytes_;
  AlignedBytes arena_;
  Model model_;
  Interpreter interpreter_;
};

// What a streaming model must answer: the answers of a window that begins as silence.
class Window {
 public:
  Window() : runner_(test::WindowModel()) { Reset(); }

  void Reset() { frames_.assign(test::kStreamingAllFrames * test::kStreamingChannels, INT8_MIN); }

  std::vector<int8_t> Run(const std::vector<int8_t>& frames) {
    for (const int8_t feature : frames) {
      frames_.push_back(feature);
      frames_.pop_front();
    }
    return runner_.Run({frames_.begin(), frames_.end()});
  }

 private:
  Runner runner_;
  std::deque<int8_t> frames_;
};

std::vector<int8_t> AnyFrames(std::mt19937& random) {
  std::vector<int8_t> frames(test::kStreamingNewFrames * test::kStreamingChannels);
  for (int8_t& feature : frames) feature = static_cast<int8_t>(random() % 256);
  return frames;
}

TEST(VariablesTest, AnswerAsAWindowOverTheSameFrames) {
  std::mt19937 random(1);
  Runner streaming(test::StreamingModel());
  Window window;
  for (int i = 0; i < 20; ++i) {
    const std::vector<int8_t> frames = AnyFrames(random);
    ASSERT_EQ(streaming.Run(frames), window.Run(frames)) << i;
  }
}

TEST(VariablesTest, StartAnewAfterAReset) {
  std::mt19937 random(2);
  Runner streaming(test::StreamingModel());
  Window window;
  for (int i = 0; i < 5; ++i) streaming.Run(AnyFrames(random));
  streaming.interpreter().ResetVariables();
  for (int i = 0; i < 5; ++i) {
    const std::vector<int8_t> frames = AnyFrames(random);
    ASSERT_EQ(streaming.Run(frames), window.Run(frames)) << i;
  }
}

// Two interpreters of one model do not share what they remember.
TEST(VariablesTest, BelongToTheirInterpreter) {
  std::mt19937 random(3);
  Runner one(test::StreamingModel());
  Runner other(test::StreamingModel());
  Window window;
  for (int i = 0; i < 5; ++i) {
    const std::vector<int8_t> frames = AnyFrames(random);
    other.Run(AnyFrames(random));
    ASSERT_EQ(one.Run(frames), window.Run(frames)) << i;
  }
}

// Between two inferences the caller may use all memory but that of kept inputs and variables.
TEST(VariablesTest, AreNotInIdleMemory) {
  std::mt19937 random(4);
  AllocationOptions options;
  options.keep_inputs = true;
  options.idle_bytes = 5000;
  Runner streaming(test::StreamingModel(), options);
  Window window;
  for (int i = 0; i < 5; ++i) {
    const std::vector<int8_t> frames = AnyFrames(random);
    ASSERT_EQ(streaming.Run(frames), window.Run(frames)) << i;
    for (uint8_t& byte : streaming.interpreter().idle_memory()) byte = 0x55;
  }
}

TEST(VariablesTest, NeedTheArenaThatIsSaid) { test::ExpectArenaIsKnown(test::StreamingModel()); }

TEST(VariablesTest, ArePersistent) {
  Runner streaming(test::StreamingModel());
  constexpr size_t kVariableBytes = 3 * 40;
  EXPECT_GT(streaming.interpreter().persistent_bytes(), kVariableBytes);
}

// The profiler hears of the main subgraph's operators only.
TEST(VariablesTest, DoNotShowTheInitialSubgraphToTheProfiler) {
  Runner streaming(test::StreamingModel());
  std::vector<size_t> operators;
  const Profiler profiler = {
      [](void* user, size_t op) { static_cast<std::vector<size_t>*>(user)->push_back(op); },
      nullptr, &operators};
  streaming.interpreter().set_profiler(&profiler);
  ASSERT_TRUE(streaming.interpreter().Invoke().ok());
  EXPECT_EQ(operators, (std::vector<size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8}));
}

// ------------------------------------------------------------------------------------------------
// Damage

test::TensorSpec Resource() { return {{}, TensorType::RESOURCE}; }
test::TensorSpec Int8(int32_t count) { return {{count}, TensorType::INT8, {0.5f}, {0}}; }
test::TensorSpec Constant(int32_t count) {
  test::TensorSpec tensor = Int8(count);
  tensor.data.assign(static_cast<size_t>(count), 7);
  return tensor;
}

// The smallest model with a variable: its output is what it held, its input what it holds then.
// Everything is open to damage.
struct Echo {
  test::OperatorOptions call_once = test::CallOnceOptions(1);
  int call_once_operators = 1;
  bool call_once_first = true;
  test::OperatorOptions name = VarHandleOptions("v", "c");
  test::OperatorOptions init_name = VarHandleOptions("v", "c");
  test::TensorSpec handle = Resource();
  test::TensorSpec input = Int8(4);
  test::TensorSpec output = Int8(4);
  test::TensorSpec start = Constant(4);
  bool main_handle = true;
  bool init_assigns = true;
  bool init_reads = false;
  bool init_calls = false;
  bool init_has_output = false;
  bool assigns_twice = false;

  ModelBuilder Build() const {
    ModelBuilder model;
    const int in = model.AddTensor(input);
    const int out = model.AddTensor(output);
    const int resource = model.AddTensor(handle);
    const auto call = [&] {
      for (int i = 0; i < call_once_operators; ++i) {
        model.AddOperator(BuiltinOperator::CALL_ONCE, {}, {}, call_once);
      }
    };
    if (call_once_first) call();
    if (main_handle) model.AddOperator(BuiltinOperator::VAR_HANDLE, {}, {resource}, name);
    if (!call_once_first) call();
    model.AddOperator(BuiltinOperator::READ_VARIABLE, {resource}, {out});
    model.AddOperator(BuiltinOperator::ASSIGN_VARIABLE, {resource, in}, {});
    if (assigns_twice) model.AddOperator(BuiltinOperator::ASSIGN_VARIABLE, {resource}, {});
    model.SetInputs({in});
    model.SetOutputs({out});
    model.BeginSubgraph();
    const int init_resource = model.AddTensor(Resource());
    const int value = model.AddTensor(start);
    const int copy = model.AddTensor(Int8(4));
    model.AddOperator(BuiltinOperator::VAR_HANDLE, {}, {init_resource}, init_name);
    if (init_assigns) {
      model.AddOperator(BuiltinOperator::ASSIGN_VARIABLE, {init_resource, value}, {});
    }
    if (init_reads) model.AddOperator(BuiltinOperator::READ_VARIABLE, {init_resource}, {copy});
    if (init_calls) model.AddOperator(BuiltinOperator::CALL_ONCE, {}, {}, call_once);
    if (init_has_output) model.SetOutputs({copy});
    return model;
  }
};

TEST(VariablesTest, HoldTheirStartValueAndThenWhatIsAssigned) {
  Runner runner(Echo().Build());
  EXPECT_EQ(runner.Run({1, 2, 3, 4}), (std::vector<int8_t>{7, 7, 7, 7}));
  EXPECT_EQ(runner.Run({5, 6, 7, 8}), (std::vector<int8_t>{1, 2, 3, 4}));
  EXPECT_EQ(runner.Run({9, 9, 9, 9}), (std::vector<int8_t>{5, 6, 7, 8}));
  runner.interpreter().ResetVariables();
  EXPECT_EQ(runner.Run({0, 0, 0, 0}), (std::vector<int8_t>{7, 7, 7, 7}));
}

// Any type of plain elements.
TEST(VariablesTest, MayHoldFloats) {
  Echo echo;
  echo.input = echo.output = echo.start = {{2}, TensorType::FLOAT32};
  echo.start.data = BytesOf(std::vector<float>{0.5f, -2.0f});
  Runner runner(echo.Build());
  ASSERT_TRUE(runner.interpreter().Invoke().ok());
  const Span<float> output = runner.interpreter().output(0).as<float>();
  EXPECT_EQ(output[0], 0.5f);
  EXPECT_EQ(output[1], -2.0f);
}

struct Damage {
  const char* name;
  std::function<void(Echo& echo)> damage;
  StatusCode code;
  const char* text;
};

constexpr StatusCode kInvalid = StatusCode::kInvalidModel;
constexpr StatusCode kUnsupported = StatusCode::kUnsupported;

const Damage kDamages[] = {
    {"NoOptionsOfCallOnce", [](Echo& echo) { echo.call_once = {}; }, kInvalid, "options"},
    {"MainSubgraph", [](Echo& echo) { echo.call_once = test::CallOnceOptions(0); }, kUnsupported,
     "CALL_ONCE: subgraph"},
    {"NegativeSubgraph", [](Echo& echo) { echo.call_once = test::CallOnceOptions(INT32_MIN); },
     kUnsupported, "CALL_ONCE: subgraph"},
    {"NoSuchSubgraph", [](Echo& echo) { echo.call_once = test::CallOnceOptions(2); }, kUnsupported,
     "CALL_ONCE: subgraph: found 2, wanted 1"},
    {"TwoCalls", [](Echo& echo) { echo.call_once_operators = 2; }, kUnsupported, "in front of it"},
    {"Recursion", [](Echo& echo) { echo.init_calls = true; }, kUnsupported,
     "subgraph that it is in"},
    {"SubgraphWithOutput", [](Echo& echo) { echo.init_has_output = true; }, kUnsupported,
     "takes or gives"},
    {"NoCall", [](Echo& echo) { echo.call_once_operators = 0; }, kUnsupported, "CALL_ONCE"},
    {"LateCall", [](Echo& echo) { echo.call_once_first = false; }, kUnsupported, "CALL_ONCE"},
    {"NoNames", [](Echo& echo) { echo.name = {}; }, kInvalid, "options"},
    {"OtherName", [](Echo& echo) { echo.name = VarHandleOptions("w", "c"); }, kUnsupported,
     "of its name"},
    {"LongerName", [](Echo& echo) { echo.name = VarHandleOptions("vv", "c"); }, kUnsupported,
     "of its name"},
    {"OtherContainer", [](Echo& echo) { echo.name = VarHandleOptions("v"); }, kUnsupported,
     "of its name"},
    {"NoStartValue", [](Echo& echo) { echo.init_assigns = false; }, kUnsupported, "assignments"},
    {"InitReads", [](Echo& echo) { echo.init_reads = true; }, kUnsupported, "READ_VARIABLE"},
    {"NoHandle", [](Echo& echo) { echo.main_handle = false; }, kInvalid, "VAR_HANDLE in front"},
    {"HandleType", [](Echo& echo) { echo.handle = Int8(1); }, kUnsupported, "output: type"},
    {"ReadsMore", [](Echo& echo) { echo.output = Int8(5); }, kInvalid, "bytes of a value"},
    {"AssignsLess", [](Echo& echo) { echo.input = Int8(3); }, kInvalid, "bytes of a value"},
    {"AssignsOtherType",
     [](Echo& echo) {
       echo.input = {{1}, TensorType::FLOAT32};
     },
     kInvalid, "type of a value"},
    {"StartsOtherSize", [](Echo& echo) { echo.start = Constant(8); }, kInvalid, "bytes of a value"},
    {"StartOfNoPlainType",
     [](Echo& echo) {
       echo.start = {{1}, TensorType::STRING, {}, {}, {1, 2, 3, 4}};
     },
     kUnsupported, "type"},
    {"AssignsNothing", [](Echo& echo) { echo.assigns_twice = true; }, kInvalid, "inputs"},
};

class DamagedVariablesTest : public testing::TestWithParam<Damage> {};

TEST_P(DamagedVariablesTest, IsRefused) {
  Echo echo;
  GetParam().damage(echo);
  const AlignedBytes bytes = echo.Build().Build();
  Model model;
  ASSERT_TRUE(Model::Load(bytes.span(), &model).ok());
  AlignedBytes arena(4096);
  Interpreter interpreter(model, AllKernelsResolver(), arena.span());
  const Status status = interpreter.AllocateTensors();
  EXPECT_EQ(status.code, GetParam().code) << Text(status);
  EXPECT_EQ(status.subject, StatusSubject::kOperator);
  EXPECT_THAT(Text(status), testing::HasSubstr(GetParam().text));
  EXPECT_EQ(interpreter.Invoke().code, StatusCode::kFailedPrecondition);
}

INSTANTIATE_TEST_SUITE_P(Damages, DamagedVariablesTest, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
