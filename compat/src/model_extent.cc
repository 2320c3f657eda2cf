// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "model_extent.h"

#include <cstring>

#include "earshot/runtime/schema/model_fields.h"

namespace earshot::tflm {
namespace {

namespace fields = schema::fields;

constexpr uint32_t kIdentifierBegin = 4;
constexpr uint32_t kMaxTables = 1000000;  // As earshot/runtime/flatbuffer_verifier.cc has it.

// Follows every table of the schema, and remembers the furthest byte.
class Extent {
 public:
  explicit Extent(const uint8_t* model) : model_(model) {}

  bool Follow() {
    Reach(kIdentifierBegin, kIdentifierBegin);
    return Table(Target(0), fields::kModel);
  }
  size_t end() const { return end_; }

 private:
  template <typename T>
  T Read(uint32_t position) const {
    T number;
    std::memcpy(&number, model_ + position, sizeof(T));
    return number;
  }
  uint32_t Target(uint32_t position) const { return position + Read<uint32_t>(position); }

  bool Reach(uint64_t begin, uint64_t bytes) {
    if (begin + bytes > INT32_MAX) return false;
    if (end_ < begin + bytes) end_ = static_cast<uint32_t>(begin + bytes);
    return true;
  }

  bool Table(uint32_t position, uint8_t table) {
    if (++tables_ > kMaxTables || !Reach(position, 4)) return false;
    const uint32_t vtable = position - Read<uint32_t>(position);
    if (!Reach(vtable, 4) || !Reach(vtable, Read<uint16_t>(vtable)) ||
        !Reach(position, Read<uint16_t>(vtable + 2))) {
      return false;
    }
    for (const fields::Field& field : fields::kFields) {
      if (field.table == table && !Field(vtable, position, field)) return false;
    }
    return true;
  }

  bool Field(uint32_t vtable, uint32_t position, const fields::Field& field) {
    // Scalars and structs are parts of the table.
    if (field.kind == fields::kScalars || field.kind == fields::kStruct) return true;
    const uint32_t offset = OffsetOf(vtable, field.place);
    if (offset == 0) return true;
    const uint32_t target = Target(position + offset);
    switch (field.kind) {
      case fields::kVector:
        return Vector(target, field.argument, 0);
      case fields::kString:
        return Vector(target, 1, 1);
      case fields::kTables:
        return Tables(target, field.argument);
      case fields::kOptions: {
        const uint32_t type_offset = OffsetOf(vtable, field.argument);
        const uint8_t type = type_offset == 0 ? 0 : Read<uint8_t>(position + type_offset);
        return Table(target, type < fields::kFirstOwnTable ? type : uint8_t{fields::kIgnored});
      }
      default:
        return Table(target, field.argument);
    }
  }

  bool Vector(uint32_t position, uint32_t element_bytes, uint32_t behind) {
    if (!Reach(position, 4)) return false;
    const uint64_t count = Read<uint32_t>(position);
    return Reach(position, 4 + count * element_bytes + behind);
  }

  bool Tables(uint32_t position, uint8_t table) {
    if (!Vector(position, 4, 0)) return false;
    for (uint32_t left = Read<uint32_t>(position); left != 0; --left) {
      position += 4;
      if (!Table(Target(position), table)) return false;
    }
    return true;
  }

  uint32_t OffsetOf(uint32_t vtable, uint32_t place) const {
    return place < Read<uint16_t>(vtable) ? Read<uint16_t>(vtable + place) : 0;
  }

  const uint8_t* model_;
  uint32_t end_ = 0;
  uint32_t tables_ = 0;
};

}  // namespace

size_t ModelExtent(const uint8_t* model) {
  if (std::memcmp(model + kIdentifierBegin, schema::ModelIdentifier(), 4) != 0) return 0;
  Extent extent(model);
  return extent.Follow() ? extent.end() : 0;
}

}  // namespace earshot::tflm
