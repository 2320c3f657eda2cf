# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The training set: augmented examples, through the C++ front end, as int8 model inputs."""
import multiprocessing

import numpy as np

import examples

CHUNK = 2500           # Examples per call of the front end; a chunk's seed is its number.
STREAMING_SHARE = 0.4  # Of the chunks: heard after a warm-up instead of from a fresh start.

_state = {}            # What the worker processes share by being forked.


def _make_chunk(number):
    state = _state
    streaming = number * STREAMING_SHARE % 1 < STREAMING_SHARE
    maker = examples.ExampleMaker(state["corpus"], (state["seed"], number))
    clips, labels = maker.batch(CHUNK, examples.WARM_UP if streaming else 0)
    return state["front_end"].inputs(clips), labels


def make(corpus, front_end, count, seed, processes=None):
    """(inputs int8 [n, 49, 40], labels int64 [n]), n = `count` rounded up to whole chunks."""
    _state.update(corpus=corpus, front_end=front_end, seed=seed)
    chunks = range(-(-count // CHUNK))
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        inputs, labels = zip(*pool.imap(_make_chunk, chunks))
    return np.concatenate(inputs), np.concatenate(labels)
