/* SPDX-FileCopyrightText: The Earshot authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* What the examples have in common: files, memory, and what is said of errors. */
#ifndef EARSHOT_EXAMPLES_FILES_H_
#define EARSHOT_EXAMPLES_FILES_H_

#include <earshot/earshot.h>
#include <stddef.h>
#include <stdint.h>

/* Memory that begins at a multiple of EARSHOT_ALIGNMENT; ends the program where there is none. */
void* allocate(size_t size);
void release(void* memory); /* May be null. */

/* A whole file in such memory; ends the program where it cannot be read. */
void* read_file(const char* path, size_t* size);

/* Up to `most` samples of standard input, raw, 16 bits; 0: the end. */
size_t read_samples(int16_t* samples, size_t most);

/* Ends the program, saying why, unless the status is EARSHOT_OK. */
void check(earshot_status status, const char* what);

#endif
