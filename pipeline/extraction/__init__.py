"""From clean text to sentences, mentions and claims: one package a sub-step, values of `model` between them.

`extract` runs the steps over a batch of documents; `grounding` turns what an extractor returned into table rows and
refuses spans that are not in the text. Resolution across documents is no part of this package.
"""
