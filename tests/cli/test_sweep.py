"""`flask sweep` ends what a crash or an old backup left."""

from pathlib import Path

from sqlalchemy import select

from passport.storage import tables
from passport.wiring import wiring
from tests.app_residents import sign_up_resident
from tests.applications import make_app


def test_it_deletes_what_is_left_of_an_erased_passport(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    gone, stays = sign_up_resident(app), sign_up_resident(app, "Nia Price")
    gone.wired.database.erasure_keys.destroy(gone.passport.passport_id)
    answer = app.test_cli_runner().invoke(args=["sweep"])
    assert answer.output == "1 erased passport was still there and is gone now.\n"
    passports = tables.passports
    with app.app_context(), wiring().database.read() as connection:
        left = connection.execute(select(passports.c.passport_id)).scalars().all()
    assert left == [stays.passport.passport_id]
    assert app.test_cli_runner().invoke(args=["sweep"]).output == "Nothing is left over.\n"
