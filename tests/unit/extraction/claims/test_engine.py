"""What the engines make of trees set up by hand: constructions hold whatever language pipeline reads the words."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.extraction.claims import find_claims
from pipeline.extraction.model import Analysis, Article, ClaimDraft, EntityDraft, MentionDraft, Span
from pipeline.extraction.quantities import find_quantities
from pipeline.predicates import load_registry

VOCAB = Vocab()


@dataclass(frozen=True)
class Parsed:
    """A sentence with its tree: `form lemma TAG POS head relation` a line, heads counted from one, 0 for the root."""

    lines: str
    names: Sequence[str]

    def claims(self) -> list[str]:
        return [self._describe(claim) for claim in self.drafts()]

    def drafts(self) -> Sequence[ClaimDraft]:
        rows = [line.split() for line in self.lines.strip().splitlines()]
        heads = [int(row[4]) - 1 if row[4] != "0" else number for number, row in enumerate(rows)]
        doc = Doc(
            VOCAB,
            words=[row[0] for row in rows],
            lemmas=[row[1] for row in rows],
            tags=[row[2] for row in rows],
            pos=[row[3] for row in rows],
            heads=heads,
            deps=[row[5] if row[4] != "0" else "ROOT" for row in rows],
            sent_starts=[number == 0 for number in range(len(rows))],
        )
        text = doc.text
        mentions = [
            MentionDraft(Span(text.index(name), text.index(name) + len(name)), "name", number, 0.9, "mention.test")
            for number, name in enumerate(self.names)
        ]
        analysis = Analysis(
            article=Article("test", text, None, None),
            doc=doc,
            entities=tuple(EntityDraft(name, "organization") for name in self.names),
            mentions=tuple(mentions),
            quantities=tuple(find_quantities(text)),
        )
        return find_claims(analysis, load_registry())

    def _describe(self, claim: ClaimDraft) -> str:
        held = claim.object
        parties = [claim.subject.entity, held.entity if held is not None else None]
        named = [self.names[number] if number is not None else "-" for number in parties]
        value = f" {claim.quantity.low:g}" if claim.quantity is not None else ""
        return f"{claim.predicate} {named[0]} > {named[1]}{value}"


PASSIVE = Parsed(
    """
    Fitbit Fitbit NNP PROPN 3 nsubj:pass
    was be VBD AUX 3 aux:pass
    bought buy VBN VERB 0 root
    by by IN ADP 5 case
    Google Google NNP PROPN 3 obl:agent
    . . . PUNCT 3 punct
    """,
    ("Fitbit", "Google"),
)
RELATIVE = Parsed(
    """
    Slack Slack NNP PROPN 9 nsubj
    , , , PUNCT 5 punct
    which which WDT PRON 5 obj
    Salesforce Salesforce NNP PROPN 5 nsubj
    bought buy VBD VERB 1 acl:relcl
    , , , PUNCT 5 punct
    has have VBZ AUX 9 aux
    not not RB PART 9 advmod
    changed change VBN VERB 0 root
    . . . PUNCT 9 punct
    """,
    ("Slack", "Salesforce"),
)
COORDINATION = Parsed(
    """
    Tencent Tencent NNP PROPN 4 nsubj
    and and CC CCONJ 3 cc
    Baidu Baidu NNP PROPN 1 conj
    sued sue VBD VERB 0 root
    Google Google NNP PROPN 4 obj
    . . . PUNCT 4 punct
    """,
    ("Tencent", "Baidu", "Google"),
)
JOINED = Parsed(
    """
    Alphabet Alphabet NNP PROPN 3 compound
    - - HYPH PUNCT 1 punct
    owned own VBN VERB 4 amod
    Waymo Waymo NNP PROPN 5 nsubj
    grew grow VBD VERB 0 root
    . . . PUNCT 5 punct
    """,
    ("Alphabet", "Waymo"),
)
PLURAL_FOR_VERB = Parsed(
    """
    Geely geely RB ADV 2 advmod
    controls control NNS NOUN 0 root
    78 78 CD NUM 4 nummod
    % % NN NOUN 2 list
    of of IN ADP 6 case
    Volvo Volvo NNP PROPN 4 nmod
    . . . PUNCT 2 punct
    """,
    ("Geely", "Volvo"),
)
NAME_FOR_VERB = Parsed(
    """
    Boeing boe VBG VERB 0 root
    bought buy VBD VERB 1 xcomp
    Spirit Spirit NNP PROPN 2 obj
    . . . PUNCT 1 punct
    """,
    ("Boeing", "Spirit"),
)
STRANDED_POSSESSOR = Parsed(
    """
    Cisco Cisco NNP PROPN 3 nsubj
    's 's POS PART 3 cop
    takeover takeover NN NOUN 0 root
    of of IN ADP 5 case
    Splunk Splunk NNP PROPN 3 nmod
    . . . PUNCT 3 punct
    """,
    ("Cisco", "Splunk"),
)
NOUN_FOR_INFINITIVE = Parsed(
    """
    Ford Ford NNP PROPN 2 nsubj
    wants want VBZ VERB 0 root
    to to TO PART 4 case
    team team NN NOUN 2 obl
    up up RP ADP 4 advmod
    , , , PUNCT 7 punct
    buy buy VB VERB 2 conj
    Rivian Rivian NNP PROPN 7 obj
    . . . PUNCT 2 punct
    """,
    ("Ford", "Rivian"),
)


@pytest.mark.parametrize(
    ("parsed", "expected"),
    [
        pytest.param(PASSIVE, {"acquire Google > Fitbit"}, id="passive"),
        pytest.param(RELATIVE, {"acquire Salesforce > Slack"}, id="relative clause"),
        pytest.param(COORDINATION, {"sue Tencent > Google", "sue Baidu > Google"}, id="coordination"),
        pytest.param(JOINED, {"subsidiary_of Waymo > Alphabet"}, id="participle joined to its agent"),
    ],
)
def test_a_construction_fills_the_roles(parsed: Parsed, expected: set[str]) -> None:
    assert set(parsed.claims()) == expected


@pytest.mark.parametrize(
    ("parsed", "expected"),
    [
        pytest.param(PLURAL_FOR_VERB, {"hold_stake Geely > Volvo 78"}, id="a plural for a verb"),
        pytest.param(NAME_FOR_VERB, {"acquire Boeing > Spirit"}, id="a name for a verb"),
        pytest.param(STRANDED_POSSESSOR, {"acquire Cisco > Splunk"}, id="a possessor for a subject"),
    ],
)
def test_a_tree_that_names_rule_out_is_mended(parsed: Parsed, expected: set[str]) -> None:
    assert set(parsed.claims()) == expected


def test_an_infinitive_taken_for_a_noun_hands_its_plan_to_the_verb_joined_to_it() -> None:
    (claim,) = NOUN_FOR_INFINITIVE.drafts()
    assert (claim.predicate, claim.modality) == ("acquire", "planned")
