// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/on_device/model_case.h"

#include <gtest/gtest.h>

#include <cstring>

#include "earshot/runtime/arena.h"
#include "earshot/runtime/interpreter.h"
#include "tests/on_device/field_reader.h"
#include "tests/on_device/stack_mark.h"
#include "tests/on_device/workspace.h"

namespace earshot::test {
namespace {

// Of the wanted number; the recorded numbers and ours differ where libraries' exp() do.
constexpr float kRelativeTolerance = 1e-5f;
constexpr float kLeastDifference = 1e-30f;

bool IsClose(float found, float wanted) {
  const float difference = found > wanted ? found - wanted : wanted - found;
  const float magnitude = wanted < 0.0f ? -wanted : wanted;
  return difference <= kRelativeTolerance * magnitude + kLeastDifference;
}

// Float32 within the tolerance (or the same bits: infinities, no numbers), all others to the bit.
bool OutputEquals(FieldReader& data, const TensorView& output) {
  if (output.info.type != TensorType::FLOAT32) return data.Equals(output.bytes);
  const size_t begin = data.position();
  if (data.Equals(output.bytes)) return true;
  data.Rewind(begin);
  if (data.Begin() != output.bytes.size()) return false;
  bool close = true;
  for (const float& found : output.as<float>()) {
    float wanted = 0.0f;
    void* bytes = &wanted;
    data.Some(Span<uint8_t>(static_cast<uint8_t*>(bytes), sizeof(wanted)));
    close = close && IsClose(found, wanted);
  }
  return close;
}

void CheckRow(FieldReader& data, Interpreter& interpreter, const char* name, uint32_t row,
              size_t stack) {
  for (size_t i = 0; i < interpreter.input_count(); ++i) {
    data.Array(interpreter.input(i).bytes);
  }
  const StackMark mark;
  const Status status = interpreter.Invoke();
  const size_t used = mark.used();
  ASSERT_TRUE(status.ok()) << name;
  EXPECT_LE(used, stack) << name << ": stack for an inference";
  for (size_t i = 0; i < interpreter.output_count(); ++i) {
    EXPECT_TRUE(OutputEquals(data, interpreter.output(i)))
        << name << ", row " << row << ", output " << i;
  }
  ASSERT_EQ(data.error(), nullptr) << name << ": " << data.error();
}

}  // namespace

ModelCase::ModelCase(FieldReader& data) : data_(data) {
  data.Text(name_);
  const Span<uint8_t> workspace = Workspace();
  const size_t model_bytes = data.PeekSize();
  const bool model_fits = model_bytes <= workspace.size();
  Span<uint8_t> file;
  if (model_fits) {
    file = data.Bytes(workspace);
  } else {
    data.Skip(1);
  }
  const size_t arena_bytes = data.Value<uint32_t>();
  ReadStack();
  rows_ = data.Value<uint32_t>();
  const auto fields = data.Value<uint32_t>();
  first_row_ = data.position();
  const auto arena_begin = static_cast<size_t>(AlignUp(model_bytes, kArenaAlignment));
  if (!model_fits || arena_begin > workspace.size() ||
      arena_bytes > workspace.size() - arena_begin) {
    data.Skip(rows_ * fields);
    return;
  }
  arena_ = workspace.subspan(arena_begin, arena_bytes);
  const StackMark mark;
  const Status status = Model::Load(file, &model_);
  const size_t used = mark.used();
  EXPECT_TRUE(status.ok()) << name_;
  EXPECT_LE(used, stack_to_load_) << name_ << ": stack to load";
}

void ModelCase::ReadStack() {
  char target[kNameBytes];
  for (auto targets = data_.Value<uint32_t>(); targets > 0; --targets) {
    data_.Text(target);
    const auto load = data_.Value<uint32_t>();
    const auto set_up = data_.Value<uint32_t>();
    const auto run = data_.Value<uint32_t>();
    if (std::strcmp(target, StackTarget()) != 0) continue;
    stack_to_load_ = load;
    stack_to_set_up_ = set_up;
    stack_to_run_ = run;
  }
}

void ModelCase::Run(const OperatorResolver& resolver) {
  data_.Rewind(first_row_);
  Interpreter refused(model_, resolver, arena_.subspan(0, arena_.size() - 1));
  EXPECT_EQ(refused.AllocateTensors().code, StatusCode::kArenaTooSmall) << name_;
  Interpreter interpreter(model_, resolver, arena_);
  const StackMark mark;
  const Status status = interpreter.AllocateTensors();
  const size_t used = mark.used();
  ASSERT_TRUE(status.ok()) << name_ << ": " << test::TextNumber(status.what) << ": found "
                           << status.found << ", wanted " << status.wanted;
  EXPECT_EQ(interpreter.arena_used_bytes(), arena_.size()) << name_;
  EXPECT_LE(used, stack_to_set_up_) << name_ << ": stack to set up";
  for (uint32_t row = 0; row < rows_ && data_.error() == nullptr; ++row) {
    CheckRow(data_, interpreter, name_, row, stack_to_run_);
  }
}

}  // namespace earshot::test
