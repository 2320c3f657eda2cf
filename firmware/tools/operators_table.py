#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The table of operators, from the list of kernels and the headers of src/earshot/kernels.

operators_table.py docs/operators.md          writes it; bytes stay as they were
operators_table.py --check docs/operators.md  fails where it is not up to date
  --board-build build/mps2-an385              measures the bytes, too: compiles each kernel as that
                                              build for a Cortex-M3 did, but without LTO

Either fails where a kernel's files and the lists of kernels do not agree.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

KERNELS = pathlib.Path(__file__).resolve().parents[2] / "src" / "earshot" / "kernels"
# From the reference on, each is slower than the next.
IMPLEMENTATIONS = ["reference", "portable"]
DEVICES = ["portable", "reference"]  # Which of them a device takes, if it is there.

LISTED = re.compile(r"^EARSHOT_KERNEL\((\w+)\)(?:  // since [\d.]+)?$", re.MULTILINE)
SINCE = re.compile(r"^EARSHOT_KERNEL\((\w+)\)  // since ([\d.]+)$", re.MULTILINE)
FIRST_VERSION = "0.1.0"  # That of kernels of which nothing else is said.
DEFINED = re.compile(r"^const Kernel k(\w+) =\s*\{\s*\w+,\s*(\w+),", re.MULTILINE)
PREPARE = re.compile(r"^Verdict (Prepare\w+)\(", re.MULTILINE)
# Comments and declarations of keys, with nothing else between them.
KEYS = re.compile(r"(?:^//.*\n)*(?:^constexpr KernelKey k\w+Key[^;]*;\n)+", re.MULTILINE)
KEY = re.compile(r"constexpr KernelKey k(\w+)Key(?:\(|\s*=\s*)([^;]*);")
LIMITS = re.compile(r"// Limits: (.*)\.$", re.DOTALL)

HEADER = """# Operators

What Earshot runs, per element type of the operator's data. All else that a kernel demands of its operator is in
the header of its file, and is told in words where a model does not meet it. `earshot inspect MODEL` says which
of these a model needs. The schema's versions of operators are not looked at: what counts is what the options and tensors
of the operator say.

* *kernel*: `kernels::k…`, for the list of kernels of an image ([operator_resolver.h](../src/earshot/runtime/operator_resolver.h)).
* *implementations*: all give the same bits. Devices take the portable one, if there is one. Hosts take the last one
  that their processor can run ([kernels](../src/earshot/kernels/README.md)).
* *bytes*: of flash on a Cortex-M3, of the loops that a device takes, and of prepare, which kernels of one file have
  in common. Each is compiled alone: what several operators share is not counted, and the linker's optimization takes off more.
* *since*: the first version of Earshot that has it.

| operator | data | kernel | limits | implementations | bytes | prepare | since |
|---|---|---|---|---|---|---|---|
"""


class Kernel:
    def __init__(self, name, header):
        self.name = name
        self.header = header
        self.operator = self.data = self.limits = ""
        self.sources = {}  # By implementation.
        self.prepare = None  # The source of its prepare function.
        self.since = FIRST_VERSION


def fail(text):
    sys.exit(f"operators_table: {text}")


def read(path):
    return path.read_text(encoding="utf-8")


def read_keys():
    """{name: Kernel}, from the operators' headers."""
    kernels = {}
    for header in sorted(KERNELS.glob("*.h")):
        for group in KEYS.finditer(read(header)):
            comment = " ".join(line for line in group[0].splitlines() if line.startswith("//"))
            limits = LIMITS.search(re.sub(r" // ", " ", comment))
            for name, arguments in KEY.findall(group[0]):
                kernel = kernels[name] = Kernel(name, header)
                custom = re.search(r'KernelKey::Custom\("(\w+)"', arguments)
                builtin = re.search(r"BuiltinOperator::(\w+)", arguments)
                kernel.operator = custom[1] if custom else builtin[1]
                types = re.findall(r"TensorType::(\w+)|(kAnyType)", arguments)
                names = [known.lower() or "any" for known, _ in types]
                kernel.data = names[0] if names else "any"
                for role, other in zip(("weights", "to"), names[1:]):
                    if other != "any":
                        kernel.data += f", {role} {other}"
                kernel.limits = limits[1] if limits else ""
    return kernels


