"""Making a share."""

from flask import Blueprint, g, redirect, render_template
from flask.typing import ResponseReturnValue

from passport.sharing.create_share import create_share
from passport.sharing.errors import NotAllowed, NothingChosen
from passport.sharing.share import Share
from passport.story.sections import shareable_story, story
from passport.trusts.errors import UnknownOrganisation
from passport.trusts.grant_share import share_with_organisation
from passport.trusts.organisations import list_organisations
from passport.web.error_words import error_words
from passport.web.forms.share_forms import ShareForm, share_form
from passport.web.section_words import fact_hints, section_hints
from passport.web.share_proof import just_made
from passport.web.signed_in import open_to_supporters, signed_in
from passport.wiring import wiring

blueprint = Blueprint("sharing_anew", __name__)


@blueprint.route("/shares/new", methods=["GET", "POST"])
@signed_in
@open_to_supporters
def new() -> ResponseReturnValue:
    """Choose who, what and how long."""
    database = wiring().database
    g.passport.access.require("share")
    sections, readable = shareable_story(database, g.passport), story(database, g.passport)
    organisations = [(o.organisation_id, o.name) for o in list_organisations(database)]
    form = share_form(sections, organisations)
    if form.validate_on_submit() and (share := _shared(form)):
        just_made(share.share_id)
        return redirect(f"/shares/{share.share_id}", 303)
    return render_template(
        "shares/new.html",
        form=form,
        section_hints=section_hints(readable),
        fact_hints=fact_hints(readable),
    )


def _shared(form: ShareForm) -> Share | None:
    try:
        return _share_with_chosen(form)
    except NothingChosen as error:
        form.sections.errors = [error_words(error)]
    except UnknownOrganisation as error:
        form.to.errors = [error_words(error)]
    except NotAllowed as error:
        form.add_problem(error)
    return None


def _share_with_chosen(form: ShareForm) -> Share:
    parts, once = wiring(), form.once.data or ""
    if not form.organisation_id:
        return create_share(parts.database, parts.pepper, g.passport, form.terms, once)
    return share_with_organisation(
        parts.database,
        parts.pepper,
        g.passport,
        form.terms,
        form.organisation_id,
        parts.settings.base_url,
        once,
    )
