// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/json_object.h"

#include <fmt/format.h>

#include <utility>

namespace earshot {
namespace {

using nlohmann::json;

// A value for an error message: short, in ASCII, and never a whole tree.
std::string Describe(const json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "an array";
  constexpr size_t kLongest = 60;
  const std::string text = value.dump(-1, ' ', /*ensure_ascii=*/true);
  return text.size() <= kLongest ? text : text.substr(0, kLongest) + "...";
}

const json& EmptyObject() {
  static const json empty = json::object();
  return empty;
}

}  // namespace

JsonObject::JsonObject(const json& value, std::string origin, std::string path)
    : value_(value), origin_(std::move(origin)), path_(std::move(path)) {
  if (!value.is_object()) throw ManifestError(origin_, path_, Describe(value), "an object");
}

std::string JsonObject::Text(const std::string& key, const std::optional<std::string>& fallback) {
  const std::string wanted = "a text";
  const json* value = Find(key, fallback.has_value(), wanted);
  if (value == nullptr) return *fallback;
  if (!value->is_string()) throw Error(key, wanted);
  return value->get<std::string>();
}

int32_t JsonObject::Integer(const std::string& key, Range<int32_t> range,
                            std::optional<int32_t> fallback) {
  const std::string wanted =
      range.lowest == range.highest
          ? fmt::format("{}", range.lowest)
          : fmt::format("an integer from {} to {}", range.lowest, range.highest);
  const json* value = Find(key, fallback.has_value(), wanted);
  if (value == nullptr) return *fallback;
  if (!value->is_number_integer()) throw Error(key, wanted);
  // Every int32_t is a double, and a number too large for any integer type stays too large.
  const auto number = value->get<double>();
  if (number < range.lowest || number > range.highest) throw Error(key, wanted);
  return static_cast<int32_t>(number);
}

double JsonObject::Number(const std::string& key, Range<double> range,
                          std::optional<double> fallback) {
  const std::string wanted = fmt::format("a number from {} to {}", range.lowest, range.highest);
  const json* value = Find(key, fallback.has_value(), wanted);
  if (value == nullptr) return *fallback;
  if (!value->is_number()) throw Error(key, wanted);
  const auto number = value->get<double>();
  if (number < range.lowest || number > range.highest) throw Error(key, wanted);
  return number;
}

bool JsonObject::Flag(const std::string& key, std::optional<bool> fallback) {
  const std::string wanted = "true or false";
  const json* value = Find(key, fallback.has_value(), wanted);
  if (value == nullptr) return *fallback;
  if (!value->is_boolean()) throw Error(key, wanted);
  return value->get<bool>();
}

std::vector<std::string> JsonObject::Texts(
    const std::string& key, const std::optional<std::vector<std::string>>& fallback) {
  const std::string wanted = "a list of texts";
  const json* value = Find(key, fallback.has_value(), wanted);
  if (value == nullptr) return *fallback;
  if (!value->is_array()) throw Error(key, wanted);
  std::vector<std::string> texts;
  for (const json& element : *value) {
    if (!element.is_string()) {
      throw ManifestError(origin_, fmt::format("{}[{}]", PathOf(key), texts.size()),
                          Describe(element), "a text");
    }
    texts.push_back(element.get<std::string>());
  }
  return texts;
}

JsonObject JsonObject::Object(const std::string& key) {
  const json* value = Find(key, /*optional=*/true, "an object");
  return JsonObject(value == nullptr ? EmptyObject() : *value, origin_, PathOf(key));
}

std::vector<JsonObject> JsonObject::Objects(const std::string& key) {
  const std::string wanted = "a list of objects";
  const json* value = Find(key, /*optional=*/true, wanted);
  std::vector<JsonObject> objects;
  if (value == nullptr) return objects;
  if (!value->is_array()) throw Error(key, wanted);
  for (const json& element : *value) {
    objects.emplace_back(element, origin_, fmt::format("{}[{}]", PathOf(key), objects.size()));
  }
  return objects;
}

void JsonObject::RejectOtherKeys() const {
  for (const auto& item : value_.items()) {
    if (known_keys_.count(item.key()) != 0) continue;
    throw ManifestError(origin_, PathOf(item.key()), "an unknown key",
                        fmt::format("one of {}", fmt::join(known_keys_, ", ")));
  }
}

ManifestError JsonObject::Error(const std::string& key, const std::string& wanted) const {
  const std::string found = has(key) ? Describe(value_.at(key)) : "nothing";
  return ManifestError(origin_, PathOf(key), found, wanted);
}

const json* JsonObject::Find(const std::string& key, bool optional, const std::string& wanted) {
  known_keys_.insert(key);
  const auto found = value_.find(key);
  if (found != value_.end()) return &*found;
  if (optional) return nullptr;
  throw Error(key, wanted);
}

std::string JsonObject::PathOf(const std::string& key) const {
  return path_.empty() ? key : path_ + "." + key;
}

}  // namespace earshot
