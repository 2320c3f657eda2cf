/* SPDX-FileCopyrightText: The Earshot authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* Earshot for C: 16 kHz microphone samples in, detected words out. earshot/earshot_parts.h has the
 * parts of that way: features alone, models alone.
 *
 * No function allocates, prints, or keeps hidden state; all memory is the caller's. Different
 * spotters may be used from different threads at the same time, also with one model between them;
 * one spotter only from one thread at a time.
 *
 *   earshot_model model = {0};
 *   model.struct_bytes = sizeof(model);
 *   model.bytes = tflite;             // 16-byte aligned
 *   model.size = sizeof(tflite);
 *   model.labels = labels;            // "silence", "unknown", "yes", "no"
 *   model.label_count = 4;
 *   model.kernels = earshot_all_kernels();
 *
 *   earshot_result heard = {0};
 *   heard.struct_bytes = sizeof(heard);
 *
 *   // memory: earshot_spotter_bytes() of it, 16-byte aligned
 *   earshot_spotter* spotter;
 *   earshot_status status = earshot_spotter_create(&model, memory, size, &spotter);
 *   while (status.code == EARSHOT_OK && (count = read_microphone(samples)) > 0) {
 *     const int16_t* next = samples;
 *     while (count > 0) {
 *       status = earshot_spotter_feed(spotter, next, count, &heard);
 *       if (status.code != EARSHOT_OK) break;
 *       if (heard.detection != NULL) puts(heard.detection->label);
 *       next += heard.consumed;
 *       count -= heard.consumed;
 *     }
 *   }
 *
 * Programs and the shared library may be of different versions. A struct that may grow begins with
 * `struct_bytes`, its size as the program was compiled; whoever fills it in sets it. New members
 * come at the end, and 0 means there what it was like without them. An older library takes a struct
 * that is longer than its own as long as what it does not know is 0. earshot_status never grows.
 */
#ifndef EARSHOT_EARSHOT_H_
#define EARSHOT_EARSHOT_H_

#include <stddef.h>
#include <stdint.h>

/* Names are C's here: */
/* NOLINTBEGIN(readability-identifier-naming) */

