from glossary.matcher import Matcher
from glossary.model import TermEntry
from workbench.ui.widgets.term_panel import TermPanel


def test_terms_inside_longer_ones_stand_last():
    matcher = Matcher(
        TermEntry(term, term, term, english)
        for term, english in [("قصف", "shelling"), ("قصف مدفعي", "artillery fire"), ("مدينة", "city")]
    )
    panel = TermPanel()
    panel.show(matcher.find("القصف المدفعي في المدينة"))
    lines = [line for line in str(panel.content).splitlines() if line.startswith("★")]
    assert [line.split()[1] for line in lines] == ["artillery", "city", "shelling"]
    assert "inside a longer term" in lines[2]
