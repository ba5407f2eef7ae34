#!/usr/bin/env python3
"""A package index on this machine, for tests: small wheels with the names of libtorch and NVIDIA's libraries, served with
ranges. The first time the last half of nvidia-cublas is asked for, it never arrives. Prints its port (and 0), lives as long as its
input; /log tells what was asked for."""
import hashlib
import io
import json
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def wheel(name, version, requires, files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
        info = f"{name.replace('-', '_')}-{version}.dist-info"
        lines = "".join(f"Requires-Dist: {one}\n" for one in requires)
        extras = "Provides-Extra: cublas\nProvides-Extra: cufft\n" if name == "cuda-toolkit" else ""
        archive.writestr(info + "/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{extras}{lines}")
        archive.writestr(info + "/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(info + "/licenses/LICENSE", "may be used\n")
        archive.writestr(info + "/RECORD", "")
    return f"{name.replace('-', '_')}-{version}-py3-none-any.whl", data.getvalue()


WHEELS = {name: wheel(name, *rest) for name, *rest in (
    ("torch", "2.13.0", ['cuda-toolkit[cublas]==13.0.3; platform_system == "Linux"', "nowhere-to-be-found"],
     {"torch/lib/libtorch.so": "no library", "torch/lib/libtorch_cpu.so": "no library", "torch/__init__.py": "import this"}),
    ("cuda-toolkit", "13.0.3.0", ['nvidia-cublas==13.1.*; extra == "cublas"', 'nvidia-cufft==12.0.*; extra == "cufft"'], {}),
    ("nvidia-cublas", "13.1.1.3", [], {"nvidia/cu13/lib/libcublas.so.13": bytes(i * 31 % 251 for i in range(400_000))}),
    ("nvidia-cufft", "12.0.0.61", [], {"nvidia/cu13/lib/libcufft.so.12": "not asked for"}))}
LOG, LOCK, HELD = [], threading.Lock(), []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, kind="text/html", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        return body if self.command == "GET" else b""

    def file(self, data, tag, hold):
        first, last = 0, len(data) - 1
        asked = self.headers.get("Range", "")
        if asked.startswith("bytes="):
            begin, _, end = asked[6:].partition("-")
            first = int(begin) if begin else max(0, len(data) - int(end))
            last = min(int(end), last) if begin and end else last
        body = data[first:last + 1]
        place = {"Content_Range": f"bytes {first}-{last}/{len(data)}"} if asked else {}
        body = self.answer(206 if asked else 200, body, "application/octet-stream", Accept_Ranges="bytes", ETag=f'"{tag}"', **place)
        with LOCK:
            hold = hold and len(body) > len(data) // 2 and not HELD
            if hold:
                HELD.append(True)
        self.wfile.write(body[:len(body) // 2] if hold else body)
        if hold:
            self.wfile.flush()
            threading.Event().wait()

    def do_GET(self):
        with LOCK:
            LOG.append({"method": self.command, "path": self.path, "range": self.headers.get("Range", "")})
        part = self.path.strip("/").split("/")
        if part == ["log"]:
            self.wfile.write(self.answer(200, json.dumps(LOG).encode(), "application/json"))
        elif part[0] == "simple" and len(part) == 2 and part[1] in WHEELS:
            file, data = WHEELS[part[1]]
            link = f'<a href="/files/{part[1]}/{file}#sha256={hashlib.sha256(data).hexdigest()}">{file}</a>'
            self.wfile.write(self.answer(200, link.encode()))
        elif part[0] == "files" and len(part) == 3 and part[1] in WHEELS:
            self.file(WHEELS[part[1]][1], part[1], part[1] == "nvidia-cublas")
        else:
            self.wfile.write(self.answer(404, b"not here"))

    do_HEAD = do_GET


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], 0, flush=True)
sys.stdin.read()
