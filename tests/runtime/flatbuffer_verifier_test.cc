// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Our walk over the file against flatbuffers' own verifier, on files with all kinds of damage.

#include "earshot/runtime/flatbuffer_verifier.h"

#include <flatbuffers/reflection_generated.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/runtime/schema/model_fields.h"
#include "tests/support/golden.h"
#include "tests/support/model_builder.h"

namespace earshot {
namespace {

namespace fields = schema::fields;

// Whether flatbuffers knows nothing of an operator's options but that they are a table. Those that
// it knows it verifies by itself.
bool AreOptionsUnknown(const schema::Operator& op) {
  const auto& known = schema::EnumValuesBuiltinOptions();
  const auto* const end = std::end(known);
  return op.builtin_options() != nullptr &&
         (op.builtin_options_type() == schema::BuiltinOptions::NONE ||
          std::find(std::begin(known), end, op.builtin_options_type()) == end);
}

bool Reference(Span<const uint8_t> bytes) {
  flatbuffers::Verifier verifier(bytes.data(), bytes.size());
  if (!verifier.VerifyBuffer<schema::Model>()) return false;
  const auto* graphs = schema::GetModel(bytes.data())->subgraphs();
  for (uint32_t i = 0; graphs != nullptr && i < graphs->size(); ++i) {
    const auto* operators = graphs->Get(i)->operators();
    for (uint32_t j = 0; operators != nullptr && j < operators->size(); ++j) {
      const schema::Operator& op = *operators->Get(j);
      if (!AreOptionsUnknown(op)) continue;
      if (!static_cast<const schema::Ignored*>(op.builtin_options())->Verify(verifier))
        return false;
    }
  }
  return true;
}

// A scalar by itself; `argument`: its bytes.
constexpr auto kScalar = static_cast<fields::Kind>(0xFF);

// kFields with each of its scalars by itself.
std::vector<fields::Field> SingleFields() {
  std::vector<fields::Field> singles;
  for (fields::Field field : fields::kFields) {
    if (field.kind != fields::kScalars) {
      singles.push_back(field);
      continue;
    }
    for (uint32_t sizes = field.argument; sizes != 1; sizes >>= 1) {
      const auto bytes = static_cast<uint8_t>((sizes & 1) != 0 ? 1 : 4);
      singles.push_back({field.table, field.place, kScalar, bytes});
      field.place = static_cast<uint8_t>(field.place + 2);
    }
  }
  return singles;
}

const std::vector<fields::Field> kSingleFields = SingleFields();

// Writes a file with every field of every table that kFields has. Small, so that nearly every byte
// of it steers something.
class Everything {
 public:
  Everything() {
    fbb_.DedupVtables(false);  // So that damage hits one table at a time.
    fbb_.Finish(flatbuffers::Offset<schema::Model>(Write(fields::kModel)), "TFL3");
  }

  std::vector<uint8_t> file() const {
    return std::vector<uint8_t>(fbb_.GetBufferPointer(), fbb_.GetBufferPointer() + fbb_.GetSize());
  }

 private:
  // A table; of options of this kind, where it is an operator.
  uint32_t Write(uint8_t table, schema::BuiltinOptions kind = schema::BuiltinOptions::NONE) {
    std::map<uint8_t, uint32_t> parts;  // What lies in front of the table, by its field's place.
    for (const fields::Field& field : kSingleFields) {
      if (field.table == table) parts[field.place] = WritePart(field, kind);
    }
    const uint32_t begin = fbb_.StartTable();
    for (const fields::Field& field : kSingleFields) {
      if (field.table != table) continue;
      if (field.kind == fields::kStruct) {
        const schema::Int64 number(3, 0);
        fbb_.AddStruct(field.place, &number);
      } else if (field.kind != kScalar) {
        fbb_.AddOffset(field.place, flatbuffers::Offset<void>(parts.at(field.place)));
      } else if (field.argument == 4) {
        fbb_.AddElement<uint32_t>(field.place, 3);
      } else {
        const bool is_kind =
            table == fields::kOperator && field.place == schema::Operator::VT_BUILTIN_OPTIONS_TYPE;
        fbb_.AddElement<uint8_t>(field.place, is_kind ? static_cast<uint8_t>(kind) : 1);
      }
    }
    return fbb_.EndTable(begin);
  }

