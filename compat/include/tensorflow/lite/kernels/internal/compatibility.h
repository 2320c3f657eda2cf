// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TensorFlow Lite's assertions: DCHECK while developing, CHECK always. What fails ends the program.
#pragma once

#include <cassert>
#include <cstdint>
#include <cstdlib>

#define TFLITE_CHECK(condition) ((condition) ? (void)0 : std::abort())
#ifndef NDEBUG
#define TFLITE_DCHECK(condition) assert(condition)
#define TFLITE_ASSERT_FALSE assert(false)
#else
#define TFLITE_DCHECK(condition) ((condition) ? (void)0 : (void)0)
#define TFLITE_ASSERT_FALSE ((void)0)
#endif
#define TFLITE_DCHECK_EQ(x, y) TFLITE_DCHECK((x) == (y))
#define TFLITE_DCHECK_NE(x, y) TFLITE_DCHECK((x) != (y))
#define TFLITE_DCHECK_GE(x, y) TFLITE_DCHECK((x) >= (y))
#define TFLITE_DCHECK_GT(x, y) TFLITE_DCHECK((x) > (y))
#define TFLITE_DCHECK_LE(x, y) TFLITE_DCHECK((x) <= (y))
#define TFLITE_DCHECK_LT(x, y) TFLITE_DCHECK((x) < (y))
#define TFLITE_CHECK_EQ(x, y) TFLITE_CHECK((x) == (y))
#define TFLITE_CHECK_NE(x, y) TFLITE_CHECK((x) != (y))
#define TFLITE_CHECK_GE(x, y) TFLITE_CHECK((x) >= (y))
#define TFLITE_CHECK_GT(x, y) TFLITE_CHECK((x) > (y))
#define TFLITE_CHECK_LE(x, y) TFLITE_CHECK((x) <= (y))
#define TFLITE_CHECK_LT(x, y) TFLITE_CHECK((x) < (y))
#define TFLITE_ABORT std::abort()
