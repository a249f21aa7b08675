"""Build the embedded gloss package: a word-by-word Arabic-English dictionary in the form of an Argos model.

The package is made from the lexicon files in `workbench/data/gloss`, without training:
`lexicon` reads them, `surface` spells out whole word forms, `spelling` says how text is cut into words,
`network` writes the CTranslate2 model, `build` puts the package together, and `derive` proposes new entries
from parallel text.
"""
