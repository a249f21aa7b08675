"""Write a CTranslate2 transformer by hand that replaces each source token by its own target token.

No training: every token is a vector of signs. The decoder's attention finds the source token at its own position by
the position's code and copies the token's code, and the projection finds the target token with that code.
All codes have as many plus as minus signs, so the layer norms change nothing and int8 arithmetic stays exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float32]

UNKNOWN, START, END = "<unk>", "<s>", "</s>"
MAX_POSITIONS = 1040
_HEADS = 4
_HEAD_SIZE = 16
_SIZE = _HEADS * _HEAD_SIZE
_TOKEN_SIZE = _SIZE - _HEAD_SIZE
_FEED_FORWARD = 16
_ATTENTION_SHARPNESS = 100.0
_PROJECTION_SHARPNESS = 120.0
_SEED = 20_201


def write_network(folder: Path, source_to_target: Mapping[str, str], source_vocabulary: Sequence[str]) -> None:
    """Save an int8 model to `folder` that maps every token of `source_vocabulary` as `source_to_target` says.

    Tokens that the mapping lacks become `UNKNOWN`. Position codes reach `MAX_POSITIONS` tokens, more than the 1024
    that CTranslate2 reads at most by default. The same arguments always give the same bytes.
    """
    import numpy as np

    words = sorted({source_to_target[token] for token in source_vocabulary if token in source_to_target})
    target_vocabulary = [UNKNOWN, START, END, *words]
    rows = {token: row for row, token in enumerate(target_vocabulary)}
    images = [_image(token, source_to_target, rows) for token in source_vocabulary]
    generator = np.random.default_rng(_SEED)
    positions = np.zeros((MAX_POSITIONS, _SIZE), np.float32)
    positions[:, _TOKEN_SIZE:] = _balanced_codes(generator, MAX_POSITIONS, _HEAD_SIZE)
    codes = np.zeros((len(target_vocabulary), _SIZE), np.float32)
    codes[:, :_TOKEN_SIZE] = _balanced_codes(generator, len(target_vocabulary), _TOKEN_SIZE)
    spec = _specification(codes[images], codes, positions)
    spec.register_source_vocabulary(list(source_vocabulary))
    spec.register_target_vocabulary(target_vocabulary)
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = START
    spec.config.unk_token, spec.config.bos_token, spec.config.eos_token = UNKNOWN, START, END
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))


def _image(token: str, source_to_target: Mapping[str, str], rows: Mapping[str, int]) -> int:
    if token in (START, END):
        return rows[token]
    return rows[source_to_target.get(token, UNKNOWN)]


def _balanced_codes(generator: np.random.Generator, count: int, size: int) -> Floats:
    """Return `count` different rows of `size` signs, half of them plus."""
    import numpy as np

    half = np.repeat(np.array([1.0, -1.0], np.float32), size // 2)
    codes: dict[bytes, Floats] = {}
    while len(codes) < count:
        code = generator.permutation(half)
        codes.setdefault(code.tobytes(), code)
    return np.stack(list(codes.values()))


def _specification(source_codes: Floats, target_codes: Floats, positions: Floats) -> Any:
    import numpy as np
    from ctranslate2.specs import transformer_spec

    spec = transformer_spec.TransformerSpec.from_config((1, 1), _HEADS, pre_norm=True)
    # CTranslate2 multiplies embeddings by the root of their size.
    spec.encoder.embeddings[0].weight = source_codes / np.float32(np.sqrt(_SIZE))
    spec.decoder.embeddings.weight = np.zeros_like(target_codes)
    spec.encoder.position_encodings.encodings = positions
    spec.decoder.position_encodings.encodings = positions
    for stack in (spec.encoder, spec.decoder):
        _identity_norm(stack.layer_norm)
        layer = stack.layer[0]
        _idle(layer.self_attention, [(3 * _SIZE, _SIZE), (_SIZE, _SIZE)])
        _identity_norm(layer.ffn.layer_norm)
        _linear(layer.ffn.linear_0, np.zeros((_FEED_FORWARD, _SIZE), np.float32))
        _linear(layer.ffn.linear_1, np.zeros((_SIZE, _FEED_FORWARD), np.float32))
    _copy_by_position(spec.decoder.layer[0].attention)
    _linear(spec.decoder.projection, target_codes * np.float32(_PROJECTION_SHARPNESS / _TOKEN_SIZE))
    return spec


def _copy_by_position(attention: Any) -> None:
    """Make every head compare position codes, and let all but the last carry one part of the token's code."""
    import numpy as np

    query, key, value = (np.zeros((_SIZE, _SIZE), np.float32) for _ in range(3))
    identity = np.eye(_HEAD_SIZE, dtype=np.float32)
    # The decoder's norm stretches its lone position code by the root of _SIZE / _HEAD_SIZE.
    stretch = np.sqrt(_SIZE / _HEAD_SIZE)
    scale = np.float32(_ATTENTION_SHARPNESS * np.sqrt(_HEAD_SIZE) / _HEAD_SIZE / stretch)
    for head in range(_HEADS):
        rows = slice(head * _HEAD_SIZE, (head + 1) * _HEAD_SIZE)
        query[rows, _TOKEN_SIZE:] = identity * scale
        key[rows, _TOKEN_SIZE:] = identity
        if head < _HEADS - 1:
            value[rows, rows] = identity
    _identity_norm(attention.layer_norm)
    _linear(attention.linear[0], query)
    _linear(attention.linear[1], np.concatenate([key, value]))
    _linear(attention.linear[2], value)


def _idle(attention: Any, shapes: Sequence[tuple[int, int]]) -> None:
    import numpy as np

    _identity_norm(attention.layer_norm)
    for linear, shape in zip(attention.linear, shapes, strict=True):
        _linear(linear, np.zeros(shape, np.float32))


def _linear(spec: Any, weight: Floats) -> None:
    import numpy as np

    spec.weight = weight
    spec.bias = np.zeros(weight.shape[0], np.float32)


def _identity_norm(spec: Any) -> None:
    import numpy as np

    spec.gamma = np.ones(_SIZE, np.float32)
    spec.beta = np.zeros(_SIZE, np.float32)
