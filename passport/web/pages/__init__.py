"""The groups of pages, one file for each."""

from passport.web.pages import (
    account,
    home,
    own_section,
    recover,
    section_editing,
    section_versions,
    share_changes,
    shares,
    sharing_anew,
    sign_in,
    sign_up,
    story,
)

blueprints = [
    home.blueprint,
    sign_up.blueprint,
    sign_in.blueprint,
    recover.blueprint,
    story.blueprint,
    own_section.blueprint,
    section_editing.blueprint,
    section_versions.blueprint,
    sharing_anew.blueprint,
    shares.blueprint,
    share_changes.blueprint,
    account.blueprint,
]
