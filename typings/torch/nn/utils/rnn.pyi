from collections.abc import Sequence

from torch import Tensor

def pad_sequence(rows: Sequence[Tensor], batch_first: bool, padding_value: float = 0) -> Tensor: ...
