"""The network layer that gives the entity recogniser words, syntax and name features together.

Belongs here: the layers our pipeline's configuration names that spaCy does not have. Does not belong here: the features
themselves.
"""

from collections.abc import Callable

from spacy.ml.featureextractor import FeatureExtractor
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import (
    HashEmbed,  # pyright: ignore[reportUnknownVariableType]
    Maxout,  # pyright: ignore[reportUnknownVariableType]
    Model,
    chain,
    concatenate,  # pyright: ignore[reportUnknownVariableType]
    list2ragged,
    ragged2list,
    with_array,
)
from thinc.types import Floats2d, Ints2d, Ragged

from pipeline.language.name_features import FEATURE_COUNT, FEATURES_KEY

NAME = "winnow.NameEmbed.v1"

Embedding = Model[list[Doc], list[Floats2d]]


@registry.architectures(NAME)
def embed_names(
    width: int, attrs: list[str], rows: list[int], widths: list[int], syntax: Embedding | None = None
) -> Embedding:
    """Return a layer from documents to `width` floats a token, mixed from three inputs.

    These are hashed embeddings of the token attributes `attrs` (as in spacy.MultiHashEmbed.v2; `rows` and `widths` hold
    one figure for each), the features of `name_features`, and the output of the syntax network `syntax`, which learning
    names does not change.
    """
    hashed: list[Model[Ints2d, Floats2d]] = [
        HashEmbed(each, number, column=column, seed=column + 8)
        for column, (number, each) in enumerate(zip(rows, widths, strict=True))
    ]
    words: Model[list[Doc], Ragged] = chain(
        FeatureExtractor(attrs),
        list2ragged(),
        with_array(concatenate(*hashed)),  # pyright: ignore[reportUnknownArgumentType]
    )
    features: Model[list[Doc], Ragged] = chain(_name_features(), list2ragged())
    inputs = [words, features]
    size = sum(widths) + FEATURE_COUNT
    if syntax is not None:
        inputs.append(chain(syntax, list2ragged()))
        size += syntax.get_dim("nO")
    return chain(concatenate(*inputs), with_array(Maxout(width, size, nP=3, normalize=True)), ragged2list())


def _name_features() -> Embedding:
    return Model("winnow_name_features", _read_features, dims={"nO": FEATURE_COUNT})


def _read_features(
    model: Embedding, docs: list[Doc], is_train: bool
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]:
    features = [model.ops.asarray2f(doc.user_data[FEATURES_KEY], dtype="float32") for doc in docs]
    return features, lambda _: []
