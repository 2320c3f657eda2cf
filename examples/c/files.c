/* SPDX-FileCopyrightText: The Earshot authors */
/* SPDX-License-Identifier: Apache-2.0 */

#include "files.h"

#include <stdio.h>
#include <stdlib.h>

void* allocate(size_t size) {
  uint8_t* block = malloc(size + EARSHOT_ALIGNMENT);
  if (block == NULL) {
    fprintf(stderr, "no memory: %lu bytes\n", (unsigned long)size);
    exit(1);
  }
  /* How far the memory lies behind the block stands in the byte before it. */
  const size_t offset = EARSHOT_ALIGNMENT - (uintptr_t)block % EARSHOT_ALIGNMENT;
  block[offset - 1] = (uint8_t)offset;
  return block + offset;
}

void release(void* memory) {
  uint8_t* begin = memory;
  if (begin != NULL) free(begin - begin[-1]);
}

void* read_file(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  long end = -1;
  void* bytes = NULL;
  if (file != NULL && fseek(file, 0, SEEK_END) == 0) end = ftell(file);
  if (end >= 0 && fseek(file, 0, SEEK_SET) == 0) {
    bytes = allocate((size_t)end);
    if (fread(bytes, 1, (size_t)end, file) != (size_t)end) end = -1;
  }
  if (file != NULL) fclose(file);
  if (end < 0) {
    fprintf(stderr, "%s: cannot be read\n", path);
    exit(1);
  }
  *size = (size_t)end;
  return bytes;
}

size_t read_samples(int16_t* samples, size_t most) {
  return fread(samples, sizeof(int16_t), most, stdin);
}

void check(earshot_status status, const char* what) {
  char text[EARSHOT_STATUS_TEXT_BYTES];
  if (status.code == EARSHOT_OK) return;
  fprintf(stderr, "%s: %s\n", what, earshot_status_text(&status, text, sizeof(text)));
  exit(1);
}
