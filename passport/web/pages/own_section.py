"""A new part of the resident's own."""

import re

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from passport.story.catalogue import OWN_SECTION
from passport.story.sections import new_own_key
from passport.web.forms.section_form import section_form
from passport.web.pages.section_drafts import kept_words, waiting_page, wanted
from passport.web.pages.section_editing import save_or_explain
from passport.web.signed_in import open_to_supporters, signed_in

blueprint = Blueprint("own_section", __name__)
_OWN_KEY = re.compile("own-[0-9a-f]{8}")


@blueprint.route("/story/own/new", methods=["GET", "POST"])
@signed_in
@open_to_supporters
def new() -> ResponseReturnValue:
    """Ask for a title and words.

    The key is chosen before the form is sent, so that pressing twice writes one section.
    """
    g.passport.access.require("write", OWN_SECTION.key)
    waiting = kept_words(OWN_SECTION.key)
    kept = wanted(waiting)
    if waiting and kept is None:
        return waiting_page(waiting, OWN_SECTION, OWN_SECTION.key, None)
    key = (dict(kept.fields) if kept else request.form).get("key", "")
    if not _OWN_KEY.fullmatch(key):
        key = new_own_key()
    form = section_form(OWN_SECTION, kept=kept.fields if kept else None)
    if kept:
        form.draft_form.data = kept.form
    return save_or_explain(form, OWN_SECTION, key, None)
