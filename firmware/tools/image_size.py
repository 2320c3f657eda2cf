# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""What an image takes of the board's flash and RAM."""

import re
import subprocess


def regions(map_path):
    """{name: (origin, length)} from the linker's map."""
    found = {}
    inside = False
    with open(map_path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("Memory Configuration"):
                inside = True
            elif line.startswith("Linker script and memory map"):
                return found
            elif inside:
                match = re.match(r"(\w+)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)", line)
                if match:
                    found[match[1]] = (int(match[2], 16), int(match[3], 16))
    return found


def sections(objdump, image):
    """[(name, size, virtual address, load address, is loaded)] of all that takes memory."""
    text = subprocess.run([objdump, "-h", "-w", image], check=True, capture_output=True,
                          text=True).stdout
    found = []
    for line in text.splitlines():
        match = re.match(r"\s*\d+ (\S+)\s+([0-9a-f]+)\s+([0-9a-f]+)\s+([0-9a-f]+)\s+\S+\s+\S+\s+(.*)",
                         line)
        if match and "ALLOC" in match[5]:
            found.append((match[1], int(match[2], 16), int(match[3], 16), int(match[4], 16),
                          "LOAD" in match[5].replace("ALLOC", "")))
    return found


def measure(objdump, image, map_path):
    memory = regions(map_path)

    def inside(region, address):
        origin, length = memory[region]
        return origin <= address < origin + length

    flash = sum(size for _, size, _, load, loaded in sections(objdump, image)
                if loaded and inside("FLASH", load))
    by_section = {name: size for name, size, address, _, _ in sections(objdump, image)
                  if inside("RAM", address)}
    # Alignment between sections counts too: memory ends where the last one does.
    end = max((address + size for _, size, address, _, _ in sections(objdump, image)
               if inside("RAM", address)), default=memory["RAM"][0])
    return {"flash": {"used": flash, "size": memory["FLASH"][1]},
            "ram": {"used": end - memory["RAM"][0], "size": memory["RAM"][1],
                    "sections": by_section}}
