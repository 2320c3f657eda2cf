// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the interpreter refuses: arenas that are too small and models that are damaged. Every word
// of every Status is the host's.

#include <gtest/gtest.h>

#include <cstring>

#include "earshot/embedded/tiny_conv_yes_no.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/runtime/arena.h"
#include "earshot/runtime/interpreter.h"
#include "tests/on_device/field_reader.h"
#include "tests/on_device/workspace.h"

namespace earshot {
namespace {

using test::FieldReader;
using test::Workspace;

// Fields: six numbers, the text.
void ExpectStatus(FieldReader& data, const Status& found) {
  constexpr size_t kTextBytes = 128;
  int32_t numbers[6];
  char text[kTextBytes];
  data.Array<int32_t>(numbers);
  data.Text(text);
  EXPECT_EQ(static_cast<int32_t>(found.code), numbers[0]) << text;
  EXPECT_EQ(static_cast<int32_t>(found.subject), numbers[1]) << text;
  EXPECT_EQ(static_cast<int32_t>(found.unit), numbers[2]) << text;
  EXPECT_EQ(found.index, numbers[3]) << text;
  EXPECT_EQ(found.found, numbers[4]) << text;
  EXPECT_EQ(found.wanted, numbers[5]) << text;
  EXPECT_EQ(test::TextNumber(found.what), test::TextNumber(text)) << text;
}

// Per arena: its size, the Status.
TEST(InterpreterTest, SaysOfEveryArenaWhatTheHostSays) {
  FieldReader data("arenas");
  Model model;
  ASSERT_TRUE(Model::Load(kTinyConvYesNo.bytes, &model).ok());
  int refused = 0;
  int allocated = 0;
  while (!data.AtEnd()) {
    const size_t size = data.Value<uint32_t>();
    ASSERT_LE(size, Workspace().size());
    Interpreter interpreter(model, kTinyConvYesNo.resolver, Workspace().subspan(0, size));
    const Status status = interpreter.AllocateTensors();
    ExpectStatus(data, status);
    ++(status.ok() ? allocated : refused);
    if (status.ok()) {
      EXPECT_EQ(interpreter.arena_used_bytes(), size);
    }
    ASSERT_FALSE(testing::Test::HasFailure()) << "arena of " << size << " bytes";
  }
  ASSERT_EQ(data.error(), nullptr) << data.error();
  EXPECT_EQ(allocated, 1);
  EXPECT_GT(refused, 20);
}

// How the host changed one byte of the base model.
struct Change {
  uint32_t position;
  uint32_t before;
  uint32_t after;
};

// Makes the changes of the field at `position`, or takes them back.
void ApplyChanges(FieldReader& data, size_t position, bool forward, Span<uint8_t> file) {
  data.Rewind(position);
  for (size_t left = data.Begin() / sizeof(Change); left > 0; --left) {
    Change change = {};
    void* bytes = &change;
    data.Some(Span<uint8_t>(static_cast<uint8_t*>(bytes), sizeof(change)));
    ASSERT_LT(change.position, file.size());
    file[change.position] = static_cast<uint8_t>(forward ? change.after : change.before);
  }
}

// How far the copy came (0: Load, 1: AllocateTensors, 2: Invoke), the Status, its first output.
void CheckOutcome(FieldReader& data, Span<const uint8_t> file, Span<uint8_t> arena) {
  Model model;
  Interpreter interpreter;
  int32_t stage = 0;
  Status status = Model::Load(file, &model);
  if (status.ok()) {
    stage = 1;
    interpreter = Interpreter(model, AllKernelsResolver(), arena);
    status = interpreter.AllocateTensors();
  }
  if (status.ok()) {
    stage = 2;
    for (size_t i = 0; i < interpreter.input_count(); ++i) {
      const Span<uint8_t> input = interpreter.input(i).bytes;
      std::memset(input.data(), 0x55, input.size());
    }
    status = interpreter.Invoke();
  }
  EXPECT_EQ(stage, data.Value<int32_t>());
  ExpectStatus(data, status);
  if (stage == 2 && interpreter.output_count() > 0) {
    EXPECT_TRUE(data.Equals(interpreter.output(0).bytes));
  } else {
    EXPECT_EQ(data.Begin(), 0u);
  }
}

// One copy: its size, changes, outcome. `file` is left as it was.
void CheckDamagedCopy(FieldReader& data, Span<uint8_t> file, Span<uint8_t> arena) {
  const size_t size = data.Value<uint32_t>();
  ASSERT_LE(size, file.size());
  const size_t changes = data.position();
  ApplyChanges(data, changes, true, file);
  CheckOutcome(data, file.subspan(0, size), arena);
  const size_t next = data.position();
  ApplyChanges(data, changes, false, file);
  data.Rewind(next);
}

// The base model, the arena's size, copies.
TEST(InterpreterTest, SaysOfEveryDamagedModelWhatTheHostSays) {
  FieldReader data("damaged_models");
  const Span<uint8_t> file = data.Bytes(Workspace());
  const auto arena_begin = static_cast<size_t>(AlignUp(file.size(), kArenaAlignment));
  const size_t arena_bytes = data.Value<uint32_t>();
  ASSERT_LE(arena_begin + arena_bytes, Workspace().size());
  int copies = 0;
  while (!data.AtEnd()) {
    CheckDamagedCopy(data, file, Workspace().subspan(arena_begin, arena_bytes));
    ASSERT_FALSE(testing::Test::HasFailure()) << "copy " << copies;
    ++copies;
  }
  ASSERT_EQ(data.error(), nullptr) << data.error();
  EXPECT_GE(copies, 700);
}

}  // namespace
}  // namespace earshot
