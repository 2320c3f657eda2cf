# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Does the program answer what the training thinks it does? On every validation example."""
import pathlib
import subprocess
import tempfile

import numpy as np
import torch

import networks


def answers_of_program(earshot, model_path, rows, work=None):
    """Scores int8 [n, steps, classes], or uint8 [n, steps, 1] of a wake word, for rows int8
    [n, steps, ...input]; each example starts anew."""
    count, steps = rows.shape[:2]
    with tempfile.TemporaryDirectory(dir=work) as folder:
        folder = pathlib.Path(folder)
        np.save(folder / "rows.npy", rows.reshape(count * steps, *rows.shape[2:]))
        command = [earshot, "run", str(model_path), "--input", str(folder / "rows.npy"),
                   "--output", str(folder / "scores.npy")]
        if steps > 1:
            command += ["--reset-every", str(steps)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return np.load(folder / "scores.npy").reshape(count, steps, -1)


def compare(network, features, answers, tolerance):
    """Compares the program's (or the reference's) answers for int8 features [n, frames, 40].

    Returns {"examples", "largest", "mean", "training_largest", "training_mean"}: differences of
    scores in 1/256, from the kernels' arithmetic in PyTorch, and from the simulation that training
    uses, which rounds once where the kernels round twice. Raises a ValueError where the first is
    beyond `tolerance`.
    """
    real = networks.real_values(torch.from_numpy(features))
    answers = answers.astype(float) + (0.0 if answers.dtype == np.uint8 else 128.0)
    classes = answers.shape[-1]  # The last ones.
    figures = {"examples": len(features)}
    for name, exact in (("", True), ("training_", False)):
        logits = networks.run(network, real, exact=exact).reshape(*answers.shape[:-1], -1)
        # Eight bits hold scores up to 255/256.
        scores = (torch.softmax(logits, -1).numpy() * 256.0).clip(max=255.0)[..., -classes:]
        difference = np.abs(scores - answers)
        figures[f"{name}largest"] = float(difference.max())
        figures[f"{name}mean"] = float(difference.mean())
    if figures["largest"] > tolerance:
        raise ValueError(f"the program's scores: found a difference of {figures['largest']:.2f}/256 "
                         f"from the training's, wanted at most {tolerance:g}/256")
    return figures
