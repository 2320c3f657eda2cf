// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/json_mutator.h"

#include <cstddef>
#include <iterator>
#include <random>
#include <vector>

namespace earshot::test {
namespace {

using nlohmann::json;
using Pointer = json::json_pointer;

void CollectPointers(const json& value, const Pointer& at, std::vector<Pointer>* pointers) {
  pointers->push_back(at);
  if (value.is_object()) {
    for (const auto& item : value.items()) {
      CollectPointers(item.value(), at / item.key(), pointers);
    }
  } else if (value.is_array()) {
    for (size_t i = 0; i < value.size(); ++i) CollectPointers(value[i], at / i, pointers);
  }
}

class JsonMutator {
 public:
  explicit JsonMutator(uint32_t seed) : random_(seed) {}

  void Mutate(json* document, const json& known);

 private:
  size_t Below(size_t count) { return random_() % count; }
  Pointer Draw(const json& document) {
    std::vector<Pointer> pointers;
    CollectPointers(document, Pointer(), &pointers);
    return pointers[Below(pointers.size())];
  }
  json Anything();
  json AnyNumber(const json& old);
  json AnyText(std::string text);

  std::mt19937 random_;
};

json JsonMutator::AnyNumber(const json& old) {
  constexpr double kNumbers[] = {0,    1,    -1,     2,         10,        20,      255,   256,
                                 1000, 1001, 60000,  60001,     1e6,       1e9,     1e308, -1e308,
                                 0.5,  1e-9, 1e-300, 0.0039062, 0.0039063, 0.99999, 7500,  8000};
  constexpr int64_t kIntegers[] = {0,          1,          -1,          31,        32,       128,
                                   2147483647, 2147483648, -2147483649, INT64_MAX, INT64_MIN};
  switch (Below(4)) {
    case 0:
      return kIntegers[Below(std::size(kIntegers))];
    case 1:
      return kNumbers[Below(std::size(kNumbers))];
    case 2:
      return old.is_number_integer() ? json(old.get<int64_t>() / 2) : json(3);
    default:
      if (old.is_number_integer()) {
        // Even ones do not wrap around, but the lowest of all.
        const int64_t number = old.get<int64_t>() / 2 * 2;
        return number == INT64_MIN ? number : number - 1 + static_cast<int64_t>(Below(3));
      }
      return old.is_number() ? json(old.get<double>() * 2) : json(static_cast<int>(Below(300)));
  }
}

json JsonMutator::AnyText(std::string text) {
  switch (Below(4)) {
    case 0:
      return "";
    case 1:
      return text + text;
    case 2:
      return text.insert(Below(text.size() + 1), 1, static_cast<char>(Below(128)));
    default:
      return text.substr(0, Below(text.size() + 1));
  }
}

json JsonMutator::Anything() {
  switch (Below(6)) {
    case 0:
      return nullptr;
    case 1:
      return Below(2) == 0;
    case 2:
      return json::array();
    case 3:
      return json::object();
    case 4:
      return AnyText("yes");
    default:
      return AnyNumber(json());
  }
}

void JsonMutator::Mutate(json* document, const json& known) {
  const Pointer at = Draw(*document);
  json& value = (*document)[at];
  switch (Below(8)) {
    case 0:
      value = Anything();
      break;
    case 1:
      value = json((*document)[Draw(*document)]);  // A copy, for it may be part of itself.
      break;
    case 2:
      if (!at.empty() && (*document)[at.parent_pointer()].is_object()) {
        (*document)[at.parent_pointer()].erase(at.back());
      }
      break;
    case 3:
      if (value.is_array()) {
        value.push_back(value.empty() || Below(3) == 0 ? Anything() : json(value[0]));
      }
      break;
    case 4:
    case 5: {
      const Pointer other = Draw(known);
      json whole = *document;
      try {
        whole[other] = known[other];
        *document = whole;
      } catch (const json::exception&) {
        // Something on the way there is no object.
      }
      break;
    }
    default:
      if (value.is_number()) value = AnyNumber(value);
      if (value.is_string()) value = AnyText(value.get<std::string>());
      if (value.is_boolean()) value = !value.get<bool>();
  }
}

}  // namespace

std::string MutateJson(const std::string& text, const json& known, uint32_t seed) {
  json document = json::parse(text, nullptr, false);
  if (document.is_discarded()) return "";
  JsonMutator(seed).Mutate(&document, known);
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace earshot::test
