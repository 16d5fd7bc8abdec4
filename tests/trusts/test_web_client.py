"""The receiving program asks the servers it may, within limits, and nobody else."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from passport.trusts import web_client
from passport.trusts.web_client import AskingFailed, WebClient
from tests.servers import free_port

Serve = Callable[[Response], str]


@pytest.fixture
def asked() -> list[Request]:
    """What servers of this test were asked."""
    return []


@pytest.fixture
def serve(asked: list[Request]) -> Iterator[Serve]:
    """`serve(response)` starts a server that always answers so; returns its address."""
    servers = []

    def start(response: Response) -> str:
        def answer(environ, start_response):
            asked.append(Request(environ))
            return response(environ, start_response)

        server = make_server("127.0.0.1", free_port(), answer, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.port}"

    yield start
    for server in servers:
        server.shutdown()


def test_a_redirect_is_not_followed(serve, asked):
    target = serve(Response("a story"))
    url = serve(Response(status=302, headers={"Location": target}))
    with pytest.raises(AskingFailed, match="302"):
        WebClient({url, target}).ask("GET", url)
    assert len(asked) == 1


def test_a_server_that_is_not_allowed_is_not_asked(serve, asked):
    url = serve(Response("a story"))
    with pytest.raises(AskingFailed, match="--allow-origin"):
        WebClient({"https://passport.example"}).ask("GET", url)
    assert asked == []


@pytest.mark.parametrize(
    "url", ["http://passport.example/x", "ftp://passport.example", "file:///etc/passwd", "", "x"]
)
def test_only_https_is_asked(url):
    with pytest.raises(AskingFailed, match="https"):
        WebClient({url}).ask("GET", url)


def test_an_answer_that_never_ends_is_cut_off(serve, monkeypatch):
    monkeypatch.setattr(web_client, "MOST_BYTES", 200_000)
    url = serve(Response(b"x" * 10_000 for _ in iter(int, 1)))
    with pytest.raises(AskingFailed, match="too long"):
        WebClient({url}).ask("GET", url)


def test_an_answer_that_drips_is_cut_off(serve, monkeypatch):
    def drip() -> Iterator[bytes]:
        for _ in range(100):
            time.sleep(0.05)
            yield b"x" * 70_000

    monkeypatch.setattr(web_client, "LONGEST_SECONDS", 0.3)
    url, start = serve(Response(drip())), time.monotonic()
    with pytest.raises(AskingFailed, match="too slow"):
        WebClient({url}).ask("GET", url)
    assert time.monotonic() - start < 4


def test_a_password_of_the_users_own_never_takes_the_tokens_place(
    serve, asked, tmp_path: Path, monkeypatch
):
    url = serve(Response("a story"))
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login nurse password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    WebClient({url}).ask("GET", url, "the-token")
    WebClient({url}).ask("GET", url)
    assert [request.headers.get("Authorization") for request in asked] == ["Bearer the-token", None]


def test_nobody_answering_is_told_in_words():
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(AskingFailed, match="does not answer"):
        WebClient({url}).ask("GET", url)


@pytest.mark.parametrize("body", ["", "<html>", "[" * 100_000, b"\xff"])
def test_an_answer_that_is_no_json_is_told_in_words(serve, body):
    url = serve(Response(body))
    with pytest.raises(AskingFailed, match="JSON"):
        WebClient({url}).ask_json("GET", url)
