// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MicroPrintf(): a line for people, printf's way, through DebugLog() (debug_log.h).
#pragma once

#include <cstdarg>
#include <cstddef>

#if defined(__GNUC__)
#define EARSHOT_TFLM_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define EARSHOT_TFLM_PRINTF(text, first)
#endif

#ifndef TF_LITE_STRIP_ERROR_STRINGS
void MicroPrintf(const char* format, ...) EARSHOT_TFLM_PRINTF(1, 2);
void VMicroPrintf(const char* format, va_list arguments) EARSHOT_TFLM_PRINTF(1, 0);
int MicroSnprintf(char* text, size_t size, const char* format, ...) EARSHOT_TFLM_PRINTF(3, 4);
#else
// Nothing is printed, and no text is in the image.
template <typename... Arguments>
void MicroPrintf(const char* /*format*/, Arguments... /*arguments*/) {}
#endif
