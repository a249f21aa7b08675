"""A package with the size and cost of a real Argos package, made in seconds: 6+6 layers, 512, 32,000 tokens, int8.

No training. The weights are small noise, but the last layer of the decoder finds the source token at its own position
by the position's code and copies the token's code, so that each source token becomes one target token: the output is
known, is as long as the source, and the same for every beam size.
``uv run python tests/benchmarks/full_size_package.py FOLDER`` leaves one behind.
"""

from __future__ import annotations

import io
import json
import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import ctranslate2.specs.transformer_spec as transformers
import numpy as np
import sentencepiece

from workbench.engines.argos.gloss.build import read_entries
from workbench.engines.argos.gloss.surface import surface_forms

NAME = "translate-ar_en-full_size"
WORDS = 32_000
LAYERS, HEADS, HEAD_SIZE, FEED_FORWARD, POSITIONS = 6, 8, 64, 2048, 1040
SIZE = HEADS * HEAD_SIZE
TOKEN_SIZE = SIZE - HEAD_SIZE
NOISE = 0.02
SPECIAL = ("<unk>", "<s>", "</s>")
METADATA = {
    "package_version": "1.0",
    "argos_version": "1.0",
    "from_code": "ar",
    "from_name": "Arabic",
    "to_code": "en",
    "to_name": "English",
    "links": [],
}


def build(parent: Path, texts: Iterable[str] = ()) -> Path:
    """Make the package in a new folder in ``parent`` and return that; ``texts`` help to make a fitting vocabulary."""
    folder = parent / NAME
    (folder / "model").mkdir(parents=True)
    pieces = write_tokenizer(folder / "sentencepiece.model", texts)
    vocabulary = [*SPECIAL, *(piece for piece in pieces if piece not in SPECIAL)]
    vocabulary += [f"<filler {number}>" for number in range(WORDS - len(vocabulary))]
    save_network(folder / "model", vocabulary)
    (folder / "metadata.json").write_text(json.dumps(METADATA), encoding="utf-8")
    return folder


def write_tokenizer(path: Path, texts: Iterable[str]) -> list[str]:
    """Train a tokenizer on the words of the gloss and of ``texts``; return its pieces."""
    forms = surface_forms(read_entries())
    lines = [*forms, *forms.values(), *(word for text in texts for word in text.split())]
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=model,
        vocab_size=12_000,
        hard_vocab_limit=False,
        character_coverage=1.0,
        num_threads=1,
        minloglevel=2,
    )
    path.write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    return [processor.id_to_piece(index) for index in range(processor.get_piece_size())]


def save_network(folder: Path, vocabulary: Sequence[str]) -> None:
    generator = np.random.default_rng(20_201)
    codes = np.zeros((len(vocabulary), SIZE), np.float32)
    codes[:, :TOKEN_SIZE] = generator.choice([-1.0, 1.0], size=(len(vocabulary), TOKEN_SIZE))
    positions = np.zeros((POSITIONS, SIZE), np.float32)
    positions[:, TOKEN_SIZE:] = generator.choice([-1.0, 1.0], size=(POSITIONS, HEAD_SIZE))
    spec = transformers.TransformerSpec.from_config((LAYERS, LAYERS), HEADS, pre_norm=True)
    spec.encoder.embeddings[0].weight = codes / np.float32(np.sqrt(SIZE))  # CTranslate2 multiplies it again
    spec.decoder.embeddings.weight = np.zeros_like(codes)
    spec.encoder.position_encodings.encodings = positions
    spec.decoder.position_encodings.encodings = positions
    for stack in (spec.encoder, spec.decoder):
        norm(stack.layer_norm)
        for layer in stack.layer:
            noise(layer.self_attention, [(3 * SIZE, SIZE), (SIZE, SIZE)], generator)
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, noisy((FEED_FORWARD, SIZE), 1.0, generator))
            linear(layer.ffn.linear_1, noisy((SIZE, FEED_FORWARD), NOISE, generator))
    for layer in spec.decoder.layer:
        noise(layer.attention, [(SIZE, SIZE), (2 * SIZE, SIZE), (SIZE, SIZE)], generator)
    copy_by_position(spec.decoder.layer[-1].attention)
    linear(spec.decoder.projection, projection(codes, images(vocabulary)))
    spec.register_source_vocabulary(list(vocabulary))
    spec.register_target_vocabulary(list(vocabulary))
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = SPECIAL[1]
    spec.config.unk_token, spec.config.bos_token, spec.config.eos_token = SPECIAL
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))


def images(vocabulary: Sequence[str]) -> list[int]:
    """Return the target token of each source token: for an Arabic one an English one, both beginning a word or not."""
    chance = random.Random(1)
    latin = [index for index, token in enumerate(vocabulary) if token.isascii() and token.isalpha()]
    starts = [
        index
        for index, token in enumerate(vocabulary)
        if token[:1] == "▁" and token[1:].isascii() and token[1:].isalpha()
    ]
    return [
        chance.choice(starts if token.startswith("▁") else latin) if "\u0600" <= token[-1] <= "\u06ff" else index
        for index, token in enumerate(vocabulary)
    ]


def projection(codes: Any, targets: Sequence[int]) -> Any:
    weight = np.zeros_like(codes)
    for source, target in enumerate(targets):
        weight[target] += codes[source]  # several source tokens may have one target token
    return weight * np.float32(30.0 / TOKEN_SIZE)


def copy_by_position(attention: Any) -> None:
    query, key, value = (np.zeros((SIZE, SIZE), np.float32) for _ in range(3))
    identity = np.eye(HEAD_SIZE, dtype=np.float32)
    scale = np.float32(40.0 / np.sqrt(SIZE))  # the decoder's norm stretches its lone position code
    for head in range(HEADS):
        rows = slice(head * HEAD_SIZE, (head + 1) * HEAD_SIZE)
        query[rows, TOKEN_SIZE:] = identity * scale
        key[rows, TOKEN_SIZE:] = identity
        if head < HEADS - 1:
            value[rows, rows] = identity
    linear(attention.linear[0], query)
    linear(attention.linear[1], np.concatenate([key, value]))
    linear(attention.linear[2], value)


def noise(attention: Any, shapes: Sequence[tuple[int, int]], generator: np.random.Generator) -> None:
    norm(attention.layer_norm)
    for part, shape in zip(attention.linear, shapes, strict=True):
        linear(part, noisy(shape, NOISE if part is attention.linear[-1] else 1.0, generator))


def noisy(shape: tuple[int, int], scale: float, generator: np.random.Generator) -> Any:
    return (generator.standard_normal(shape) * scale / np.sqrt(shape[1])).astype(np.float32)


def linear(spec: Any, weight: Any) -> None:
    spec.weight = weight
    spec.bias = np.zeros(weight.shape[0], np.float32)


def norm(spec: Any) -> None:
    spec.gamma = np.ones(SIZE, np.float32)
    spec.beta = np.zeros(SIZE, np.float32)


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))
