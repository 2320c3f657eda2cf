# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The deepest that an image's stack can get, from its disassembly: what each function pushes, and
who calls whom. Calls through pointers are not visible there; a file says who they may reach, and how
often what calls itself does so."""

import dataclasses
import re
import subprocess

# What the processor pushes on an exception, with floating-point state, and the padding to 8 bytes.
# ARMv7-M Architecture Reference Manual, B1.5.6 and B1.5.7.
EXCEPTION_BYTES = 104 + 4


@dataclasses.dataclass
class Function:
    name: str
    frame: int = 0
    calls: set = dataclasses.field(default_factory=set)
    indirect: bool = False
    dynamic: bool = False
    calls_itself: bool = False  # At once; through others shows when they are followed.
    group: str = ""  # Those that call one another; empty: it does not call itself.
    repeated: int = 0  # What its calls within one another take beside the innermost.
    constants: dict = dataclasses.field(default_factory=dict)
    mnemonics: set = dataclasses.field(default_factory=set)


@dataclasses.dataclass
class Worst:
    total: int
    path: list
    problems: list


def registers(text):
    """How many registers {r4, r5-r7, lr} are; d registers count twice."""
    count = 0
    for part in text.split(","):
        part = part.strip()
        width = 2 if part.startswith("d") else 1
        if "-" in part:
            first, last = (int(re.sub(r"\D", "", end)) for end in part.split("-"))
            count += (last - first + 1) * width
        else:
            count += width
    return count


def is_return(operands, before):
    """Whether bx jumps to what was just popped (ARMv6-M cannot pop the program counter everywhere)
    or to the link register."""
    register = operands.split()[0]
    return register == "lr" or any(mnemonic == "pop" and register in operands
                                   for mnemonic, operands in before)


def follow_constant(function, base, operands, words):
    """Keeps up with registers that hold known numbers: ARMv6-M moves the stack pointer by those."""
    literal = re.match(r"(r\d+), \[pc[^@]*@ \(([0-9a-f]+)", operands)
    immediate = re.match(r"(r\d+), #(\d+)", operands)
    shifted = re.match(r"(r\d+), (r\d+), #(\d+)", operands)
    known = function.constants
    if base == "ldr" and literal:
        known[literal[1]] = words.get(literal[2])
    elif base in ("movs", "mov") and immediate:
        known[immediate[1]] = int(immediate[2])
    elif base in ("lsls", "lsl") and shifted and known.get(shifted[2]) is not None:
        known[shifted[1]] = known[shifted[2]] << int(shifted[3]) & 0xFFFFFFFF
    elif base in ("negs", "rsbs") and (pair := re.match(r"(r\d+), (r\d+)", operands)):
        value = known.get(pair[2])
        known[pair[1]] = None if value is None else -value & 0xFFFFFFFF


def add_instruction(function, mnemonic, operands, before, words):
    """`before`: the last few instructions. `words`: constants in the code, by address."""
    base = mnemonic.split(".")[0]
    function.mnemonics.add(mnemonic)
    follow_constant(function, base, operands, words)
    if base in ("push", "vpush") or base in ("stmdb", "vstmdb") and operands.startswith("sp!"):
        function.frame += 4 * registers(operands[operands.index("{") + 1:operands.index("}")])
    elif base in ("sub", "subw") and re.match(r"sp,", operands):
        match = re.search(r"#(\d+)", operands)
        if match:
            function.frame += int(match[1])
        else:
            function.dynamic = True
    elif base == "add" and re.match(r"sp, r\d", operands):
        amount = function.constants.get(operands.split()[1])
        if amount is None:
            function.dynamic = True
        elif amount >= 1 << 31:  # Negative: the other sign gives it back.
            function.frame += (1 << 32) - amount
    elif base in ("str", "strd"):
        match = re.search(r"\[sp, #-(\d+)\]!", operands)
        if match:
            function.frame += int(match[1])
    elif base == "blx" or base == "bx" and not is_return(operands, before):
        function.indirect = True
    target = re.search(r"<([^>+]+(?:\([^)]*\))?.*)>", operands)
    if target and re.fullmatch(r"b[a-z]{0,2}|bl", base):
        name = target[1]
        if name == function.name:  # Another branch to its beginning is a loop.
            function.calls_itself = function.calls_itself or base == "bl"
        elif not re.search(r"\+0x[0-9a-f]+$", name):
            function.calls.add(name)


def disassemble(objdump, image):
    """{name: Function}"""
    text = subprocess.run([objdump, "-d", "-C", "--no-show-raw-insn", image], check=True,
                          capture_output=True, text=True).stdout
    words = {match[1]: int(match[2], 16)
             for match in re.finditer(r"^\s+([0-9a-f]+):\s+\.word\s+0x([0-9a-f]+)", text,
                                      re.MULTILINE)}
    functions = {}
    current = None
    for line in text.splitlines():
        head = re.match(r"[0-9a-f]+ <(.*)>:$", line)
        if head:
            current = functions.setdefault(head[1], Function(head[1]))
            before = []
            continue
        match = re.match(r"\s+[0-9a-f]+:\s+(\S+)\s*(.*)", line)
        if match and current is not None:
            add_instruction(current, match[1], match[2], before, words)
            before = before[-3:] + [(match[1], match[2])]
    return functions


def indirect_calls(path):
    """[(caller, callee)] regular expressions: lines "caller -> callee"."""
    pairs = []
    for line in declarations(path):
        if "->" in line:
            caller, callee = (part.strip() for part in line.split("->"))
            pairs.append((re.compile(caller), re.compile(callee)))
    return pairs


def declarations(path):
    with open(path, encoding="utf-8") as file:
        return [line.strip() for line in file if not line.startswith("#")]


def mark_nested(functions, path):
    """Tells each function of a line "function * N where other" what its N calls within one another
    take: N - 1 times what lies on the stack between two of the line's functions that call one another."""
    for line in declarations(path):
        match = re.fullmatch(r"(.*) \* (\d+)(?: where (.*))?", line)
        if not match or match[3] and not any(re.fullmatch(match[3], name) for name in functions):
            continue
        nested = [function for function in functions.values()
                  if not function.group and re.fullmatch(match[1], function.name)]
        for function in nested:
            function.group = line
        between = max((to_nested(functions, function, line, {}) or 0 for function in nested), default=0)
        for function in nested:
            function.repeated = (int(match[2]) - 1) * between


