from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from workbench.engines.argos import download as downloading
from workbench.engines.argos.download import download
from workbench.errors import PackageError
from workbench.settings import load_settings

ROOT = Path(__file__).parents[4]


class Files(BaseHTTPRequestHandler):
    """Serve ``server.files``; of /package ``server.missing`` bytes do not come; ``server.moved`` lead elsewhere."""

    server: FileServer

    def do_GET(self) -> None:
        if self.path in self.server.moved:
            self.send_response(302)
            self.send_header("Location", self.server.moved[self.path])
            self.end_headers()
            return
        data = self.server.files.get(self.path)
        self.send_response(200 if data is not None else 404)
        length = len(data or b"")
        if self.path == "/package":
            self.send_header("Content-Length", self.server.length or str(length + self.server.missing))
        else:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        if self.server.stalls_after and self.path == "/package":
            self.wfile.write((data or b"")[: self.server.stalls_after])
            self.wfile.flush()
            self.server.stalled.set()
            self.server.go_on.wait(60)
            return
        self.wfile.write(data or b"")

    def log_message(self, *_: object) -> None:
        pass


class FileServer(ThreadingHTTPServer):
    """Serve from this machine, on an address of its own."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Files)
        self.files: dict[str, bytes] = {}
        self.moved: dict[str, str] = {}
        self.missing, self.length, self.stalls_after = 0, "", 0
        self.stalled, self.go_on = threading.Event(), threading.Event()
        self.address = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that go away."""


@pytest.fixture
def server() -> Iterator[FileServer]:
    httpd = FileServer()
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield httpd
    httpd.go_on.set()
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def entry(link, version="1.0", source="ar", target="en"):
    return {"from_code": source, "to_code": target, "package_version": version, "links": [link]}


@pytest.fixture
def serve(server):
    """Return a function that serves an index with ``entries``, and ``package`` at /package; it returns the address."""

    def make(*entries, package=b""):
        server.files = {"/index.json": json.dumps(entries).encode(), "/package": package}
        return f"{server.address}/index.json"

    return make


def test_the_newest_package_is_fetched_installed_and_its_checksum_told(server, serve, pack, tmp_path):
    data = pack(version="1.10").read_bytes()
    index = serve(
        entry(f"{server.address}/old", "1.9"), entry(f"{server.address}/package", "1.10"), entry("x", "9", "fr"),
        package=data,
    )  # fmt: skip
    progress = []
    fetched = download("ar", "en", tmp_path / "models", lambda *step: progress.append(step), index=index)
    assert fetched.sha256 == hashlib.sha256(data).hexdigest()
    assert fetched.pin == "ar_en@1.10"
    assert fetched.package.path.is_dir()
    assert progress[-1] == (len(data), len(data))


def index_of(*entries):
    return {"/index.json": json.dumps(entries).encode()}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "cannot be fetched"),
        ({"/index.json": b"<html>"}, "cannot be understood"),
        ({"/index.json": b"[" * 200_000}, "cannot be understood"),
        ({"/index.json": b"[1]"}, "cannot be understood"),
        ({"/index.json": b"[]"}, "No package translates"),
        (index_of(entry("http://example.org/x")), "no secure address"),
        (index_of(entry("file:///etc/passwd")), "no secure address"),
        (index_of(entry("ftp://example.org/x")), "no secure address"),
        (index_of(entry("https://[")), "no secure address"),
        (index_of(entry("https://example.org/x", "../../1")), "no secure address"),
        (index_of(entry("https://example.org/x", source="../../ar")), "No package translates"),
    ],
)
def test_what_goes_wrong_is_told_and_nothing_installed(server, tmp_path, files, message):
    server.files = files
    with pytest.raises(PackageError, match=message) as caught:
        download("ar", "en", tmp_path / "models", index=f"{server.address}/index.json")
    assert caught.value.hint
    assert not (tmp_path / "models").exists()


def test_a_package_that_is_none_is_not_installed(server, serve, tmp_path):
    index = serve(entry(f"{server.address}/package"), package=b"not a zip")
    with pytest.raises(PackageError, match="damaged"):
        download("ar", "en", tmp_path / "models", index=index)


def test_no_server_at_all_is_told_at_once(tmp_path):
    with pytest.raises(PackageError, match="cannot be fetched") as caught:
        download("ar", "en", tmp_path / "models", index="http://127.0.0.1:9/index.json")
    assert "FILE.argosmodel" in caught.value.hint


@pytest.mark.parametrize("address", ["http://example.org/index.json", "file:///etc/passwd", "ftp://x/y", "http://["])
def test_an_index_that_is_not_secure_is_not_asked(tmp_path, address):
    with pytest.raises(PackageError, match="not a secure one"):
        download("ar", "en", tmp_path / "models", index=address)


@pytest.mark.parametrize("elsewhere", ["http://example.org/x", "file:///etc/passwd", "ftp://example.org/x"])
def test_a_server_may_not_lead_to_an_address_that_is_not_secure(server, serve, tmp_path, elsewhere):
    index = serve(entry(f"{server.address}/moved"))
    server.moved = {"/moved": elsewhere}
    with pytest.raises(PackageError, match=r"cannot be fetched|not secure"):
        download("ar", "en", tmp_path / "models", index=index)


