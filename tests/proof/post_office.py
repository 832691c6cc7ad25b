"""A mail server for proofs: takes every message and remembers whom it was for."""

import socketserver
import threading
from contextlib import contextmanager


class _Letterbox(socketserver.StreamRequestHandler):
    """As much of SMTP as Odoo speaks."""

    def handle(self):
        """Answer one client until it leaves."""
        self._say("220 ready")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"QUIT":
                self._say("221 bye")
                return
            if word == b"RCPT":
                self.server.rcpt.append(line.decode().split("<")[1].split(">")[0])
            if word == b"DATA":
                self._say("354 go on")
                for text in self.rfile:
                    if text in (b".\r\n", b".\n"):
                        break
            self._say("250 ok")

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def post_office():
    """Serve on a free port; give (port, list of addresses that were written to)."""
    with _Server(("127.0.0.1", 0), _Letterbox) as server:
        server.rcpt = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], server.rcpt
        server.shutdown()
