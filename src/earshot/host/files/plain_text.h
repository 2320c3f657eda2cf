// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Text, told from samples by nothing but text at its beginning.
#pragma once

#include <cstdint>
#include <string>

#include "earshot/base/span.h"

namespace earshot::host {

// Whether it is printable ASCII, white space, colours of terminals, and UTF-8 of more bytes than
// one, the last of which may be cut. Nothing at all is no text.
bool IsUtf8Text(Span<const uint8_t> bytes);

// For people, e.g. `text that begins "<html>"`; empty: it is no text in UTF-8, UTF-16 with a
// byte-order mark, or (where few letters are not ASCII) Latin-1. Looks at no more than 512 bytes.
std::string TellText(Span<const uint8_t> beginning);

// Whether what begins with these few bytes may turn out to be text.
bool MayBeText(Span<const uint8_t> beginning);

// How many bytes of text may be before what is no text: a byte-order mark and white space, or
// headers up to the first empty line. 0: none.
size_t TextBefore(Span<const uint8_t> beginning);

}  // namespace earshot::host