def read_kernels():
    """Those of the list, in its order, with their implementations."""
    keys = read_keys()
    prepares = {name: path for path in KERNELS.glob("*.cc") for name in PREPARE.findall(read(path))}
    listed = LISTED.findall(read(KERNELS / "kernel_list.inc"))
    for name in listed:
        if name not in keys:
            fail(f"no header has k{name}Key, which kernel_list.inc wants")
    for name in keys.keys() - set(listed):
        fail(f"{keys[name].header.name} has k{name}Key, kernel_list.inc does not have {name}")
    folders = IMPLEMENTATIONS + sorted(
        path.parent.name for path in KERNELS.glob("*/kernel_list.inc")
        if path.parent.name not in IMPLEMENTATIONS)
    for folder in folders:
        own = listed
        if folder != "reference":
            own = LISTED.findall(read(KERNELS / folder / "kernel_list.inc"))
        for path in sorted((KERNELS / folder).glob("*.cc")):
            for name, prepare in DEFINED.findall(read(path)):
                if name not in own or name not in listed:
                    fail(f"{folder}/{path.name} has k{name}, the list of kernels does not")
                if prepare not in prepares:
                    fail(f"{folder}/{path.name} wants {prepare}, which no file of kernels/ defines")
                keys[name].sources[folder] = path
                keys[name].prepare = prepares[prepare]
        for name in own:
            if name not in listed or folder not in keys[name].sources:
                fail(f"{folder} has no k{name}, which its list wants")
    for name, since in SINCE.findall(read(KERNELS / "kernel_list.inc")):
        keys[name].since = since
    return [keys[name] for name in listed]


def measure(build, sources):
    """{source: bytes of flash}: compiled as the board's build did, but each by itself, without LTO."""
    commands = {}
    for entry in json.loads(read(build / "compile_commands.json")):
        file = pathlib.Path(entry["file"])
        is_joined = file.parent.name == "Unity"
        joined = re.findall('^#include "(.*)"', read(file), re.M) if is_joined else [file]
        commands.update((pathlib.Path(source).resolve(), entry) for source in joined)

    def compile_alone(source, like, target, options):
        entry = commands.get(like)
        if entry is None:
            fail(f"{build} does not compile {like}")
        words = [word for word in shlex.split(entry["command"])
                 if not word.startswith(("-flto", "-ffat-lto")) and not word.endswith("ccache")]
        words[words.index("-o") + 1] = str(target)
        words[words.index("-c") + 1] = str(source)
        subprocess.run(words + options, cwd=entry["directory"], check=True)
        return words[0]

    def flash_of(source, header):
        target = header.parent / (source.parent.name + "-" + source.name + ".o")
        compiler = compile_alone(source, source, target, ["-include", str(header)])
        text = subprocess.run([re.sub(r"-g(\+\+|cc)$", "-size", compiler), str(target)],
                              check=True, capture_output=True, text=True).stdout
        fields = text.splitlines()[1].split()
        return int(fields[0]) + int(fields[1])

    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        # Most of the time goes into one header of all kernels. It is compiled once, for those that have
        # the same options as the first; the others read it.
        header = pathlib.Path(folder) / "kernel.h"
        header.write_text('#include "earshot/runtime/kernel.h"\n', encoding="utf-8")
        compile_alone(header, sources[0], str(header) + ".gch", [])
        return dict(zip(sources, pool.map(lambda source: flash_of(source, header), sources)))


def recorded_bytes(document):
    """{kernel: (bytes, prepare)} as the document has them."""
    found = {}
    if document.exists():
        for line in read(document).splitlines():
            match = re.match(r"\|.*\| `kernels::k(\w+)` \|.*\| ([\d,–]+) \| ([\d,–]+)(?: \| [\d.]+)? \|$", line)
            if match:
                found[match[1]] = (match[2], match[3])
    return found


def measured_bytes(kernels, build):
    loops = {kernel.name: next(kernel.sources[folder] for folder in DEVICES
                               if folder in kernel.sources) for kernel in kernels}
    prepares = {kernel.name: kernel.prepare for kernel in kernels}
    sizes = measure(build, sorted(set(loops.values()) | set(prepares.values())))
    return {kernel.name: (f"{sizes[loops[kernel.name]]:,}", f"{sizes[prepares[kernel.name]]:,}")
            for kernel in kernels}


def table(kernels, byte_counts):
    lines = []
    for kernel in sorted(kernels, key=lambda kernel: (kernel.operator, kernel.name)):
        loops, prepare = byte_counts.get(kernel.name, ("–", "–"))
        lines.append(f"| {kernel.operator} | {kernel.data} | `kernels::k{kernel.name}` | {kernel.limits} | "
                     f"{', '.join(kernel.sources)} | {loops} | {prepare} | {kernel.since} |\n")
    return HEADER + "".join(lines) + """
Fused activations: NONE, RELU, RELU6, RELU_N1_TO_1.

This page is written by `firmware/tools/operators_table.py docs/operators.md`, which takes the limits from the operators'
headers, and checked by a test; the bytes with `--board-build build/mps2-an385`.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    parser.add_argument("--board-build", type=pathlib.Path, metavar="DIR",
                        help="a build for a board with a Cortex-M3")
    parser.add_argument("document", type=pathlib.Path)
    arguments = parser.parse_args()
    kernels = read_kernels()
    byte_counts = recorded_bytes(arguments.document)
    if arguments.board_build:
        byte_counts = measured_bytes(kernels, arguments.board_build)
    wanted = table(kernels, byte_counts)
    if not arguments.check:
        arguments.document.write_text(wanted, encoding="utf-8")
        return
    if read(arguments.document) != wanted:
        fail(f"{arguments.document} is not up to date: run {pathlib.Path(__file__).name} "
             f"{arguments.document}")


if __name__ == "__main__":
    main()
