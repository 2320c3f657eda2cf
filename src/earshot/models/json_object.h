// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// JsonObject: one object of a manifest, read key by key, with errors that name file and key.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "earshot/models/manifest.h"

namespace earshot {

// Both ends are allowed.
template <typename T>
struct Range {
  T lowest;
  T highest;
};

class JsonObject {
 public:
  // `path` is the object's own key, as in "earshot.recognizer"; empty for the whole file. `value`
  // outlives this. Throws ManifestError unless it is an object.
  JsonObject(const nlohmann::json& value, std::string origin, std::string path);

  const std::string& path() const { return path_; }
  bool has(const std::string& key) const { return value_.contains(key); }
  // Whether somebody has asked for a key, there or not.
  bool has_read(const std::string& key) const { return known_keys_.count(key) != 0; }
  bool is_text(const std::string& key) const { return has(key) && value_.at(key).is_string(); }

  // The value of a key, or `fallback` where it is missing. Throws ManifestError where it is missing
  // without a fallback, of another type, or out of range.
  std::string Text(const std::string& key, const std::optional<std::string>& fallback = {});
  int32_t Integer(const std::string& key, Range<int32_t> range,
                  std::optional<int32_t> fallback = {});
  double Number(const std::string& key, Range<double> range, std::optional<double> fallback = {});
  bool Flag(const std::string& key, std::optional<bool> fallback = {});
  std::vector<std::string> Texts(const std::string& key,
                                 const std::optional<std::vector<std::string>>& fallback = {});

  // The object under a key. A missing one is empty: whether that is an error, its keys tell.
  JsonObject Object(const std::string& key);
  // The objects of a list under a key, which are called as in "earshot.features[0]". A missing one
  // is empty.
  std::vector<JsonObject> Objects(const std::string& key);

  // Throws ManifestError for the first key that nobody has asked for.
  void RejectOtherKeys() const;

  // The error about a key's value, for rules that only the caller knows.
  ManifestError Error(const std::string& key, const std::string& wanted) const;

 private:
  // Null: not there, and `optional`.
  const nlohmann::json* Find(const std::string& key, bool optional, const std::string& wanted);
  std::string PathOf(const std::string& key) const;

  const nlohmann::json& value_;
  std::string origin_;
  std::string path_;
  std::set<std::string> known_keys_;
};

}  // namespace earshot
