// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Tensors, nodes and the context of TensorFlow Lite's C interface, as far as an application or an
// operator of TensorFlow Lite Micro gets to see them. C and C++.
//
// Numbers and names of members are those of the interface; members that nothing sets are not here,
// so what uses one does not compile. The structs are not laid out as a binary of TensorFlow Lite
// has them: all that uses this header is compiled with it.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tensorflow/lite/core/c/c_api_types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define kTfLiteOptionalTensor (-1)

// A count and that many numbers. Mostly a vector of the model file itself, which looks the same: it
// lies in read-only memory then, although the interface has no const.
typedef struct TfLiteIntArray {
  int size;
  int data[];
} TfLiteIntArray;

typedef struct TfLiteFloatArray {
  int size;
  float data[];
} TfLiteFloatArray;

// 1 if both have the same numbers, else 0.
int TfLiteIntArrayEqual(const TfLiteIntArray* a, const TfLiteIntArray* b);

typedef struct TfLiteFloat16 {
  uint16_t data;
} TfLiteFloat16;

// A tensor's contents, by type.
typedef union TfLitePtrUnion {
  int32_t* i32;
  uint32_t* u32;
  int64_t* i64;
  uint64_t* u64;
  float* f;
  TfLiteFloat16* f16;
  double* f64;
  char* raw;
  const char* raw_const;
  uint8_t* uint8;
  bool* b;
  int16_t* i16;
  uint16_t* ui16;
  int8_t* int8;
  void* data;
} TfLitePtrUnion;

typedef enum TfLiteAllocationType {
  kTfLiteMemNone = 0,
  kTfLiteMmapRo,   // A constant, in the model.
  kTfLiteArenaRw,  // In the arena, shared with others that live at other times.
  kTfLiteArenaRwPersistent,
  kTfLiteDynamic,
  kTfLitePersistentRo,
  kTfLiteCustom,
} TfLiteAllocationType;

typedef enum TfLiteQuantizationType {
  kTfLiteNoQuantization = 0,
  kTfLiteAffineQuantization = 1,
} TfLiteQuantizationType;

typedef struct TfLiteQuantization {
  TfLiteQuantizationType type;
  void* params;  // A TfLiteAffineQuantization, where type says so.
} TfLiteQuantization;

// As many scales as there are along `quantized_dimension`, or one for all.
typedef struct TfLiteAffineQuantization {
  TfLiteFloatArray* scale;
  TfLiteIntArray* zero_point;
  int32_t quantized_dimension;
} TfLiteAffineQuantization;

typedef struct TfLiteTensor {
  TfLiteQuantization quantization;
  TfLiteQuantizationParams params;  // Of the first scale.
  TfLitePtrUnion data;
  TfLiteIntArray* dims;
  size_t bytes;
  TfLiteType type;
  TfLiteAllocationType allocation_type;
  bool is_variable;
} TfLiteTensor;

// What an operator sees of a tensor at run time.
typedef struct TfLiteEvalTensor {
  TfLitePtrUnion data;
  TfLiteIntArray* dims;
  TfLiteType type;
} TfLiteEvalTensor;

// One operator of a model. `inputs` and `outputs` are indices of tensors; -1: left out.
typedef struct TfLiteNode {
  TfLiteIntArray* inputs;
  TfLiteIntArray* outputs;
  TfLiteIntArray* intermediates;  // Always empty here.
  void* user_data;                // What init gave.
  void* builtin_data;             // Null: only custom operators come this way.
  const void* custom_initial_data;
  int custom_initial_data_size;
} TfLiteNode;

// What an operator asks for memory and tensors. Each function says in micro_context.h when it may
// be called.
typedef struct TfLiteContext {
  void* impl_;  // tflite::MicroContext
  void (*ReportError)(struct TfLiteContext* context, const char* format, ...);
  void* (*AllocatePersistentBuffer)(struct TfLiteContext* context, size_t bytes);
  TfLiteStatus (*RequestScratchBufferInArena)(struct TfLiteContext* context, size_t bytes,
                                              int* buffer_index);
  void* (*GetScratchBuffer)(struct TfLiteContext* context, int buffer_index);
  TfLiteTensor* (*GetTensor)(const struct TfLiteContext* context, int tensor_index);
  TfLiteEvalTensor* (*GetEvalTensor)(const struct TfLiteContext* context, int tensor_index);
} TfLiteContext;

// E.g. "INT8".
const char* TfLiteTypeGetName(TfLiteType type);

#ifdef __cplusplus
}
#endif

// Checks of operators: each tells of what is not as it must be, and returns kTfLiteError.
#ifndef TF_LITE_STRIP_ERROR_STRINGS
#define TF_LITE_KERNEL_LOG(context, ...)            \
  do {                                              \
    (context)->ReportError((context), __VA_ARGS__); \
  } while (false)
#define TF_LITE_MAYBE_KERNEL_LOG(context, ...)                         \
  do {                                                                 \
    if ((context) != NULL) TF_LITE_KERNEL_LOG((context), __VA_ARGS__); \
  } while (false)
#else
#define TF_LITE_KERNEL_LOG(context, ...) ((void)(context))
#define TF_LITE_MAYBE_KERNEL_LOG(context, ...) ((void)(context))
#endif

#define TF_LITE_ENSURE_MSG(context, value, ...)   \
  do {                                            \
    if (!(value)) {                               \
      TF_LITE_KERNEL_LOG((context), __VA_ARGS__); \
      return kTfLiteError;                        \
    }                                             \
  } while (false)

#define TF_LITE_ENSURE(context, a) \
  TF_LITE_ENSURE_MSG(context, a, "%s:%d: %s: not true", __FILE__, __LINE__, #a)

#define TF_LITE_ENSURE_STATUS(a)                \
  do {                                          \
    const TfLiteStatus s_status = (a);          \
    if (s_status != kTfLiteOk) return s_status; \
  } while (false)

#define TF_LITE_ENSURE_OK(context, status) TF_LITE_ENSURE_STATUS(status)

// The numbers are told as int.
#define TF_LITE_ENSURE_EQ(context, a, b)                                                        \
  TF_LITE_ENSURE_MSG(context, (a) == (b), "%s:%d: %s != %s (%d != %d)", __FILE__, __LINE__, #a, \
                     #b, (int)(a), (int)(b))

#define TF_LITE_ENSURE_TYPES_EQ(context, a, b)                                                  \
  TF_LITE_ENSURE_MSG(context, (a) == (b), "%s:%d: %s != %s (%s != %s)", __FILE__, __LINE__, #a, \
                     #b, TfLiteTypeGetName(a), TfLiteTypeGetName(b))

#define TF_LITE_ENSURE_NEAR(context, a, b, epsilon)                                               \
  TF_LITE_ENSURE_MSG(context, ((a) > (b) ? (a) - (b) : (b) - (a)) <= (epsilon),                   \
                     "%s:%d: %s not near %s (%f != %f)", __FILE__, __LINE__, #a, #b, (double)(a), \
                     (double)(b))
