"""A resident with a share, and a reader who has nothing but the link."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.app_residents import Resident, sign_up_resident
from tests.applications import make_app


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """The application."""
    return make_app(tmp_path)


@pytest.fixture
def resident(app: Flask) -> Resident:
    """A resident who has written something."""
    return sign_up_resident(app)


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    """A program without cookies."""
    return app.test_client(use_cookies=False)
