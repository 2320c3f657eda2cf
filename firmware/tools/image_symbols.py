# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""What must not be in an image: a heap, stdio, exceptions, code that runs before main(), and
instructions that the processor lacks although an emulator may execute them."""

import re
import subprocess

FORBIDDEN = [
    (r"_?(malloc|calloc|realloc|free|sbrk)(_r)?|_Zn[wa].*|_Zd[la].*", "a heap"),
    (r".*printf.*|puts|putchar|fopen|fwrite|_?write(_r)?|__sf", "stdio"),
    (r"__cxa_.*|_Unwind_.*|__gxx_personality.*|__aeabi_unwind.*|_ZSt.*|_ZNSt.*", "the C++ library"),
    (r"_GLOBAL__sub_I.*|atexit|__libc_init_array|__dso_handle", "a global constructor"),
]

# ARMv7-M has multiplications and saturation, but not the DSP extension's parallel ones; ARMv6-M has
# even fewer, yet assemblers refuse those by themselves.
DSP = re.compile(r"\b(smla(bb|bt|tb|tt|d|dx|wb|wt|ld|ldx)|smul(bb|bt|tb|tt|wb|wt)|smu[as]dx?|smls[dl].*"
                 r"|s(add|sub)(8|16)|q(add|sub)(8|16)?|sxtb16|sxtab(16)?|sxtah|uxtab(16)?|uxtah|pkhbt"
                 r"|pkhtb|usad.*|sel)(\.w)?\b")
WITHOUT_DSP = ("cortex-m0", "cortex-m0plus", "cortex-m1", "cortex-m3")


def problems(nm, image):
    names = subprocess.run([nm, "--format=just-symbols", image], check=True, capture_output=True,
                           text=True).stdout.split()
    return [f"{name}: {what} is in the image" for name in names for pattern, what in FORBIDDEN
            if re.fullmatch(pattern, name)]


def foreign_instructions(disassembly, cpu):
    if cpu not in WITHOUT_DSP:
        return []
    return [f"{function.name}: {mnemonic} is not an instruction of {cpu}"
            for function in disassembly.values() for mnemonic in function.mnemonics
            if DSP.fullmatch(mnemonic)]
