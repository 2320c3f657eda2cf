// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Progress: a bar on standard error while something takes its time.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

namespace earshot::host {

// Draws nothing unless `visible`; `label` stands before the bar. Redrawn only when it looks
// different, and wiped out at the end.
class Progress {
 public:
  Progress(size_t total, bool visible, std::string label = "")
      : total_(total), visible_(visible), label_(std::move(label)) {}
  ~Progress() { Clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `done` of `total` are finished.
  void Update(size_t done);

  // Removes the bar so that a line can be written; the next Update() brings it back.
  void Clear();

  // The bar as text, e.g. "[##########          ] 50 %  20 of 40". Precondition: total > 0.
  static std::string Bar(size_t done, size_t total);

 private:
  size_t total_;
  bool visible_;
  std::string label_;
  std::string drawn_;
};

}  // namespace earshot::host