def to_nested(functions, function, group, known):
    """The bytes from here to the next call of one of the group; None: there is none."""
    if function.name not in known:
        known[function.name] = None  # Of what calls itself otherwise, deepest() complains.
        ways = [0 if callee.group == group else to_nested(functions, callee, group, known)
                for callee in (functions[name] for name in function.calls if name in functions)]
        ways += [0] if function.calls_itself and function.group == group else []
        known[function.name] = max((function.frame + way for way in ways if way is not None),
                                   default=None)
    return known[function.name]


def resolve(functions, calls_path):
    """Adds the edges of calls through pointers; returns the functions that have none declared."""
    pairs = indirect_calls(calls_path)
    unknown = []
    for function in functions.values():
        if not function.indirect:
            continue
        callee = next((callee for caller, callee in pairs if caller.fullmatch(function.name)), None)
        if callee is None:
            unknown.append(function.name)
            continue
        function.calls |= {name for name in functions
                           if callee.fullmatch(name) and name != function.name}
    return unknown


def deepest(functions, name, above, problems):
    """(bytes, path) below and including `name`."""
    function = functions.get(name)
    if function is None:
        return 0, []
    if function.group and any(functions[caller].group == function.group for caller in above):
        return 0, []
    if name in above or function.calls_itself and not function.group:
        problems.add(f"stack: {name} calls itself, so its depth has no bound")
        return 0, []
    if hasattr(function, "deepest"):
        return function.deepest
    if function.dynamic:
        problems.add(f"stack: {name} takes an amount that is computed while it runs")
    below, path = max((deepest(functions, callee, above | {name}, problems)
                       for callee in sorted(function.calls)), default=(0, []),
                      key=lambda found: found[0])
    frame = function.frame + function.repeated
    function.deepest = frame + below, [[name, frame]] + path
    return function.deepest


def worst_case(functions, calls_path):
    unknown = resolve(functions, calls_path)
    mark_nested(functions, calls_path)
    problems = set()
    main, path = deepest(functions, "ResetHandler", frozenset(), problems)
    handlers = [name for name in functions if re.fullmatch(r"\w+Handler", name)
                and name not in ("ResetHandler", "FaultHandler")]
    interrupt, interrupt_path = max((deepest(functions, name, frozenset(), problems)
                                     for name in handlers), default=(0, []), key=lambda f: f[0])
    reached = {name for name in unknown if hasattr(functions[name], "deepest")}
    problems |= {f"stack: {name} calls through a pointer; indirect_calls.txt does not say whom"
                 for name in reached}
    total = main + EXCEPTION_BYTES + interrupt
    return Worst(total, path + interrupt_path, sorted(problems))
