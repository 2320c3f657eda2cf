/* SPDX-FileCopyrightText: The Earshot authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* Prints the features of sound, one frame a line.
 *
 *   features 20 < RAW_16_KHZ_SAMPLES
 */
#include <earshot/earshot_parts.h>
#include <stdio.h>
#include <stdlib.h>

#include "files.h"

int main(int argc, char** argv) {
  static int16_t samples[512];
  const size_t bytes = earshot_features_bytes();
  earshot_features* features;
  void* memory;
  size_t count;

  if (argc != 2) {
    fprintf(stderr, "usage: features STRIDE_MS < RAW_16_KHZ_SAMPLES\n");
    return 2;
  }
  memory = allocate(bytes);
  check(earshot_features_create(atoi(argv[1]), memory, bytes, &features), "features");
  while ((count = read_samples(samples, sizeof(samples) / sizeof(samples[0]))) > 0) {
    const int16_t* next = samples;
    while (count > 0) {
      const uint16_t* frame;
      size_t consumed;
      int i;
      check(earshot_features_feed(features, next, count, &consumed, &frame), "features");
      for (i = 0; frame != NULL && i < EARSHOT_FEATURE_CHANNELS; ++i) {
        printf(i + 1 < EARSHOT_FEATURE_CHANNELS ? "%u " : "%u\n", (unsigned)frame[i]);
      }
      next += consumed;
      count -= consumed;
    }
  }
  release(memory);
  return 0;
}
