"""What a careful reader finds in the seeds is found: pinned so that a change of rules cannot lose it unseen."""

from pathlib import Path

import pytest

from pipeline.settings import Settings
from pipeline.storage import Reader, open_database
from tests.end_to_end.conftest import SEEDS, run_job


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = Settings(source=SEEDS, data=tmp_path_factory.mktemp("quality"))
    assert run_job(settings).result.success
    return settings.published_file


CLAIMS = {
    "a plan with its amount in two currencies": (
        "predicate = 'invest' AND modality = 'planned' AND subject LIKE 'Alibaba%' AND value_text LIKE '%$50 billion%'"
    ),
    "a denial by its speaker": (
        "predicate = 'invest' AND stance = 'denies' AND subject LIKE 'Alibaba%' AND object = 'DeepSeek' "
        "AND speaker LIKE 'Alibaba%'"
    ),
    "a figure with its change": "predicate = 'revenue_change' AND subject LIKE 'Alibaba%' AND value_text LIKE '8%'",
    "a share price with its direction": (
        "predicate = 'share_price_change' AND direction = 'increase' AND value_text = '14%'"
    ),
    "a user count": "predicate = 'user_count' AND subject = 'Doubao' AND value_text LIKE '%160 million%'",
    "a role from an apposition": "predicate = 'hold_role' AND subject = 'Wei Sun' AND object = 'Counterpoint Research'",
    "a quotation with its speaker": "predicate = 'say' AND attribution = 'direct_quote' AND speaker = 'Wei Sun'",
    "a meeting": "predicate = 'meet' AND subject IN ('Jack Ma', 'Xi Jinping')",
}


@pytest.mark.parametrize("name", CLAIMS)
def test_claim_is_found(name: str, published: Path) -> None:
    with open_database(published, read_only=True) as connection:
        assert Reader(connection).count(f"SELECT count(*) FROM claim_evidence WHERE {CLAIMS[name]}") >= 1


SHARED = [
    ("Alibaba", 5),
    ("Alibaba Group", 5),
    ("BABA", 5),
    ("Tencent", 3),
    ("ByteDance", 1),
    ("DeepSeek", 2),
    ("OpenAI", 3),
    ("Tongyi Qianwen", 2),
    ("Tongyi", 2),
]


@pytest.mark.parametrize(("name", "documents"), SHARED)
def test_entity_is_one_over_all_documents(name: str, documents: int, published: Path) -> None:
    with open_database(published, read_only=True) as connection:
        found = Reader(connection).query(
            "SELECT DISTINCT entity_id, document_count FROM entities JOIN entity_aliases USING (entity_id) "
            "WHERE alias = ?",
            [name],
        )
    assert found["document_count"].to_list() == [documents]


def test_the_denial_stands_with_its_speaker_and_medium(published: Path) -> None:
    with open_database(published, read_only=True) as connection:
        found = Reader(connection).query(
            "SELECT DISTINCT speaker, medium FROM denials WHERE predicate = 'invest' AND object = 'DeepSeek'"
        )
    assert found.rows() == [("Alibaba Group Holding Limited", "The Paper")]
