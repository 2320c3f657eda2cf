#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Writes src/earshot/host/models/stack_table.inc: how deep the stack gets on each processor while a
model is loaded, while its operators are prepared and while they run, from the disassembly of the
images that test all kernels (build/<board>/firmware/on_device/on_device_tests.elf)."""

import argparse
import copy
import pathlib
import re
import struct
import subprocess
import sys

import image_stack

# A processor, and the board whose image tells about it.
TARGETS = [("cortex-m0", "microbit"), ("cortex-m3", "mps2-an385"), ("cortex-m4", "mps2-an386"),
           ("cortex-m7", "mps2-an500"), ("cortex-m55", "mps3-an547")]
TOOLS = "arm-none-eabi-"
HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
# In a Kernel (src/earshot/runtime/kernel.h): the key's three words, prepare, invoke.
KERNEL = "<12xII"
HEAD = """// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How deep the stack gets at most, in bytes, by the disassembly of the images that test all kernels.
// Written by firmware/tools/stack_table.py; which columns are whose says the first list.
//
// To be included with EARSHOT_STACK_TARGET(name, load, set_up, prepare, invoke) and
// EARSHOT_STACK_KERNEL(symbol, ...) defined, which are undefined at the end. Of a target: loading;
// setting up, all kernels' prepare functions left out; what lies above one of these then; what lies
// above a kernel's invoke function. Of a kernel: its two functions, for each target in turn."""


class Image:
    """An image's functions by address, and its constant memory."""

    def __init__(self, path):
        self.path = path
        self.functions = image_stack.disassemble(TOOLS + "objdump", path)
        self.names = {}
        for line in self.output("nm", "-C").splitlines():
            match = re.fullmatch(r"([0-9a-f]+) [tTwW] (.*)", line)
            if match:
                self.names.setdefault(int(match[1], 16), match[2])

    def output(self, tool, *arguments):
        return subprocess.run([TOOLS + tool, *arguments, self.path], check=True,
                              capture_output=True, text=True).stdout

    def read(self, address, size):
        for line in self.output("objdump", "-h", "-w").splitlines():
            match = re.match(r"\s*\d+ \S+\s+([0-9a-f]+)\s+([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)", line)
            if not match:
                continue
            length, begin, offset = (int(number, 16) for number in match.groups())
            if begin <= address and address + size <= begin + length:
                return pathlib.Path(self.path).read_bytes()[offset + address - begin:][:size]
        raise SystemExit(f"{self.path}: nothing lies at {address:#x}")

    def kernels(self):
        """[(name of prepare, name of invoke)], in the order of kernel_list.inc."""
        line = next(line for line in self.output("nm", "-S").splitlines() if "kAllKernels" in line)
        address, size = (int(number, 16) for number in line.split()[:2])
        found = []
        for kernel in struct.unpack(f"<{size // 4}I", self.read(address, size)):
            functions = struct.unpack(KERNEL, self.read(kernel, struct.calcsize(KERNEL)))
            found.append([self.names[function & ~1] for function in functions])
        return found

    def one(self, pattern):
        """The one function of a name."""
        found = [name for name in self.functions if re.match(pattern, name)]
        if len(found) != 1:
            raise SystemExit(f"{self.path}: {pattern} is {found}, not one function")
        return found[0]

    def above(self, name, callee, frames=0):
        """The most that lies on the stack when a function that `callee` fits is called from `name`,
        its own frame included; what calls through a pointer may call it as well."""
        function = self.functions[name]
        frames += function.frame
        ways = [frames] if function.indirect else []
        ways += [self.above(called, callee, frames) for called in function.calls
                 if called in self.functions and callee.search(called)]
        return max(ways, default=0)


def depths(functions, names):
    """The deepest below and including each of these, and what is wrong."""
    calls = HERE / "indirect_calls.txt"
    functions = copy.deepcopy(functions)
    image_stack.resolve(functions, calls)
    image_stack.mark_nested(functions, calls)
    problems = set()
    return [image_stack.deepest(functions, name, frozenset(), problems)[0] for name in names], problems


def measure(path):
    """The target's four numbers, and two for each kernel."""
    image = Image(path)
    load = image.one(r"earshot::Model::Load\[")
    set_up = image.one(r"earshot::Interpreter::AllocateTensors\[")
    invoke = image.one(r"earshot::Interpreter::Invoke\[")
    prepare_above = image.above(set_up, re.compile("TensorAllocation"))
    kernels, problems = depths(image.functions, sum(image.kernels(), []))
    # The runtime alone: what it calls through pointers are kernels.
    for name, function in image.functions.items():
        if re.search(r"Interpreter::|TensorAllocation", name):
            function.indirect = False
    runtime, more = depths(image.functions, [load, set_up])
    for problem in sorted(problems | more):
        print(f"{path}: {problem}", file=sys.stderr)
    target = [*runtime, prepare_above, image.functions[invoke].frame]
    return target, list(zip(kernels[::2], kernels[1::2])), bool(problems | more)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    parser.add_argument("--check", action="store_true", help="only say whether the file is right")
    parser.add_argument("file", type=pathlib.Path, help="src/earshot/host/models/stack_table.inc")
    options = parser.parse_args()
    listed = (ROOT / "src/earshot/kernels/kernel_list.inc").read_text()
    names = re.findall(r"^EARSHOT_KERNEL\((\w+)\)", listed, re.MULTILINE)
    lines = [HEAD, ""]
    columns = []
    bad = False
    for target, board in TARGETS:
        path = options.build / board / "firmware/on_device/on_device_tests.elf"
        numbers, kernels, has_problems = measure(path)
        bad = bad or has_problems
        lines.append(f"EARSHOT_STACK_TARGET(\"{target}\", {', '.join(map(str, numbers))})")
        columns.append(kernels)
        if len(kernels) != len(names):
            raise SystemExit(f"{path}: {len(kernels)} kernels, the list has {len(names)}")
    lines.append("")
    for i, name in enumerate(names):
        numbers = ", ".join(str(number) for kernels in columns for number in kernels[i])
        lines.append(f"EARSHOT_STACK_KERNEL(\"kernels::k{name}\", {numbers})")
    lines += ["", "#undef EARSHOT_STACK_TARGET", "#undef EARSHOT_STACK_KERNEL", ""]
    text = "\n".join(lines)
    if not options.check:
        options.file.write_text(text)
    elif options.file.read_text() != text:
        print(f"{options.file} is not what these builds have; stack_table.py writes it anew",
              file=sys.stderr)
        bad = True
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
