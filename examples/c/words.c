/* SPDX-FileCopyrightText: The Earshot authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* Hears words.
 *
 *   earshot pack okay_nabu.json --out okay_nabu.slot
 *   arecord -q -f S16_LE -r 16000 -t raw | words okay_nabu.slot
 */
#include <stdio.h>

#include "files.h"

#define MOST_LABELS 64

int main(int argc, char** argv) {
  static const char* labels[MOST_LABELS];
  static int16_t samples[512];
  earshot_config config = {0};
  earshot_model model = {0};
  earshot_result heard = {0};
  earshot_spotter* spotter;
  earshot_status status;
  size_t slot_bytes, bytes = 0, count;
  void* memory = NULL;
  void* slot;

  if (argc != 2) {
    fprintf(stderr, "usage: words SLOT < RAW_16_KHZ_SAMPLES\n");
    return 2;
  }
  slot = read_file(argv[1], &slot_bytes);
  config.struct_bytes = sizeof(config);
  model.struct_bytes = sizeof(model);
  heard.struct_bytes = sizeof(heard);
  model.kernels = earshot_all_kernels();
  check(earshot_open_slot(slot, slot_bytes, labels, MOST_LABELS, &config, &model), argv[1]);

  /* Finding out how much memory is needed takes memory, too. */
  status = earshot_spotter_bytes(&model, NULL, 0, &bytes);
  while (status.code == EARSHOT_ARENA_TOO_SMALL) {
    release(memory);
    memory = allocate(bytes);
    status = earshot_spotter_bytes(&model, memory, bytes, &bytes);
  }
  check(status, argv[1]);
  check(earshot_spotter_create(&model, memory, bytes, &spotter), argv[1]);

  while ((count = read_samples(samples, sizeof(samples) / sizeof(samples[0]))) > 0) {
    const int16_t* next = samples;
    while (count > 0) {
      check(earshot_spotter_feed(spotter, next, count, &heard), "feed");
      if (heard.detection != NULL) {
        printf("%s %ld ms score %d\n", heard.detection->label, (long)heard.detection->time_ms,
               (int)heard.detection->score);
        fflush(stdout);
      }
      next += heard.consumed;
      count -= heard.consumed;
    }
  }
  release(memory);
  release(slot);
  return 0;
}
