from collections.abc import Iterable

from torch import Tensor
from torch.nn.utils import rnn as rnn

def clip_grad_norm_(parameters: Iterable[Tensor], most: float) -> Tensor: ...
