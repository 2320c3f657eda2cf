// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/console/progress.h"

#include <fmt/format.h>

#include <unistd.h>

#include <string_view>

#include "earshot/host/console/standard_output.h"

namespace earshot::host {
namespace {

constexpr size_t kBarWidth = 30;
constexpr char kWipeLine[] = "\r\033[K";

void Draw(std::string_view text) {
  // Nobody can be told if this fails.
  [[maybe_unused]] const ssize_t size = write(StandardErrorFile(), text.data(), text.size());
}

}  // namespace

std::string Progress::Bar(size_t done, size_t total) {
  const size_t filled = done * kBarWidth / total;
  return fmt::format("[{}{}] {:3} %  {} of {}", std::string(filled, '#'),
                     std::string(kBarWidth - filled, ' '), done * 100 / total, done, total);
}

void Progress::Update(size_t done) {
  if (!visible_ || total_ == 0) return;
  // A terminal is slow: a thousandth more is soon enough.
  if (!drawn_.empty() && done != total_ && done % (total_ / 1000 + 1) != 0) return;
  const std::string bar = label_ + Bar(done, total_);
  if (bar == drawn_) return;
  Draw(kWipeLine + bar);
  drawn_ = bar;
}

void Progress::Clear() {
  if (drawn_.empty()) return;
  Draw(kWipeLine);
  drawn_.clear();
}

}  // namespace earshot::host
