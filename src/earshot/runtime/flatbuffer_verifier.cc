// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/flatbuffer_verifier.h"

#include <cstddef>
#include <iterator>

#include "earshot/runtime/schema/model_fields.h"

namespace earshot {
namespace {

namespace fields = schema::fields;

// 64-bit numbers are read in two halves: schema::Int64.
constexpr uint32_t kStructAlignment = 4;

// Of tables that are walked, so that a small file with many offsets to the same one ends as well.
constexpr uint32_t kMaxTables = 1000000;

constexpr bool TablesFall() {
  for (size_t i = 1; i < std::size(fields::kFields); ++i) {
    if (fields::kFields[i].table > fields::kFields[i - 1].table) return false;
  }
  return true;
}
static_assert(TablesFall(), "VerifyTable() ends at the first smaller number");

class Walk {
 public:
  explicit Walk(Span<const uint8_t> bytes)
      : bytes_(bytes.data()), size_(static_cast<uint32_t>(bytes.size())) {}

  // A table and all that it leads to.
  bool VerifyTable(uint32_t position, uint8_t table);

  // Where the 32-bit offset at `position` leads, which is inside; else 0, where no table is.
  uint32_t Follow(uint32_t position) const {
    if (!Contains(position, 4, 4)) return 0;
    const uint32_t offset = Word(position);
    const uint32_t target = position + offset;
    return offset <= INT32_MAX && target < size_ ? target : 0;
  }

 private:
  // `bytes` at a position that is a multiple of `alignment`, a power of two.
  bool Contains(uint32_t position, uint32_t bytes, uint32_t alignment) const {
    return (position & (alignment - 1)) == 0 && bytes < size_ && position <= size_ - bytes;
  }

  uint32_t Word(uint32_t position) const {
    return flatbuffers::ReadScalar<uint32_t>(bytes_ + position);
  }
  uint32_t HalfWord(uint32_t position) const {
    return flatbuffers::ReadScalar<uint16_t>(bytes_ + position);
  }

  bool VerifyField(uint32_t vtable, uint32_t position, const fields::Field& field);
  bool VerifyScalars(uint32_t vtable, uint32_t position, const fields::Field& field);
  bool VerifyVector(uint32_t position, uint32_t element_bytes);
  bool VerifyTables(uint32_t position, uint8_t table);

  // Where a table has one of its fields, counted from the table's begin; 0: nowhere.
  uint32_t OffsetOf(uint32_t vtable, uint32_t place) const {
    return place < HalfWord(vtable) ? HalfWord(vtable + place) : 0;
  }

  const uint8_t* bytes_;
  uint32_t size_;
  uint32_t tables_ = 0;
};

// A table begins with the distance back to its vtable: 16-bit numbers that say the size of the
// vtable, that of the table, and where in the table each field is.
bool Walk::VerifyTable(uint32_t position, uint8_t table) {
  if (++tables_ > kMaxTables || !Contains(position, 4, 4)) return false;
  const uint32_t vtable = position - Word(position);
  if (!Contains(vtable, 2, 2)) return false;
  const uint32_t vtable_bytes = HalfWord(vtable);
  if (!Contains(vtable, vtable_bytes, 2) || vtable_bytes % 2 != 0) return false;
  for (const fields::Field& field : fields::kFields) {
    if (field.table < table) break;
    if (field.table == table && !VerifyField(vtable, position, field)) return false;
  }
  return true;
}

bool Walk::VerifyScalars(uint32_t vtable, uint32_t position, const fields::Field& field) {
  uint32_t place = field.place;
  for (uint32_t sizes = field.argument; sizes != 1; sizes >>= 1, place += 2) {
    const uint32_t offset = OffsetOf(vtable, place);
    const uint32_t bytes = (sizes & 1) != 0 ? 1 : 4;
    if (offset != 0 && !Contains(position + offset, bytes, bytes)) return false;
  }
  return true;
}

bool Walk::VerifyField(uint32_t vtable, uint32_t position, const fields::Field& field) {
  if (field.kind == fields::kScalars) return VerifyScalars(vtable, position, field);
  const uint32_t offset = OffsetOf(vtable, field.place);
  if (offset == 0) return true;
  const uint32_t place = position + offset;
  if (field.kind == fields::kStruct) return Contains(place, field.argument, kStructAlignment);
  const uint32_t target = Follow(place);
  if (target == 0 || target == place) return false;
  switch (field.kind) {
    case fields::kVector:
      return VerifyVector(target, field.argument);
    case fields::kString:
      return VerifyVector(target, 1) && Contains(target + 4 + Word(target), 1, 1) &&
             bytes_[target + 4 + Word(target)] == 0;
    case fields::kTables:
      return VerifyTables(target, field.argument);
    case fields::kOptions: {
      // The field that tells the type stands before this one in kFields, so it is verified.
      const uint32_t type_offset = OffsetOf(vtable, field.argument);
      const uint8_t type = type_offset == 0 ? 0 : bytes_[position + type_offset];
      return VerifyTable(target, type < fields::kFirstOwnTable ? type : uint8_t{fields::kIgnored});
    }
    default:
      return VerifyTable(target, field.argument);
  }
}

bool Walk::VerifyVector(uint32_t position, uint32_t element_bytes) {
  if (!Contains(position, 4, 4)) return false;
  const uint32_t count = Word(position);
  return count < INT32_MAX / element_bytes && Contains(position, 4 + count * element_bytes, 1);
}

bool Walk::VerifyTables(uint32_t position, uint8_t table) {
  if (!VerifyVector(position, 4)) return false;
  for (uint32_t left = Word(position); left != 0; --left) {
    position += 4;
    const uint32_t target = Follow(position);
    if (target == 0 || !VerifyTable(target, table)) return false;
  }
  return true;
}

}  // namespace

bool VerifyFlatbuffer(Span<const uint8_t> bytes) {
  Walk walk(bytes);
  const uint32_t root = walk.Follow(0);
  return root != 0 && walk.VerifyTable(root, fields::kModel);
}

}  // namespace earshot
