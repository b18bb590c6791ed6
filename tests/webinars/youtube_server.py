"""A YouTube of the tests: a local HTTP server that answers what it is told to."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

RECORDED = json.loads(Path(__file__).with_name("youtube_videos_list.json").read_text(encoding="utf-8"))


def item(video_id: str, *, privacy: str = "public", views: str = "431", **content) -> dict:
    """A video as in the recorded answer."""
    sample = RECORDED["items"][0]
    return {
        **sample,
        "id": video_id,
        "status": {**sample["status"], "privacyStatus": privacy},
        "statistics": {**sample["statistics"], "viewCount": views},
        "contentDetails": {**sample["contentDetails"], **content},
    }


class YouTube:
    """``videos`` by id are what it knows; ``script`` holds answers (status, body) that come first, one a call."""

    def __init__(self):
        self.videos: dict[str, dict] = {}
        self.script: list[tuple[int, str]] = []
        self.calls: list[list[str]] = []
        self.keys: list[str] = []
        self.addresses: list[str] = []
        youtube = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                status, body = youtube.answer(self.path, self.headers)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *arguments):
                """Nothing to the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/youtube/v3/videos"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def answer(self, path: str, headers) -> tuple[int, str]:
        ids = parse_qs(urlsplit(path).query)["id"][0].split(",")
        self.calls.append(ids)
        self.keys.append(headers["X-Goog-Api-Key"])
        self.addresses.append(path)
        if self.script:
            return self.script.pop(0)
        items = [self.videos[video_id] for video_id in ids if video_id in self.videos]
        return 200, json.dumps({**RECORDED, "items": items})

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
