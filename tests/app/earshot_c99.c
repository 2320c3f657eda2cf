/* SPDX-FileCopyrightText: The Earshot authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* The C interface as a C program uses it; compiled as C99, warnings being errors. */

#include "tests/app/earshot_c99.h"

#include <stddef.h>

/* Asks for the memory that is needed, lending as much as is asked for. */
size_t c99_spotter_bytes(const earshot_model* model, void* pool, size_t pool_size) {
  size_t bytes = 0;
  earshot_status status = earshot_spotter_bytes(model, NULL, 0, &bytes);
  while (status.code == EARSHOT_ARENA_TOO_SMALL && bytes <= pool_size) {
    status = earshot_spotter_bytes(model, pool, bytes, &bytes);
  }
  return status.code == EARSHOT_OK ? bytes : 0;
}

/* Opens a slot with at most four labels, for all kernels. */
earshot_status c99_open_slot(const void* slot, size_t size, c99_slot_model* opened) {
  const c99_slot_model empty = {0};
  *opened = empty;
  opened->config.struct_bytes = sizeof(opened->config);
  opened->model.struct_bytes = sizeof(opened->model);
  opened->model.kernels = earshot_all_kernels();
  return earshot_open_slot(slot, size, opened->labels, 4, &opened->config, &opened->model);
}

/* Feeds everything; hands each inference to `heard`. */
earshot_status c99_feed(earshot_spotter* spotter, const int16_t* samples, size_t count,
                        void (*heard)(void* user, const earshot_result* result), void* user) {
  earshot_status status = {EARSHOT_OK, 0, 0, -1, NULL, 0, 0};
  earshot_result result = {0};
  result.struct_bytes = sizeof(result);
  while (count > 0) {
    status = earshot_spotter_feed(spotter, samples, count, &result);
    if (status.code != EARSHOT_OK) break;
    if (result.scores != NULL) heard(user, &result);
    samples += result.consumed;
    count -= result.consumed;
  }
  return status;
}
