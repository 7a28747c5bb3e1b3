"""Serves a folder as the releases of a repository, for tests/action.sh: release_server.py FOLDER PORT_FILE.

Below /broken/ every answer is an error of the server. Requests are logged to standard error.
"""

import functools
import http.server
import pathlib
import sys


class Releases(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/broken/"):
            self.send_error(500)
        else:
            super().do_GET()


folder, port_file = sys.argv[1:]
handler = functools.partial(Releases, directory=folder)
with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
    pathlib.Path(port_file).write_text(f"{server.server_port}\n")
    server.serve_forever()
