"""The groups of pages, one file for each."""

from passport.web.pages import home, recover, sign_in, sign_up

blueprints = [
    home.blueprint,
    sign_up.blueprint,
    sign_in.blueprint,
    recover.blueprint,
]
