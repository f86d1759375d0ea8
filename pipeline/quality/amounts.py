"""Checks across the amounts of several documents."""

import json
from collections.abc import Mapping

from pipeline.quality.model import Baseline, Check, Figures, Rule
from pipeline.resolution.rates import find_implied_rates, find_odd_rates
from pipeline.storage import Reader
from pipeline.tables import Claim, Document

_SHOWN = ("claim_id", "currency", "rate", "usual_rate", "evidence_text", "usual_evidence_text")


def implied_rates_agree() -> Check:
    """Return the check, a warning alone, that amounts stated in two currencies imply the usual rate of their time."""
    rule = Rule("usual_rate", "the rate that two stated amounts imply is near that of other documents of its time")

    def measure(reader: Reader, baseline: Baseline | None) -> Mapping[str, Figures]:
        del baseline
        claims, documents = reader.table(Claim), reader.table(Document)
        odd = find_odd_rates(claims, documents)
        sample = json.dumps(odd.select(_SHOWN).row(0, named=True), ensure_ascii=False) if len(odd) else None
        return {rule.name: Figures(len(find_implied_rates(claims, documents)), len(odd), sample)}

    return Check(
        "claims_implied_rates_agree",
        Claim,
        "Exchange rates that articles imply are those of their time.",
        "warn",
        ("claims", "documents"),
        (rule,),
        measure,
    )
