/* SPDX-FileCopyrightText: The Earshot authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* Earshot for C, part by part: features of sound, and models of any kind. What earshot/earshot.h
 * says about memory, threads, versions and statuses holds here, too.
 *
 *   earshot_model model = {0};        // Of it only struct_bytes, bytes, size and kernels count.
 *   earshot_interpreter* interpreter;
 *   status = earshot_interpreter_create(&model, memory, size, &interpreter);
 *   earshot_tensor input = {0}, output = {0};
 *   input.struct_bytes = output.struct_bytes = sizeof(earshot_tensor);
 *   earshot_interpreter_input(interpreter, 0, &input);
 *   memcpy(input.data, values, input.bytes);
 *   status = earshot_interpreter_invoke(interpreter);
 *   earshot_interpreter_output(interpreter, 0, &output);
 */
#ifndef EARSHOT_EARSHOT_PARTS_H_
#define EARSHOT_EARSHOT_PARTS_H_

#include "earshot/earshot.h"

/* NOLINTBEGIN(readability-identifier-naming) */

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Features: what the standard front end makes of sound ------------------------------------ */

#define EARSHOT_FEATURE_CHANNELS 40

/* Frames of 30 ms of 16 kHz samples; lives in the memory given to earshot_features_create(). */
typedef struct earshot_features earshot_features;

/* How much memory earshot_features_create() needs. */
EARSHOT_API size_t earshot_features_bytes(void);

/* Makes one in `memory`, which begins at a multiple of EARSHOT_ALIGNMENT and stays with the caller.
 * `stride_ms`: from one frame to the next, 1 to 30. After an error `*features` is null.
 * EARSHOT_INVALID_ARGUMENT: a null pointer, memory not aligned, another stride.
 * EARSHOT_ARENA_TOO_SMALL: fewer than earshot_features_bytes(). */
EARSHOT_API earshot_status earshot_features_create(int32_t stride_ms, void* memory, size_t size,
                                                   earshot_features** features);

/* Hears samples up to what completes one frame, and says in `*consumed` how many: call it with the
 * rest until all is consumed. `*frame`: EARSHOT_FEATURE_CHANNELS numbers, valid until the next
 * call; null: no frame is complete yet. */
EARSHOT_API earshot_status earshot_features_feed(earshot_features* features, const int16_t* samples,
                                                 size_t count, size_t* consumed,
                                                 const uint16_t** frame);

/* Forgets all samples and the estimate of the noise. */
EARSHOT_API void earshot_features_reset(earshot_features* features);

/* ---- Interpreter: a model of any kind ----------------------------------------------------------
 */

typedef struct earshot_interpreter earshot_interpreter;

/* As earshot_spotter_bytes() and earshot_spotter_create(), for a model that need not be one of
 * words. Of `*model` struct_bytes, bytes, size, kernels and placed_first count, and the file's
 * bytes have to stay; the struct need not. */
EARSHOT_API earshot_status earshot_interpreter_bytes(const earshot_model* model, void* lent,
                                                     size_t lent_size, size_t* bytes);
EARSHOT_API earshot_status earshot_interpreter_create(const earshot_model* model, void* memory,
                                                      size_t size,
                                                      earshot_interpreter** interpreter);

/* One input or output of a model. What it points to stays the interpreter's. */
typedef struct earshot_tensor {
  uint32_t struct_bytes; /* sizeof(earshot_tensor). */
  int32_t type;          /* As the format numbers types: 0 float32, 1 float16, 2 int32, 3 uint8,
                            4 int64, 6 bool, 7 int16, 9 int8, ... */
  void* data;
  size_t bytes;
  const int32_t* dims; /* `rank` extents. */
  int32_t rank;
  float scale; /* A real value is scale * (number - zero_point); 0: not quantized, or one scale for
                  each channel. */
  const char* name;
  int32_t zero_point;
  int32_t reserved;
} earshot_tensor;

EARSHOT_API size_t earshot_interpreter_input_count(const earshot_interpreter* interpreter);
EARSHOT_API size_t earshot_interpreter_output_count(const earshot_interpreter* interpreter);

/* Fills in `*tensor`. What lies in an input before earshot_interpreter_invoke() is what the model
 * takes, afterwards it is undefined; outputs are valid until an input is written to or the next
 * invoke. EARSHOT_INVALID_ARGUMENT: a null pointer, struct_bytes, no such tensor. */
EARSHOT_API earshot_status earshot_interpreter_input(const earshot_interpreter* interpreter,
                                                     size_t index, earshot_tensor* tensor);
EARSHOT_API earshot_status earshot_interpreter_output(const earshot_interpreter* interpreter,
                                                      size_t index, earshot_tensor* tensor);

/* Runs the model once. */
EARSHOT_API earshot_status earshot_interpreter_invoke(earshot_interpreter* interpreter);

/* As earshot_spotter_packed_bytes() and earshot_spotter_pack(). */
EARSHOT_API size_t earshot_interpreter_packed_bytes(const earshot_interpreter* interpreter);
EARSHOT_API earshot_status earshot_interpreter_pack(earshot_interpreter* interpreter, void* memory,
                                                    size_t size);

/* What a model remembers from one invoke to the next is as at the start. */
EARSHOT_API void earshot_interpreter_reset(earshot_interpreter* interpreter);

/* Called before and after each operator; either may be null. `op_index`: among the operators of the
 * model's main part. */
typedef struct earshot_profiler {
  uint32_t struct_bytes; /* sizeof(earshot_profiler). */
  uint32_t reserved;
  void (*begin)(void* user, size_t op_index);
  void (*end)(void* user, size_t op_index);
  void* user;
} earshot_profiler;

/* `*profiler` is copied; null: no more. EARSHOT_INVALID_ARGUMENT: struct_bytes. */
EARSHOT_API earshot_status earshot_interpreter_set_profiler(earshot_interpreter* interpreter,
                                                            const earshot_profiler* profiler);

/* The name of an operator as the format has it, "CONV_2D"; of a custom one, its own. Empty: there
 * is none. */
EARSHOT_API const char* earshot_interpreter_operator(const earshot_interpreter* interpreter,
                                                     size_t op_index);

#ifdef __cplusplus
}
#endif

/* NOLINTEND(readability-identifier-naming) */

#endif /* EARSHOT_EARSHOT_PARTS_H_ */
