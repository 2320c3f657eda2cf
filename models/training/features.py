# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Features, from the one front end that there is: the C++ one, through the earshot program."""
import pathlib
import subprocess
import tempfile

import numpy as np

RATE = 16000
WINDOW_MS = 30
FRAMES = 49


class FrontEnd:
    """Calls `earshot features`. `program` is the path of the earshot program; `stride_ms` leads from
    one frame to the next."""

    def __init__(self, program, work, stride_ms=20):
        self.program = program
        self.stride_ms = stride_ms
        self.work = pathlib.Path(work)
        self.work.mkdir(parents=True, exist_ok=True)

    def features(self, clips):
        """int16 [n, samples] to uint16 [n, frames, 40]; every row starts from a fresh state."""
        with tempfile.TemporaryDirectory(dir=self.work) as folder:
            np.save(f"{folder}/clips.npy", clips)
            subprocess.run([self.program, "features", "--clips", f"{folder}/clips.npy",
                            "--out", f"{folder}/features.npy", "--stride-ms", str(self.stride_ms),
                            "--jobs", "1"],
                           check=True, stdout=subprocess.DEVNULL)
            return np.load(f"{folder}/features.npy")

    def inputs(self, clips):
        """int16 [n, samples] to the model's input int8 [n, 49, 40]: each row's last 49 frames."""
        return quantize(self.features(clips)[:, -FRAMES:])


def quantize(features):
    """The field's mapping of features (0..~670) to int8, as src/earshot/frontend/feature_quantization.h."""
    values = (features.astype(np.int32) * 256 + 333) // 666 - 128
    return np.clip(values, -128, 127).astype(np.int8)
