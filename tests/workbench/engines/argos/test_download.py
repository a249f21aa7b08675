import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from workbench.engines.argos.download import download
from workbench.errors import PackageError


@pytest.fixture
def server():
    """Serve the files in ``server.files`` from this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            data = self.server.files.get(self.path)
            self.send_response(200 if data is not None else 404)
            self.send_header("Content-Length", str(len(data or b"") + self.server.missing))
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, *_):
            pass

    httpd = HTTPServer(("127.0.0.1", 0), Handler)
    httpd.files, httpd.missing = {}, 0
    httpd.address = f"http://127.0.0.1:{httpd.server_port}"
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield httpd
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def entry(link, version="1.0", source="ar"):
    return {"from_code": source, "to_code": "en", "package_version": version, "links": [link]}


def test_the_newest_package_is_fetched_installed_and_its_checksum_told(server, pack, tmp_path):
    data = pack().read_bytes()
    index = [entry(f"{server.address}/old", "0.9"), entry(f"{server.address}/new", "1.10"), entry("x", "9", "fr")]
    server.files = {"/index.json": json.dumps(index).encode(), "/new": data}
    progress = []
    fetched = download(
        "ar", "en", tmp_path / "models", lambda *step: progress.append(step), index=f"{server.address}/index.json"
    )
    assert fetched.sha256 == hashlib.sha256(data).hexdigest()
    assert fetched.package.path.is_dir()
    assert progress[-1] == (len(data), len(data))


@pytest.mark.parametrize(
    ("files", "missing", "message"),
    [
        ({}, 0, "cannot be fetched"),
        ({"/index.json": b"<html>"}, 0, "cannot be understood"),
        ({"/index.json": b"[]"}, 0, "No package translates"),
        ({"/index.json": json.dumps([entry("http://example.org/x")]).encode()}, 0, "No package translates"),
        ({"/index.json": json.dumps([entry("file:///etc/passwd")]).encode()}, 0, "No package translates"),
    ],
)
def test_what_goes_wrong_is_told_and_nothing_installed(server, tmp_path, files, missing, message):
    server.files, server.missing = files, missing
    with pytest.raises(PackageError, match=message) as caught:
        download("ar", "en", tmp_path / "models", index=f"{server.address}/index.json")
    assert caught.value.hint
    assert not (tmp_path / "models").exists()


def test_a_package_that_is_none_is_not_installed(server, tmp_path):
    index = json.dumps([entry(f"{server.address}/p")]).encode()
    server.files = {"/index.json": index, "/p": b"not a zip"}
    with pytest.raises(PackageError, match="damaged"):
        download("ar", "en", tmp_path / "models", index=f"{server.address}/index.json")


def test_no_server_at_all_is_told_at_once(tmp_path):
    with pytest.raises(PackageError, match="cannot be fetched") as caught:
        download("ar", "en", tmp_path / "models", index="http://127.0.0.1:9/index.json")
    assert "FILE.argosmodel" in caught.value.hint
