"""Watch what goes into modules while a model reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import torch
from torch import nn

Key = TypeVar("Key")


@contextmanager
def watched(modules: Mapping[Key, nn.Module], see: Callable[[Key, torch.Tensor], None]) -> Iterator[None]:
    """Within the block, which runs without gradients, ``see`` gets the key and the input (rows, width) of a module each time
    that it is called."""

    def hook(key: Key) -> Callable[[nn.Module, tuple[Any, ...]], None]:
        return lambda _, inputs: see(key, inputs[0].flatten(0, -2))

    hooks = [module.register_forward_pre_hook(hook(key)) for key, module in modules.items()]
    try:
        with torch.inference_mode():
            yield
    finally:
        for one in hooks:
            one.remove()
