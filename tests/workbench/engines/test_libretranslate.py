"""The LibreTranslate engine against a server on this machine that does what a real one, or a broken one, does."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from corpus.model import DraftKind
from workbench.engines.contract import EngineContract
from workbench.engines.libretranslate import LibreTranslateEngine
from workbench.engines.protocol import notice
from workbench.errors import EngineError

KEY = "secret-key"


class Server:
    """A server; ``answers`` are (status, headers, body) to give first, afterwards it translates letter by letter."""

    def __init__(self):
        self.requests = []
        self.answers = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append((self.path, body))
                translated = {"translatedText": [f"[{text.strip()}]" for text in body["q"]]}
                status, headers, answer = outer.answers.pop(0) if outer.answers else (200, {}, translated)
                data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                for name, value in {"Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_args):
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def close(self):
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@pytest.fixture
def server():
    made = Server()
    yield made
    made.close()


def engine(server, waited=None, **options):
    return LibreTranslateEngine(server.url, "ar", "en", wait=(waited if waited is not None else []).append, **options)


class TestContract(EngineContract):
    @pytest.fixture(autouse=True)
    def serve(self, server):
        self.server = server

    def make(self):
        return engine(self.server)


def test_each_sentence_is_sent_and_has_its_place(server):
    text = "قال المتحدث.  وعاد السكان؟\nفي المدينة"
    (drafted,) = engine(server, key=KEY).draft([text])
    assert drafted.text == "[قال المتحدث.] [وعاد السكان؟]\n[في المدينة]"
    assert [text[piece.start : piece.end] for piece in drafted.pieces] == ["قال المتحدث.", "وعاد السكان؟", "في المدينة"]
    ((path, body),) = server.requests
    assert path == "/translate"
    assert body == {
        "q": ["قال المتحدث.", "وعاد السكان؟", "في المدينة"],
        "source": "ar",
        "target": "en",
        "format": "text",
        "api_key": KEY,
    }


def test_texts_are_sent_together_and_the_first_one_soon(server):
    drafts = list(engine(server).draft(["قال المتحدث في المدينة مساء الأحد." * 3] * 200))
    assert len(drafts) == 200
    sizes = [len(body["q"]) for _, body in server.requests]
    assert sizes[0] < sizes[-2]
    assert len(sizes) < 40
    assert all("api_key" not in body for _, body in server.requests)


def test_a_cancelled_job_sends_no_more(server):
    drafts = engine(server).draft(["قال المتحدث. " * 20] * 200, lambda: bool(server.requests))
    assert len(list(drafts)) < 10
    assert len(server.requests) == 1


def test_it_names_the_server_and_no_model_it_cannot_know(server):
    identity = engine(server).identity
    assert identity.name == server.url.removeprefix("http://")
    assert (identity.sha256, identity.version, identity.kind) == ("", "unknown", DraftKind.TRANSLATION)
    assert server.requests == []


def test_a_user_is_told_where_the_text_goes(server):
    assert "leaves this machine: it is sent to 127.0.0.1:" in notice(engine(server))


def test_what_fails_for_a_moment_is_tried_again(server):
    server.answers = [(503, {}, {"error": "busy"}), (429, {"Retry-After": "3"}, {"error": "slow down"})]
    waited: list[float] = []
    (drafted,) = engine(server, waited).draft(["من"])
    assert drafted.text == "[من]"
    assert len(server.requests) == 3
    assert sum(waited) == pytest.approx(1 + 3)


def test_it_does_not_wait_for_a_job_that_is_cancelled(server):
    server.answers = [(429, {"Retry-After": "50"}, {})] * 9
    waited: list[float] = []
    with pytest.raises(EngineError, match="429"):
        list(engine(server, waited).draft(["من"], lambda: bool(server.requests)))
    assert waited == []


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((400, {}, {"error": "ar is not supported"}), "refused \\(400\\): ar is not supported"),
        ((403, {}, {"error": f"Invalid API key {KEY}\x1b[31m"}), "refused \\(403\\): Invalid API key …␛"),
        ((500, {}, b"<html>"), "refused \\(500\\): Internal Server Error"),
        ((302, {"Location": "http://127.0.0.1:1/"}, b""), "sends its visitors to another address"),
        ((200, {}, b"<html>"), "does not answer as a LibreTranslate server does"),
        ((200, {}, b"[" * 100_000), "does not answer as a LibreTranslate server does"),
        ((200, {}, {"translatedText": "one"}), "does not answer as"),
        ((200, {}, {"translatedText": ["one", "two"]}), "returned 2 texts for 1"),
        ((200, {}, {"translatedText": [None]}), "does not answer as"),
        ((200, {"Content-Length": "500"}, b"{"), "does not answer as"),
    ],
)
def test_what_goes_wrong_is_told_in_words(server, answer, message):
    server.answers = [answer] * 4
    with pytest.raises(EngineError, match=message) as caught:
        list(engine(server, key=KEY).draft(["من"]))
    assert KEY not in caught.value.message + caught.value.hint


def test_a_server_that_is_not_there_is_told(server):
    server.close()
    waited: list[float] = []
    with pytest.raises(EngineError, match="cannot be reached"):
        list(engine(server, waited).draft(["من"]))
    assert sum(waited) == pytest.approx(1 + 2 + 4)


def test_control_characters_of_the_server_are_made_visible(server):
    server.answers = [(200, {}, {"translatedText": ["a\x1b[2Jb\nc"]})]
    (drafted,) = engine(server).draft(["من"])
    assert drafted.text == "a␛[2Jb\nc"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "libretranslate_url is not set"),
        ("http://translate.example.org", "not encrypted"),
        ("http://127.0.0.1.example.org", "not encrypted"),
        ("https://anna:pass@translate.example.org", "password in it"),
        ("ftp://translate.example.org", "no address of a translation server"),
        ("translate.example.org", "no address of a translation server"),
        ("https://translate.example.org/?q=1", "no address of a translation server"),
        ("https://[::1", "cannot be understood"),
        ("https://translate.example.org:port", "cannot be understood"),
    ],
)
def test_text_is_sent_encrypted_or_stays_on_this_machine(url, message):
    with pytest.raises(EngineError, match=message) as caught:
        LibreTranslateEngine(url, "ar", "en")
    assert "pass@" not in caught.value.message


@pytest.mark.parametrize("url", ["https://translate.example.org", "http://localhost:5000/", "http://[::1]:5000"])
def test_good_addresses(url):
    assert LibreTranslateEngine(url, "ar", "en").host


def test_the_command_says_that_the_text_leaves_the_machine_whenever_some_does(server, tarjama, tmp_path, home):
    (tmp_path / "a.txt").write_text("قال المتحدث", encoding="utf-8")
    assert tarjama("init", "p.tarjama").code == 0
    assert tarjama("import", "p.tarjama", "a.txt").code == 0
    home.root.mkdir(exist_ok=True)
    home.settings.write_text(f'engine = "libretranslate"\nlibretranslate_url = "{server.url}"\n', encoding="utf-8")
    host = server.url.removeprefix("http://")
    done = tarjama("draft", "p.tarjama")
    assert f"leaves this machine: it is sent to {host}" in done.err
    assert f"Drafted 1 segments (translation by {host} unknown)." in done.out
    assert [body["q"] for _, body in server.requests] == [["قال المتحدث"]]
    again = tarjama("draft", "p.tarjama")
    assert (again.err, len(server.requests)) == ("", 1)


def test_the_doctor_sends_nothing(server, tarjama, home):
    home.root.mkdir(exist_ok=True)
    home.settings.write_text(f'engine = "libretranslate"\nlibretranslate_url = "{server.url}"\n', encoding="utf-8")
    assert "sends the text to" in tarjama("doctor").out
    assert server.requests == []