def test_a_server_may_lead_to_a_secure_address(server, serve, pack, tmp_path):
    index = serve(entry(f"{server.address}/moved"), package=pack().read_bytes())
    server.moved = {"/moved": f"{server.address}/package"}
    assert download("ar", "en", tmp_path / "models", index=index).package.version == "1.0"


def test_the_next_address_is_tried_when_one_does_not_answer(server, serve, pack, tmp_path):
    links = ["http://127.0.0.1:9/package", f"{server.address}/gone", f"{server.address}/package"]
    index = serve(entry("") | {"links": links}, package=pack().read_bytes())
    assert download("ar", "en", tmp_path / "models", index=index).package.version == "1.0"


def test_a_connection_that_breaks_off_is_told(server, serve, pack, tmp_path):
    index = serve(entry(f"{server.address}/package"), package=pack().read_bytes())
    server.missing = 1000
    with pytest.raises(PackageError, match="broke off"):
        download("ar", "en", tmp_path / "models", index=index)
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize("length", ["-5", "many", "9" * 30])
def test_a_length_that_is_none_is_not_believed(server, serve, tmp_path, length):
    index = serve(entry(f"{server.address}/package"), package=b"no zip")
    server.length = length
    with pytest.raises(PackageError):
        download("ar", "en", tmp_path / "models", index=index)


def test_a_package_that_would_be_too_large_is_not_fetched(server, serve, pack, tmp_path, monkeypatch):
    monkeypatch.setattr(downloading, "_LARGEST_PACKAGE", 1000)
    index = serve(entry(f"{server.address}/package"), package=pack().read_bytes())
    with pytest.raises(PackageError, match="larger than any"):
        download("ar", "en", tmp_path / "models", index=index)


def test_a_server_that_dribbles_is_not_waited_for(server, serve, pack, tmp_path, monkeypatch):
    monkeypatch.setattr(downloading, "_PATIENCE", -1)
    monkeypatch.setattr(downloading, "_SLOWEST", 1e12)
    monkeypatch.setattr(downloading._Response, "read", lambda response, _: response.read_some(100_000))
    index = serve(entry(f"{server.address}/package"), package=pack().read_bytes())
    with pytest.raises(PackageError, match="too slow"):
        download("ar", "en", tmp_path / "models", index=index)


def test_a_server_that_says_nothing_more_is_given_up(server, serve, pack, tmp_path, monkeypatch):
    monkeypatch.setattr(downloading, "_SECONDS", 0.2)
    index = serve(entry(f"{server.address}/package"), package=pack().read_bytes())
    server.stalls_after = 1000
    with pytest.raises(PackageError, match="cannot be fetched"):
        download("ar", "en", tmp_path / "models", index=index)


def test_what_came_must_be_what_the_list_promised(server, serve, pack, tmp_path):
    index = serve(entry(f"{server.address}/package", "2.0"), package=pack().read_bytes())
    with pytest.raises(PackageError, match=r"promised ar_en@2\.0, and what came is ar_en@1\.0"):
        download("ar", "en", tmp_path / "models", index=index)


def test_a_pinned_package_may_not_become_another(server, serve, pack, tmp_path):
    index = serve(entry(f"{server.address}/package"), package=b"not even a zip")
    with pytest.raises(PackageError, match="not the one that was fetched before") as caught:
        download("ar", "en", tmp_path / "models", index=index, pins={"ar_en@1.0": "0" * 64})
    assert "pins" in caught.value.hint


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(PackageError, match="cannot be kept"), downloading._written(tmp_path / "no-folder" / "x"):
        pass


def test_the_command_installs_shows_the_checksum_and_pins_it(tarjama, home, server, serve, pack):
    archive = pack()
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    index = serve(entry(f"{server.address}/package"), package=archive.read_bytes())
    done = tarjama("models", "install", "ar", "en", "--index", index)
    assert done.code == 0
    assert f"SHA-256 of the archive: {digest}" in done.out
    assert load_settings(home.settings).pins == {"ar_en@1.0": digest}
    home.settings.write_text(home.settings.read_text() + "# mine\n")
    assert tarjama("models", "install", "ar", "en", "--index", index).code == 0
    assert "# mine" in home.settings.read_text()

    server.files["/package"] = pack({"translate-ar_en-tiny/README.md": b"other"}).read_bytes()
    refused = tarjama("models", "install", "ar", "en", "--index", index)
    assert refused.code == 2
    assert "not the one that was fetched before" in refused.err
    assert len(tarjama("models", "list", "--json").json) == 2  # with the gloss


def test_no_direct_package_is_told_with_the_two_that_do(tarjama, server, serve):
    index = serve(entry("https://x/1"), entry("https://x/2", source="en", target="fr"))
    refused = tarjama("models", "install", "ar", "fr", "--index", index)
    assert refused.code == 2
    assert "`tarjama models install ar en` and `tarjama models install en fr`" in refused.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs the signals of Unix")
def test_an_interrupted_download_leaves_nothing(home, server, serve, pack, tmp_path):
    index = serve(entry(f"{server.address}/package"), package=pack().read_bytes())
    server.stalls_after = 1000
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    child = subprocess.Popen(
        [sys.executable, "-m", "workbench", "models", "install", "ar", "en", "--index", index],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(scratch), "NO_PROXY": "127.0.0.1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert server.stalled.wait(60)
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=60)
    assert child.returncode == 130
    assert list(scratch.iterdir()) == []
    assert not home.root.exists()
