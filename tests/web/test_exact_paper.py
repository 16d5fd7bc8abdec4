"""Paper is exact: what was ticked is on it, letter for letter, and nothing else of the story."""

from dataclasses import replace
from io import BytesIO

import pypdf
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from passport.storage.database import Database
from tests.residents import new_resident
from tests.sharing.marked_story import BIRTH, FACTS, MARK, MarkedStory, plans
from tests.web.visitor import Visitor

MORE = ("This goes on in my passport.", "More is in my passport.")
# Paper takes no files, and so no words about them.
on_paper = plans.map(lambda plan: {key: replace(one, files=()) for key, one in plan.items()})


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(plan=on_paper, data=st.data())
def test_a_booklet_and_a_page_hold_what_was_ticked_and_no_other_word(
    app: Flask, database: Database, plan: dict, data: st.DataObject
) -> None:
    story = MarkedStory(new_resident(database), plan)
    story.write()
    browser = Visitor(app, story.resident.cookie)
    keys = data.draw(st.lists(st.sampled_from(sorted(plan)), unique=True, min_size=1))
    facts = data.draw(st.lists(st.sampled_from(FACTS), unique=True, max_size=3))
    ticked = {
        "sections": [key for key in keys if not plan[key].sensitive],
        "sensitive": [key for key in keys if plan[key].sensitive],
        "identity": facts,
    }
    wanted = story.held({*keys, *facts}, with_files=False)
    # Of who wrote each part there is a line in the booklet alone.
    for kind, expected in (("booklet", wanted), ("summary", wanted - story.writers)):
        told = _printed(browser, kind, {name: some for name, some in ticked.items() if some})
        found = set(MARK.findall(told))
        is_cut = kind == "summary" and any(words in told for words in MORE)
        assert found <= expected if is_cut else found == expected
        assert BIRTH not in told
        assert "27 March 1962" not in told


def _printed(browser: Visitor, kind: str, ticked: dict[str, list[str]]) -> str:
    """All words of a PDF, with what it says about itself."""
    none = dict.fromkeys(("sections", "identity"))
    checked = browser.presses(f"/paper/{kind}", f"/paper/{kind}", **(none | ticked))
    made = browser.presses_on(checked, f"/paper/{kind}/pdf")
    assert made.mimetype == "application/pdf"
    read = pypdf.PdfReader(BytesIO(made.data))
    told = [page.extract_text() for page in read.pages]
    return " ".join(" ".join([*told, str(read.metadata), str(read.xmp_metadata)]).split())
