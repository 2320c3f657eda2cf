// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The byte-order mark that some programs write at the beginning of text in UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace earshot::host {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Takes it away from the beginning, where it is there.
inline void DropByteOrderMark(std::string* text) {
  if (text->compare(0, kByteOrderMark.size(), kByteOrderMark) == 0) {
    text->erase(0, kByteOrderMark.size());
  }
}

}  // namespace earshot::host
