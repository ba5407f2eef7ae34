#!/usr/bin/env python3
"""A hub of models on this machine, for tests: two servers, the hub and the one it sends people to for large files, with every
bad habit that servers have. The repository's name says which: "test/drops". Prints both ports, lives as long as its input."""
import hashlib
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

LARGE = 300_000
LOG, COUNTS, LOCK = [], {}, threading.Lock()


def content(path, size):
    """Bytes that differ from place to place and from file to file."""
    seed = sum(path.encode())
    return bytes((i * 31 + (i >> 8) * 17 + seed) % 251 for i in range(size))


FILES = {"model_index.json": b'{"_class_name": "WanPipeline"}\n', "vae/config.json": b"{}\n",
         "transformer/weights.safetensors": content("transformer/weights.safetensors", LARGE),
         "vae/weights.safetensors": content("vae/weights.safetensors", 1000),
         "assets/picture.png": b"not wanted"}


def is_large(path):
    return path.endswith(".safetensors")


def git_id(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def count(key):
    """How often something has happened before."""
    with LOCK:
        COUNTS[key] = COUNTS.get(key, 0) + 1
        return COUNTS[key] - 1


def listing(habit):
    entries = [{"type": "directory", "path": "vae", "size": 0, "oid": "0" * 40}]
    for path, data in FILES.items():
        entry = {"type": "file", "path": path, "size": len(data), "oid": git_id(data)}
        if is_large(path):
            entry["lfs"] = {"oid": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 134}
        entries.append(entry)
    if habit == "climbs":
        entries.append({"type": "file", "path": "../evil", "size": 1, "oid": "0" * 40})
    if habit == "no-checksum":
        entries[1]["oid"] = ""
    if habit == "lists-more":
        entries[3]["lfs"]["size"] += 1
    return entries


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    name = "hub"

    def log_message(self, *_):
        pass

    def reply(self, status, body=b"", **headers):
        self.send_response(status)
        headers.setdefault("Content_Length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def handle_one(self):
        address = urlparse(self.path)
        with LOCK:
            LOG.append({"server": self.name, "method": self.command, "path": address.path, "proxied": bool(address.netloc),
                        "range": self.headers.get("Range", ""), "if_range": self.headers.get("If-Range", ""),
                        "authorization": self.headers.get("Authorization", "")})
        if address.path == "/log":
            return self.reply(200, json.dumps(LOG).encode())
        self.serve(address.path.strip("/").split("/"), parse_qs(address.query))

    do_GET = do_HEAD = handle_one

    def serve(self, parts, query):
        if parts[:2] == ["api", "models"]:
            return self.serve_list(parts[3], query)
        habit, path = parts[1], "/".join(parts[4:])
        if path not in FILES:
            return self.reply(404)
        if habit == "private" and self.headers.get("Authorization") != "Bearer secret":
            return self.reply(401)
        if habit == "renamed" and count(path) == 0:
            return self.reply(307, Location=f"/test/plain/resolve/main/{path}")
        if habit == "circles":
            return self.reply(307, Location=f"/test/circles/resolve/main/{path}")
        if habit == "unencrypted":
            return self.reply(302, Location="http://example.com/" + path)
        if not is_large(path):
            return self.serve_bytes(habit, path, '"' + git_id(FILES[path]) + '"')
        signature = count("signature " + path)
        size = len(FILES[path]) + (1 if habit == "tells-more" else 0)
        self.reply(302, Location=f"http://127.0.0.1:{PORTS['cdn']}/{habit}/{path}?signature={signature}",
                   X_Linked_Size=str(size), X_Linked_Etag='"' + hashlib.sha256(FILES[path]).hexdigest() + '"')

    def serve_list(self, habit, query):
        if habit == "missing":
            return self.reply(404)
        if habit == "busy-list" and count("list") < 2:
            return self.reply(503, Retry_After="0")
        entries = listing(habit)
        if habit != "pages":
            return self.reply(200, json.dumps(entries).encode())
        page = int(query.get("cursor", ["0"])[0])
        link = f"<http://127.0.0.1:{PORTS['hub']}/api/models/test/pages/tree/main?recursive=true&cursor={page + 1}>; rel=\"next\""
        headers = {"Link": link} if page + 1 < len(entries) else {}
        self.reply(200, json.dumps(entries[page:page + 1]).encode(), **headers)

    def serve_bytes(self, habit, path, etag):
        """The bytes of a file, or what the habit makes of them."""
        if len(FILES[path]) < LARGE:
            habit = "plain"  # the habits are those of large files
        data, number = FILES[path], count(habit + " bytes " + path)
        if habit in ("busy", "broken") and number < 2:
            return self.reply(429 if habit == "busy" else 500, Retry_After="0")
        if habit in ("always-busy", "always-broken"):
            return self.reply(429 if habit == "always-busy" else 500, Retry_After="0")
        if habit == "refuses-ranges" or (habit == "refuses-once" and number == 0):
            return self.reply(416)
        if habit == "wrong-byte" or (habit == "wrong-once" and number < 3):
            data = data[:10] + bytes([data[10] ^ 1]) + data[11:]
        asked = self.headers.get("Range", "")
        ignores = habit in ("ignores-range", "ignores-and-drops") or self.headers.get("If-Range", etag) != etag
        if not asked or ignores:
            begin, body, status, extra = 0, data, 200, {}
        else:
            begin, end = (int(text) for text in asked.removeprefix("bytes=").split("-"))
            body, status = data[begin:end + 1], 206
            total = len(data) + (7 if habit == "other-total" else 0)
            extra = {"Content_Range": f"bytes {begin}-{begin + len(body) - 1}/{total}"}
        announced = len(body)
        if habit == "sends-more" and status == 206:
            body, announced = body + b"surplus", announced + 7
        if habit == "drops" or (habit in ("ignores-and-drops", "new-etag") and number == 0):
            body = body[:20_000]
        if habit == "stalls":
            body = body[:len(body) // 2]
        if habit == "never-all":
            body = body[:max(0, LARGE - 10 - begin)]
        self.send_response(status)
        self.send_header("Content-Length", str(announced))
        self.send_header("ETag", etag if habit != "new-etag" else f'"{number}"')
        for key, value in extra.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
            if habit == "stalls":
                self.rfile.read(1)  # until the other side hangs up
        if len(body) != announced:
            self.close_connection = True


class Cdn(Handler):
    name = "cdn"

    def serve(self, parts, query):
        habit, path = parts[0], "/".join(parts[1:])
        if habit == "expires" and query["signature"] == ["0"]:
            return self.reply(403)
        return self.serve_bytes(habit, path, '"bytes-of-' + path.replace("/", "-") + '"')


PORTS = {}


def main():
    for name, handler in (("hub", Handler), ("cdn", Cdn)):
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # clients that hang up are part of the tests
        PORTS[name] = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(PORTS["hub"], PORTS["cdn"], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