  uint32_t WritePart(const fields::Field& field, schema::BuiltinOptions kind) {
    switch (field.kind) {
      case fields::kScalars:
      case fields::kStruct:
        return 0;
      case fields::kString:
        return fbb_.CreateString("text").o;
      case fields::kVector:
        return WriteVector(field.argument);
      case fields::kTable:
        return Write(field.argument);
      case fields::kTables:
        return WriteTables(field.argument);
      case fields::kOptions:
        return Write(kind == schema::BuiltinOptions::NONE ? uint8_t{fields::kIgnored}
                                                          : static_cast<uint8_t>(kind));
    }
    return 0;
  }

  uint32_t WriteVector(uint8_t element_bytes) {
    if (element_bytes == 1) return fbb_.CreateVector(std::vector<uint8_t>{1, 2, 3}).o;
    if (element_bytes == 4) return fbb_.CreateVector(std::vector<int32_t>{1, 2, 3}).o;
    return fbb_.CreateVectorOfStructs(test::Int64s({7})).o;
  }

  uint32_t WriteTables(uint8_t table) {
    std::vector<flatbuffers::Offset<schema::Ignored>> tables;
    if (table == fields::kOperator) {  // With each kind of options.
      for (const auto kind : schema::EnumValuesBuiltinOptions()) {
        tables.emplace_back(Write(table, kind));
      }
    } else {
      tables.emplace_back(Write(table));
    }
    return fbb_.CreateVector(tables).o;
  }

  flatbuffers::FlatBufferBuilder fbb_;
};

std::vector<uint8_t> FileWithEverything() { return Everything().file(); }

// How often both said yes and no, so that a test which has become blind shows.
struct Answers {
  int accepted = 0;
  int refused = 0;
};

void Compare(const std::vector<uint8_t>& file, Answers* answers) {
  const AlignedBytes bytes(file);
  const bool wanted = Reference(bytes.span());
  ASSERT_EQ(VerifyFlatbuffer(bytes.span()), wanted);
  ++(wanted ? answers->accepted : answers->refused);
}

// What the generator reads out of the schema is what flatbuffers' own compiler does.
class ModelFieldsTest : public testing::Test {
 protected:
  ModelFieldsTest() : bytes_(test::ReadBytes(EARSHOT_BINARY_SCHEMA)) {
    flatbuffers::Verifier verifier(bytes_.data(), bytes_.size());
    EXPECT_TRUE(reflection::VerifySchemaBuffer(verifier));
    schema_ = reflection::GetSchema(bytes_.data());
  }

  const reflection::Object& ObjectAt(int32_t index) const {
    return *schema_->objects()->Get(static_cast<uint32_t>(index));
  }

  // Its name without the namespace.
  static std::string NameOf(const reflection::Object& object) {
    return object.name()->str().substr(object.name()->str().rfind('.') + 1);
  }

  uint8_t BytesOf(reflection::BaseType type, int32_t index) const {
    if (type == reflection::Obj) return static_cast<uint8_t>(ObjectAt(index).bytesize());
    switch (type) {
      case reflection::UType:
      case reflection::Bool:
      case reflection::Byte:
      case reflection::UByte:
        return 1;
      case reflection::Int:
      case reflection::UInt:
      case reflection::Float:
        return 4;
      default:
        ADD_FAILURE() << "a type that is new to this test: " << type;
        return 0;
    }
  }

