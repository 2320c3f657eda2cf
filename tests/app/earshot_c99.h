/* SPDX-FileCopyrightText: The Earshot authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* What earshot_c99.c offers to the test. */
#ifndef EARSHOT_TESTS_APP_EARSHOT_C99_H_
#define EARSHOT_TESTS_APP_EARSHOT_C99_H_

#include "earshot/earshot.h"

#ifdef __cplusplus
extern "C" {
#endif

size_t c99_spotter_bytes(const earshot_model* model, void* pool, size_t pool_size);

/* A model out of a packed slot, and all that it points to but the slot. */
/* NOLINTNEXTLINE(readability-identifier-naming): as in earshot.h. */
typedef struct c99_slot_model {
  const char* labels[4];
  earshot_config config;
  earshot_model model;
} c99_slot_model;

earshot_status c99_open_slot(const void* slot, size_t size, c99_slot_model* opened);

earshot_status c99_feed(earshot_spotter* spotter, const int16_t* samples, size_t count,
                        void (*heard)(void* user, const earshot_result* result), void* user);

#ifdef __cplusplus
}
#endif

#endif /* EARSHOT_TESTS_APP_EARSHOT_C99_H_ */
