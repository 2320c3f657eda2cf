/* SPDX-FileCopyrightText: The Earshot authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* Hears the words of several models while somebody speaks, in little more memory than one takes.
 *
 *   arecord -q -f S16_LE -r 16000 -t raw | several vad.slot okay_nabu.slot hey_jarvis.slot
 */
#include <stdio.h>

#include "files.h"

#define MOST_LABELS 64

int main(int argc, char** argv) {
  static const char* labels[EARSHOT_MOST_MODELS][MOST_LABELS];
  static earshot_config configs[EARSHOT_MOST_MODELS];
  static earshot_model models[EARSHOT_MOST_MODELS];
  static const earshot_model* pointers[EARSHOT_MOST_MODELS];
  static void* slots[EARSHOT_MOST_MODELS];
  static int16_t samples[512];
  const size_t model_count = (size_t)argc - 1;
  earshot_result heard = {0};
  earshot_group* group;
  earshot_status status;
  size_t i, count, bytes = 0, model = 0;
  void* memory = NULL;

  if (argc < 3 || model_count > EARSHOT_MOST_MODELS) {
    fprintf(stderr, "usage: several VOICE_SLOT SLOT... < RAW_16_KHZ_SAMPLES\n");
    return 2;
  }
  heard.struct_bytes = sizeof(heard);
  for (i = 0; i < model_count; ++i) {
    size_t slot_bytes;
    void* const slot = slots[i] = read_file(argv[i + 1], &slot_bytes);
    configs[i].struct_bytes = sizeof(configs[i]);
    models[i].struct_bytes = sizeof(models[i]);
    models[i].kernels = earshot_all_kernels();
    pointers[i] = &models[i];
    check(earshot_open_slot(slot, slot_bytes, labels[i], MOST_LABELS, &configs[i], &models[i]),
          argv[i + 1]);
  }

  status = earshot_group_bytes(pointers, model_count, 1, NULL, 0, &bytes);
  while (status.code == EARSHOT_ARENA_TOO_SMALL) {
    release(memory);
    memory = allocate(bytes);
    status = earshot_group_bytes(pointers, model_count, 1, memory, bytes, &bytes);
  }
  check(status, "models");
  check(earshot_group_create(pointers, model_count, 1, memory, bytes, &group), "models");

  while ((count = read_samples(samples, sizeof(samples) / sizeof(samples[0]))) > 0) {
    const int16_t* next = samples;
    do {
      check(earshot_group_feed(group, next, count, &heard, &model), "feed");
      if (model != 0 && heard.detection != NULL) {
        printf("%s %ld ms score %d\n", heard.detection->label, (long)heard.detection->time_ms,
               (int)heard.detection->score);
        fflush(stdout);
      }
      next += heard.consumed;
      count -= heard.consumed;
    } while (count > 0 || heard.scores != NULL);
  }
  release(memory);
  for (i = 0; i < model_count; ++i) release(slots[i]);
  return 0;
}
