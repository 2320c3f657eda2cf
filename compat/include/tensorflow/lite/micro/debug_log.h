// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Where all messages go. An application has functions of these names for its own way out; otherwise
// they go to stderr on a host, and nowhere on a board, where nobody knows of a serial port.
#pragma once

#ifdef __cplusplus
#include <cstdarg>
#include <cstddef>
extern "C" {
#else
#include <stdarg.h>
#include <stddef.h>
#endif

// `format` is printf's.
void DebugLog(const char* format, va_list arguments);
int DebugVsnprintf(char* text, size_t size, const char* format, va_list arguments);

#ifdef __cplusplus
}
#endif
