"""A small package of our own, made in a moment by the builder of the gloss: word for word, so its output is known."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import sentencepiece

from workbench.engines.argos.gloss.network import write_network
from workbench.engines.argos.packages import ModelPackage, read_package

WORDS = {
    "قال": "said",
    "المتحدث": "spokesman",
    "في": "in",
    "المدينة": "city",
    "مساء": "evening",
    "الأحد": "Sunday",
    "من": "from",
    "هدنة": "truce",
    ".": ".",
    "؟": "?",
    "user_name": "user_name",
}


FRENCH = {"said": "dit", "spokesman": "porte-parole", "in": "dans", "city": "ville", "from": "de", ".": ".", "?": "?"}


def build(folder: Path, words: dict[str, str], source: str, target: str) -> Path:
    """Make the folder of a package that translates ``words`` one by one."""
    folder.mkdir()
    (folder.parent / "words.txt").write_text("\n".join(words), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder.parent / "words.txt"),
        model_prefix=str(folder / "sentencepiece"),
        model_type="word",
        vocab_size=100,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
        num_threads=1,
    )
    (folder / "sentencepiece.vocab").unlink()
    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    vocabulary = [processor.id_to_piece(index) for index in range(processor.get_piece_size())]
    (folder / "model").mkdir()
    write_network(folder / "model", {f"▁{word}": f"▁{other}" for word, other in words.items()}, vocabulary)
    (folder / "metadata.json").write_text(json.dumps(metadata(source, target)), encoding="utf-8")
    return folder


def metadata(source: str = "ar", target: str = "en", version: str = "1.0") -> dict[str, object]:
    return {
        "package_version": version,
        "argos_version": "1.0",
        "from_code": source,
        "from_name": source.upper(),
        "to_code": target,
        "to_name": target.upper(),
        "links": [],
    }


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a package that knows ``WORDS``."""
    return build(tmp_path_factory.mktemp("tiny") / "translate-ar_en-tiny", WORDS, "ar", "en")


@pytest.fixture(scope="session")
def french_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a package that knows ``FRENCH``, from English."""
    return build(tmp_path_factory.mktemp("french") / "translate-en_fr-tiny", FRENCH, "en", "fr")


@pytest.fixture
def tiny(tiny_folder: Path) -> ModelPackage:
    return read_package(tiny_folder)


@pytest.fixture
def pack(tiny_folder: Path, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that zips the tiny package, with files changed, added or (None) left out."""

    def make(
        changes: dict[str, bytes | None] | None = None,
        *,
        top: str = "translate-ar_en-tiny",
        version: str = "",
        folder: Path = tiny_folder,
    ) -> Path:
        contents: dict[str, bytes | None] = {
            f"{top}/{path.relative_to(folder).as_posix()}": path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        if version:
            contents[f"{top}/metadata.json"] = json.dumps(metadata(version=version)).encode()
        contents |= changes or {}
        archive = tmp_path / "tiny.argosmodel"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            for name, data in contents.items():
                if data is not None:
                    file.writestr(name, data)
        return archive

    return make


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
