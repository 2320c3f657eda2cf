/* SPDX-FileCopyrightText: The Earshot authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* The kernels, for C programs that use earshot/earshot.h. */
#ifndef EARSHOT_KERNELS_EARSHOT_KERNELS_H_
#define EARSHOT_KERNELS_EARSHOT_KERNELS_H_

#ifdef __cplusplus
extern "C" {
#endif

struct earshot_kernels;

/* Every operator that Earshot runs. Constant; lives as long as the program. Calling it links all
 * kernels: firmware that knows its model hands over a set of its own instead. */
const struct earshot_kernels* earshot_all_kernels(void);

#ifdef __cplusplus
}
#endif

#endif /* EARSHOT_KERNELS_EARSHOT_KERNELS_H_ */