#ifdef __cplusplus
extern "C" {
#endif

/* What the shared library shows; all else in it is hidden. */
#if defined(__GNUC__)
#define EARSHOT_API __attribute__((visibility("default")))
#else
#define EARSHOT_API
#endif

/* The version of this header, and as one number: 1002003 is 1.2.3. */
#define EARSHOT_VERSION_MAJOR 0
#define EARSHOT_VERSION_MINOR 1
#define EARSHOT_VERSION_PATCH 0
#define EARSHOT_VERSION \
  (EARSHOT_VERSION_MAJOR * 1000000 + EARSHOT_VERSION_MINOR * 1000 + EARSHOT_VERSION_PATCH)
/* That of the library: programs that need a function of a later one ask first. */
EARSHOT_API int32_t earshot_version(void);

/* Where the model's bytes and the spotter's memory must begin. */
#define EARSHOT_ALIGNMENT 16
/* Room for any text of earshot_status_text(). */
#define EARSHOT_STATUS_TEXT_BYTES 192

typedef enum earshot_code {
  EARSHOT_OK = 0,
  EARSHOT_INVALID_ARGUMENT = 1,    /* An argument or number is outside what is documented. */
  EARSHOT_FAILED_PRECONDITION = 2, /* Called in the wrong order. */
  EARSHOT_INVALID_MODEL = 3,       /* The model file is damaged. */
  EARSHOT_UNSUPPORTED = 4,         /* The model is valid, but nothing that Earshot runs. */
  EARSHOT_ARENA_TOO_SMALL = 5      /* found: the bytes that were given; wanted: what is needed. */
} earshot_code;

/* How every fallible function answers. */
typedef struct earshot_status {
  earshot_code code;
  int subject;      /* What `index` counts and ... */
  int unit;         /* ... what `found` and `wanted` mean: for earshot_status_text(). */
  int32_t index;    /* -1: none. */
  const char* what; /* Static text; null when code is EARSHOT_OK. Empty in builds without texts. */
  int32_t found;
  int32_t wanted;
} earshot_status;

/* Writes the status as a zero-terminated English line, cut to fit `size`, and returns `text`.
 * Without room (size 0) it returns an empty string. */
EARSHOT_API const char* earshot_status_text(const earshot_status* status, char* text, size_t size);

/* Which operators can be run: earshot_all_kernels(), or a set of one's own, which is an
 * earshot::OperatorResolver in C++. */
typedef struct earshot_kernels earshot_kernels;

/* Every operator that Earshot runs. Constant; lives as long as the program. Calling it links all
 * kernels: firmware that knows its model hands over a set of its own instead. */
EARSHOT_API const earshot_kernels* earshot_all_kernels(void);

/* Through which front end a model hears, where that is not the standard one. */
typedef struct earshot_frontend earshot_frontend;

/* MLPerf Tiny's: log filterbank energies, 16 kHz, 64 ms window, 40 channels. Constant; lives as
 * long as the program. Calling it links that front end. */
EARSHOT_API const earshot_frontend* earshot_log_mel_frontend(void);

/* When the spotter asks the model, and when it announces a word. */
typedef struct earshot_config {
  uint32_t struct_bytes;         /* sizeof(earshot_config). */
  int32_t stride_ms;             /* From one feature frame to the next. */
  int32_t strides_per_inference; /* From one inference to the next, in strides. For a model that
                                    remembers: the frames in its input. */
  int32_t average_window_ms;     /* Scores are averaged over this time. */
  int32_t suppression_ms;        /* A word is not announced again for this long. */
  int32_t minimum_count;         /* Results in the window before anything is announced. */
  uint8_t threshold;             /* Averages above threshold/256 are announced ... */
  uint8_t release_threshold;     /* ... again only after one below release_threshold/256. */
  uint32_t background_labels;    /* Bit i: label i (0 to 31) is never announced. */
  int32_t context_ms;            /* How far back an answer reaches; 0: as far as the input. */
  int32_t warm_up_ms;            /* Nothing is announced before this time of the stream. */
} earshot_config;

/* Fills in a 20 ms stride, an inference at each, and the defaults of
 * earshot/app/spotter_settings.inc. EARSHOT_INVALID_ARGUMENT: a null pointer; config->struct_bytes
 * is less than that of the first version. */
EARSHOT_API earshot_status earshot_default_config(earshot_config* config);

/* Everything about one model. It, and all that it points to, stays with the caller, who keeps it
 * unchanged while a spotter made from it is used. */
typedef struct earshot_model {
  uint32_t struct_bytes; /* sizeof(earshot_model). */
  int32_t label_count;
  const void* bytes; /* A .tflite file, beginning at a multiple of EARSHOT_ALIGNMENT. */
  size_t size;
  const char* const* labels; /* label_count zero-terminated names, in the order of the outputs. */
  const earshot_config* config; /* Null: as earshot_default_config() says. */
  const earshot_kernels* kernels;
  const uint16_t*
      placed_first; /* Null, or how the model's memory becomes smallest: as in a slot. */
  size_t placed_first_count;
  const earshot_frontend* frontend; /* Null: the standard one, 16 kHz, 30 ms window, 40 channels. */
} earshot_model;

/* Opens a model that `earshot pack` has packed, with all that is to be said about it: fills in
 * `*config` and, but for `kernels` and `frontend`, `*model`. The slot begins at a multiple of
 * EARSHOT_ALIGNMENT; `size` is that of its file, or of the region in which it lies. The model
 * points into it, and to `labels` and `config`: all stay with the caller, who keeps them as long as
 * the model.
 *
 *   const char* labels[16];
 *   earshot_config config = {0};
 *   earshot_model model = {0};
 *   config.struct_bytes = sizeof(config);
 *   model.struct_bytes = sizeof(model);
 *   model.kernels = earshot_all_kernels();
 *   status = earshot_open_slot(slot, size, labels, 16, &config, &model);
 *
 * `labels`: room for `most_labels` pointers. Where the slot has more labels, that is
 * EARSHOT_INVALID_ARGUMENT, and `wanted` is their number. So it is for a null pointer, a slot that
 * is not aligned, and structs without their size. EARSHOT_INVALID_MODEL: there is no slot, or it is
 * damaged. EARSHOT_UNSUPPORTED: it is of another version, or for another front end than
 * `model->frontend`. After an error
 * `*config` and `*model` are as they were. */
EARSHOT_API earshot_status earshot_open_slot(const void* slot, size_t size, const char** labels,
                                             int32_t most_labels, earshot_config* config,
                                             earshot_model* model);

/* The way from samples to words; lives in the memory given to earshot_spotter_create(). */
typedef struct earshot_spotter earshot_spotter;

/* How much memory earshot_spotter_create() needs for this model: `*bytes`, and not one byte less.
 *
 * Planning a model's memory takes memory as well: lend some (its contents are lost). Start with
 * null and 0, and lend `*bytes` as long as the answer is EARSHOT_ARENA_TOO_SMALL; the second or
 * third call knows. Otherwise as earshot_spotter_create(), and `*bytes` is 0. */
EARSHOT_API earshot_status earshot_spotter_bytes(const earshot_model* model, void* lent,
                                                 size_t lent_size, size_t* bytes);

/* Makes a spotter in `memory`, which begins at a multiple of EARSHOT_ALIGNMENT and stays with the
 * caller, who keeps it while the spotter is used. There is nothing to destroy: the caller just
 * stops using it. After an error `*spotter` is null.
 *
 * EARSHOT_INVALID_ARGUMENT: a null pointer, memory or model not aligned, a number outside its
 * range. EARSHOT_INVALID_MODEL, EARSHOT_UNSUPPORTED: the model file; earshot_status_text() says
 * why. EARSHOT_ARENA_TOO_SMALL: wanted: the bytes that are needed, or a lower bound where `memory`
 * is too small even for finding out. */
EARSHOT_API earshot_status earshot_spotter_create(const earshot_model* model, void* memory,
                                                  size_t size, earshot_spotter** spotter);

/* One announced word. Times are milliseconds of audio since the start. */
typedef struct earshot_detection {
  uint32_t struct_bytes; /* As the library has it: what lies beyond is not there. */
  int32_t label_index;
  const char* label; /* From the model's labels. */
  int64_t start_ms;  /* The word lies between start_ms ... */
  int64_t end_ms;    /* ... and end_ms, as well as the model can tell. */
  int64_t time_ms;   /* When it was decided. */
  int32_t score;     /* Averaged; 256 would be certain. */
  int32_t reserved;
} earshot_detection;

/* What one call of earshot_spotter_feed() brought. What it points to is valid until the next. */
typedef struct earshot_result {
  uint32_t struct_bytes; /* sizeof(earshot_result). */
  int32_t score_count;   /* As many as labels; 0: the model was not asked in this call. */
  const uint8_t* scores; /* One per label, 256 would be certain; null: there are none. */
  int64_t time_ms;       /* Where the audio of these scores ends. */
  size_t consumed;       /* Samples taken; feed the rest again. */
  const earshot_detection* detection; /* A new detection; null: there is none. */
} earshot_result;

/* Hears `count` samples, 16-bit mono at 16 kHz. Takes at most what completes one inference: call it
 * with the rest until all is consumed. `samples` may be null when count is 0.
 *
 * EARSHOT_INVALID_ARGUMENT: a null pointer; result->struct_bytes is less than that of the first
 * version, and nothing was heard. */
EARSHOT_API earshot_status earshot_spotter_feed(earshot_spotter* spotter, const int16_t* samples,
                                                size_t count, earshot_result* result);

/* The memory that earshot_spotter_pack() takes; 0: nothing is to be gained, as on devices. */
EARSHOT_API size_t earshot_spotter_packed_bytes(const earshot_spotter* spotter);

/* Lays the model's weights out in `memory` as this processor reads them fastest: the same answers
 * in less time, some 10 times less for networks of convolutions with AVX2. The memory begins at a
 * multiple of EARSHOT_ALIGNMENT and stays with the caller as long as the spotter is used. With null
 * and 0 the spotter goes without again.
 *
 * EARSHOT_INVALID_ARGUMENT: a null pointer, memory not aligned. EARSHOT_ARENA_TOO_SMALL: wanted:
 * earshot_spotter_packed_bytes(). */
EARSHOT_API earshot_status earshot_spotter_pack(earshot_spotter* spotter, void* memory,
                                                size_t size);

/* As freshly created. */
EARSHOT_API void earshot_spotter_reset(earshot_spotter* spotter);

/* Several models that hear one front end, in less memory than as many spotters. The first may be a
 * gate, as models of voice activity are: the others announce words only while it hears one of its
 * own. All strides are equal, and all models are on the standard front end. */
typedef struct earshot_group earshot_group;

#define EARSHOT_MOST_MODELS 32

/* As earshot_spotter_bytes(), which may take a few calls for each model here, and
 * earshot_spotter_create(), for `count` models. first_is_gate: not 0
 * if so. EARSHOT_INVALID_ARGUMENT, too: not 1 to EARSHOT_MOST_MODELS models, a gate that is the
 * only one, strides that differ. */
EARSHOT_API earshot_status earshot_group_bytes(const earshot_model* const* models, size_t count,
                                               int first_is_gate, void* lent, size_t lent_size,
                                               size_t* bytes);
EARSHOT_API earshot_status earshot_group_create(const earshot_model* const* models, size_t count,
                                                int first_is_gate, void* memory, size_t size,
                                                earshot_group** group);

/* As earshot_spotter_feed(), and `*model` is whose answer it is. Comes back at each answer of a
 * model: call it with the rest, which may be empty, until all is consumed and there are no scores.
 */
EARSHOT_API earshot_status earshot_group_feed(earshot_group* group, const int16_t* samples,
                                              size_t count, earshot_result* result, size_t* model);
EARSHOT_API void earshot_group_reset(earshot_group* group);

#ifdef __cplusplus
}
#endif

/* NOLINTEND(readability-identifier-naming) */

#endif /* EARSHOT_EARSHOT_H_ */