  // The field as it has to be; `table` is any number.
  fields::Field Wanted(const reflection::Field& field) const {
    const reflection::Type& type = *field.type();
    const auto place = static_cast<uint8_t>(field.offset());
    const auto is_table = [&](reflection::BaseType base) {
      return base == reflection::Obj && !ObjectAt(type.index()).is_struct();
    };
    if (type.base_type() == reflection::String) return {0, place, fields::kString, 1};
    if (type.base_type() == reflection::Union) {
      return {0, place, fields::kOptions, static_cast<uint8_t>(place - 2)};
    }
    if (type.base_type() == reflection::Vector) {
      if (is_table(type.element())) return {0, place, fields::kTables, 0};
      return {0, place, fields::kVector, BytesOf(type.element(), type.index())};
    }
    if (is_table(type.base_type())) return {0, place, fields::kTable, 0};
    const auto kind = type.base_type() == reflection::Obj ? fields::kStruct : kScalar;
    return {0, place, kind, BytesOf(type.base_type(), type.index())};
  }

  const std::vector<uint8_t> bytes_;
  const reflection::Schema* schema_ = nullptr;
};

TEST_F(ModelFieldsTest, AreAllThatTheSchemaHas) {
  std::map<std::string, uint8_t> numbers;  // Of tables, as the fields that lead to them tell.
  numbers["Model"] = fields::kModel;
  for (const auto kind : schema::EnumValuesBuiltinOptions()) {
    numbers[schema::EnumNameBuiltinOptions(kind)] = static_cast<uint8_t>(kind);
  }
  size_t found = 0;
  // Tables stand in the order of their names; those that lead to others may come behind them.
  for (int round = 0; round < 3; ++round) {
    found = 0;
    for (const reflection::Object* object : *schema_->objects()) {
      if (object->is_struct() || numbers.count(NameOf(*object)) == 0) continue;
      const uint8_t table = numbers.at(NameOf(*object));
      for (const reflection::Field* field : *object->fields()) {
        if (field->deprecated()) continue;
        const std::string name = NameOf(*object) + "." + field->name()->str();
        const fields::Field wanted = Wanted(*field);
        const auto is = std::find_if(
            kSingleFields.begin(), kSingleFields.end(),
            [&](const auto& one) { return one.table == table && one.place == wanted.place; });
        ASSERT_NE(is, kSingleFields.end()) << name;
        EXPECT_EQ(is->kind, wanted.kind) << name;
        if (wanted.kind == fields::kTable || wanted.kind == fields::kTables) {
          numbers[NameOf(ObjectAt(field->type()->index()))] = is->argument;
        } else {
          EXPECT_EQ(is->argument, wanted.argument) << name;
        }
        ++found;
      }
    }
  }
  EXPECT_EQ(found, kSingleFields.size());
  for (const reflection::Object* object : *schema_->objects()) {
    if (object->is_struct()) continue;
    EXPECT_EQ(numbers.count(NameOf(*object)), 1u) << NameOf(*object) << ": nothing leads to it";
  }
}

// A vector or text of options that leads outside, in each kind of options that has one.
TEST(FlatbufferVerifierTest, RefusesDamagedVectorsInOptionsOfEachKind) {
  const std::vector<uint8_t> good = FileWithEverything();
  size_t damaged = 0;
  const auto* const operators = schema::GetModel(good.data())->subgraphs()->Get(0)->operators();
  for (const schema::Operator* op : *operators) {
    for (const fields::Field& field : kSingleFields) {
      const bool is_vector = field.kind == fields::kVector || field.kind == fields::kString;
      if (field.table != static_cast<uint8_t>(op->builtin_options_type()) || !is_vector) continue;
      const auto* const options = static_cast<const flatbuffers::Table*>(op->builtin_options());
      const uint8_t* const offset = options->GetAddressOf(field.place);
      ASSERT_NE(offset, nullptr);
      const uint8_t* const vector = offset + flatbuffers::ReadScalar<uint32_t>(offset);
      std::vector<uint8_t> file = good;
      flatbuffers::WriteScalar(&file[static_cast<size_t>(vector - good.data())], uint32_t{1} << 20);
      const AlignedBytes bytes(file);
      EXPECT_FALSE(Reference(bytes.span()));
      EXPECT_FALSE(VerifyFlatbuffer(bytes.span()))
          << schema::EnumNameBuiltinOptions(op->builtin_options_type());
      ++damaged;
    }
  }
  EXPECT_GE(damaged, 3u);
}

TEST(FlatbufferVerifierTest, AcceptsWhatIsSound) {
  const AlignedBytes everything(FileWithEverything());
  EXPECT_TRUE(Reference(everything.span()));
  EXPECT_TRUE(VerifyFlatbuffer(everything.span()));
}

// Each byte of the file in turn, changed in several ways.
TEST(FlatbufferVerifierTest, AgreesWithTheLibraryOnEachChangedByte) {
  const std::vector<uint8_t> good = FileWithEverything();
  Answers answers;
  for (size_t i = 0; i < good.size(); ++i) {
    for (const int change : {1, 2, 4, 8, 16, 64, 128, 255}) {
      std::vector<uint8_t> file = good;
      file[i] = static_cast<uint8_t>(file[i] + change);
      Compare(file, &answers);
      if (HasFatalFailure()) FAIL() << "byte " << i << " increased by " << change;
    }
  }
  EXPECT_GT(answers.accepted, 1000);
  EXPECT_GT(answers.refused, 1000);
}

// Whole words, several at a time, and cuts.
TEST(FlatbufferVerifierTest, AgreesWithTheLibraryOnRandomDamage) {
  constexpr int kFiles = 100000;
  const std::vector<uint8_t> good = FileWithEverything();
  std::mt19937 random(1);
  Answers answers;
  for (int i = 0; i < kFiles; ++i) {
    std::vector<uint8_t> file = good;
    for (uint32_t count = random() % 3; count != 0; --count) {
      const size_t place = random() % (file.size() / 4) * 4;
      const uint32_t words[] = {static_cast<uint32_t>(random()),
                                static_cast<uint32_t>(random()) % 256,
                                0u - static_cast<uint32_t>(random()) % 256, INT32_MAX, 0x80000000u};
      std::memcpy(&file[place], &words[random() % 5], sizeof(words[0]));
    }
    if (random() % 4 == 0) file.resize(8 + random() % (file.size() - 8));
    Compare(file, &answers);
    if (HasFatalFailure()) FAIL() << "file " << i;
  }
  EXPECT_GT(answers.accepted, 10000);
  EXPECT_GT(answers.refused, 10000);
}

TEST(FlatbufferVerifierTest, AgreesWithTheLibraryOnModels) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  constexpr int kFiles = 2000;
  std::mt19937 random(2);
  Answers answers;
  for (const char* name : {"simple_add", "micro_speech_quantized", "mww_v2_vad"}) {
    const std::vector<uint8_t> good =
        test::ReadBytes(test::SharedPath(std::string("models/") + name + ".tflite"));
    for (int i = 0; i < kFiles; ++i) {
      std::vector<uint8_t> file = good;
      file[random() % file.size()] ^= static_cast<uint8_t>(1u << random() % 8);
      Compare(file, &answers);
      if (HasFatalFailure()) FAIL() << name << ", file " << i;
    }
  }
  EXPECT_GT(answers.accepted, 1000);
  EXPECT_GT(answers.refused, 100);
}

// Many offsets to the same table: refused rather than walked for minutes.
TEST(FlatbufferVerifierTest, EndsOnFilesThatMultiply) {
  constexpr size_t kTensors = 30000;
  constexpr size_t kGraphs = 1000;
  flatbuffers::FlatBufferBuilder fbb;
  const std::vector<flatbuffers::Offset<schema::Tensor>> tensors(kTensors,
                                                                 schema::CreateTensor(fbb));
  const std::vector<flatbuffers::Offset<schema::SubGraph>> graphs(
      kGraphs, schema::CreateSubGraph(fbb, fbb.CreateVector(tensors)));
  schema::FinishModelBuffer(fbb, schema::CreateModel(fbb, 3, 0, fbb.CreateVector(graphs)));
  const AlignedBytes file(
      std::vector<uint8_t>(fbb.GetBufferPointer(), fbb.GetBufferPointer() + fbb.GetSize()));
  EXPECT_FALSE(VerifyFlatbuffer(file.span()));
}

}  // namespace
}  // namespace earshot
