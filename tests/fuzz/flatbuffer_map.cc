// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/flatbuffer_map.h"

#include <cstddef>
#include <cstring>
#include <set>
#include <utility>

#include "earshot/runtime/schema/model_fields.h"

namespace earshot::test {
namespace {

namespace fields = schema::fields;

constexpr size_t kMostPlaces = 20000;
constexpr int kMostDepth = 8;
// Of tables instead of fields, in FilePlace::what.
constexpr uint16_t kTableBit = 0x8000;

class Map {
 public:
  explicit Map(Span<const uint8_t> bytes) : bytes_(bytes) {}

  void AddRoot() {
    size_t target = 0;
    if (Follow(0, &target)) AddTable(target, fields::kModel, 0);
  }

  std::vector<FilePlace> Take() { return std::move(places_); }

 private:
  bool Contains(size_t at, size_t count) const {
    return at <= bytes_.size() && count <= bytes_.size() - at;
  }
  uint32_t Word(size_t at) const {
    uint32_t word = 0;
    std::memcpy(&word, bytes_.data() + at, sizeof(word));
    return word;
  }
  uint16_t HalfWord(size_t at) const {
    uint16_t word = 0;
    std::memcpy(&word, bytes_.data() + at, sizeof(word));
    return word;
  }
  bool Follow(size_t at, size_t* target) const {
    if (!Contains(at, 4)) return false;
    *target = at + Word(at);
    return *target != at && Contains(*target, 4);
  }
  void Add(FilePlace::Kind kind, uint32_t element_bytes, uint32_t what, size_t at,
           uint32_t count = 0) {
    if (places_.size() >= kMostPlaces) return;
    places_.push_back({kind, static_cast<uint8_t>(element_bytes), static_cast<uint16_t>(what),
                       static_cast<uint32_t>(at), count});
  }

  void AddTable(size_t at, uint8_t table, int depth);
  void AddScalars(size_t at, size_t vtable, const fields::Field& field);
  void AddField(size_t at, size_t vtable, const fields::Field& field, int depth);
  void AddReference(size_t at, uint8_t table, int depth);
  // Where a table has a field; 0: it has not.
  size_t FieldAt(size_t at, size_t vtable, size_t place) const {
    if (place + 2 > HalfWord(vtable) || !Contains(vtable + place, 2)) return 0;
    const size_t offset = HalfWord(vtable + place);
    return offset == 0 ? 0 : at + offset;
  }
  static uint32_t What(const fields::Field& field, uint32_t place) {
    return uint32_t{field.table} << 7 ^ place;
  }

  Span<const uint8_t> bytes_;
  std::vector<FilePlace> places_;
  std::set<std::pair<size_t, uint8_t>> seen_;
};

void Map::AddTable(size_t at, uint8_t table, int depth) {
  if (depth > kMostDepth || !Contains(at, 4) || !seen_.insert({at, table}).second) return;
  // In 32 bits, for it may lie behind the table.
  const size_t vtable = static_cast<uint32_t>(at) - Word(at);
  if (!Contains(vtable, 4)) return;
  for (const fields::Field& field : fields::kFields) {
    if (field.table == table) AddField(at, vtable, field, depth);
  }
}

void Map::AddScalars(size_t at, size_t vtable, const fields::Field& field) {
  uint32_t place = field.place;
  for (uint32_t sizes = field.argument; sizes != 1; sizes >>= 1, place += 2) {
    const uint32_t bytes = (sizes & 1) != 0 ? 1 : 4;
    const size_t where = FieldAt(at, vtable, place);
    if (where == 0 || !Contains(where, bytes)) continue;
    Add(FilePlace::kVtableEntry, 2, What(field, place), vtable + place);
    Add(FilePlace::kScalar, bytes, What(field, place), where);
  }
}

void Map::AddReference(size_t at, uint8_t table, int depth) {
  size_t target = 0;
  if (!Follow(at, &target)) return;
  Add(FilePlace::kReference, 4, kTableBit | table, at);
  AddTable(target, table, depth + 1);
}

void Map::AddField(size_t at, size_t vtable, const fields::Field& field, int depth) {
  if (field.kind == fields::kScalars) return AddScalars(at, vtable, field);
  const size_t where = FieldAt(at, vtable, field.place);
  size_t target = 0;
  if (where == 0 || field.kind == fields::kStruct || !Follow(where, &target)) return;
  Add(FilePlace::kVtableEntry, 2, What(field, field.place), vtable + field.place);
  const uint32_t count = Word(target);
  const bool is_string = field.kind == fields::kString;
  if (field.kind == fields::kVector || is_string) {
    const uint32_t unit = is_string ? 1 : field.argument;
    if (!Contains(target + 4, size_t{count} * unit)) return;
    Add(FilePlace::kVectorReference, unit, What(field, field.place), where);
    Add(unit == 1 ? FilePlace::kContent : FilePlace::kVector, unit, What(field, field.place),
        target, count);
  } else if (field.kind == fields::kTables) {
    // The vector as one of numbers: its offsets, and how many there are.
    if (!Contains(target + 4, size_t{count} * 4)) return;
    Add(FilePlace::kVector, 0, What(field, field.place), target, count);
    for (uint32_t i = 0; i < count && places_.size() < kMostPlaces; ++i) {
      AddReference(target + 4 + size_t{4} * i, field.argument, depth);
    }
  } else if (field.kind == fields::kOptions) {
    const size_t type_at = FieldAt(at, vtable, field.argument);
    const uint8_t type = type_at == 0 || !Contains(type_at, 1) ? 0 : bytes_[type_at];
    AddReference(where, type < fields::kFirstOwnTable ? type : uint8_t{fields::kIgnored}, depth);
  } else {
    AddReference(where, field.argument, depth);
  }
}

}  // namespace

std::vector<FilePlace> PlacesOf(Span<const uint8_t> bytes) {
  Map map(bytes);
  map.AddRoot();
  return map.Take();
}

}  // namespace earshot::test
