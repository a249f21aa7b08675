"""Where a model is decoded, and with which numbers: on a graphics card where one can be used, else on the CPU."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

_MOST_CORES = 4


@dataclass(frozen=True, slots=True)
class Placement:
    """What ``ctranslate2.Translator`` is told: ``translators`` decode side by side, each with ``threads`` cores."""

    device: str
    compute_type: str
    translators: int
    threads: int


def placements(device: str, cores: int | None, ctranslate2: Any) -> list[Placement]:
    """Return where to load a model, the best first; ``device`` is auto, cpu or cuda, ``cores`` None for what there is.

    With auto the CPU comes after a graphics card, in case its driver or libraries are no good.
    """
    found = []
    if device == "cuda" or (device == "auto" and _cards(ctranslate2)):
        found.append(Placement("cuda", _fastest("cuda", ("int8_float16", "float16", "int8"), ctranslate2), 1, 1))
    if device != "cuda":
        # One core for each batch: cores that share one wait for each other more than they work.
        found.append(Placement("cpu", _fastest("cpu", ("int8",), ctranslate2), cores or _cores(), 1))
    return found


def load_first(model: str, wanted: list[Placement], ctranslate2: Any) -> Any:
    """Return a translator at the first place where it works; raise RuntimeError or ValueError of the last."""
    for place in wanted:
        try:
            translator = ctranslate2.Translator(
                model,
                device=place.device,
                compute_type=place.compute_type,
                inter_threads=place.translators,
                intra_threads=place.threads,
            )
            if place.device != "cpu":
                # A library that is missing is missed at the first decoding only.
                translator.translate_batch([["a"]], max_decoding_length=1)
        except (RuntimeError, ValueError):
            if place is wanted[-1]:
                raise
        else:
            return translator
    raise ValueError(wanted)


def _cards(ctranslate2: Any) -> int:
    try:
        return int(ctranslate2.get_cuda_device_count())
    except (RuntimeError, ValueError):  # a driver that is no good
        return 0


def _fastest(device: str, order: tuple[str, ...], ctranslate2: Any) -> str:
    try:
        supported = ctranslate2.get_supported_compute_types(device)
    except (RuntimeError, ValueError):
        return "default"
    return next((kind for kind in order if kind in supported), "default")


def _cores() -> int:
    """Return how many cores this process may use, four at most: each batch more takes memory."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, _MOST_CORES)
