"""Python servers, each with one mistake, and again with the change in the first line of help.

Prints `name wrong|mended port` for each.

Usage: python.py ORIGIN_OF_THE_PAGE
"""

import http.server
import logging
import os
import socket
import sys
import threading

import uvicorn
from corsheaders.defaults import default_headers
from django.conf import settings
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from flask import Flask, abort, request
from flask_cors import CORS, cross_origin
from werkzeug.serving import make_server

PAGE = sys.argv[1]
METHODS = ["GET", "PUT", "POST"]


def say(name, state, port):
    print(name, state, port, flush=True)


def flask(mended, name):
    app = Flask(__name__)

    def token():
        if "Authorization" not in request.headers and not (mended and request.method == "OPTIONS"):
            abort(401)

    if name == "flask-right" or (mended and name == "flask-none"):
        CORS(app, origins=[PAGE])
    if name == "flask-reflects":
        CORS(app, supports_credentials=True)
    if name == "flask-ending":
        CORS(app, origins=r".*app\.localhost", supports_credentials=True)
    if name == "flask-paths":
        CORS(app, resources={r"/*" if mended else r"/api/*": {"origins": [PAGE]}})
    if name == "flask-list":
        CORS(app, origins=["https://b.example"] + [PAGE] * mended)
    if name == "flask-slash":
        CORS(app, origins=[PAGE if mended else PAGE + "/"])
    if name == "flask-credentials":
        CORS(app, origins=[PAGE], supports_credentials=mended)
    if name == "flask-headers":
        CORS(app, origins=[PAGE], allow_headers=["Content-Type"] + ["X-Token"] * mended)
    if name == "flask-token":
        CORS(app, origins=[PAGE])
        app.before_request(token)
    if name == "flask-path-slash":
        CORS(app, origins=[PAGE])
    path = "/notes/" if name == "flask-path-slash" else "/notes"
    view = lambda: {"notes": []}
    methods = METHODS
    if name == "flask-route":
        # CORS allows a method that the route does not accept.
        methods = METHODS if mended else ["GET"]
        view = cross_origin(origins=[PAGE], methods=METHODS)(view)
    app.add_url_rule(path, "notes", view, methods=methods)
    return app


def fastapi(mended, name):
    app = FastAPI()

    @app.api_route("/notes", methods=METHODS)
    def notes():
        if name == "fastapi-fails" and not mended:
            raise RuntimeError
        return {"notes": []}

    def allow(**arguments):
        app.add_middleware(CORSMiddleware, **{"allow_origins": [PAGE], **arguments})

    async def token(asked, following):
        if "authorization" not in asked.headers:
            return JSONResponse({"detail": "Not authenticated"}, 401)
        return await following(asked)

    if name == "fastapi-slash":
        allow(allow_origins=[PAGE if mended else PAGE + "/"])
    if name in ("fastapi-methods", "fastapi-fails"):
        allow(allow_methods=METHODS if mended else ["GET"])
    if name == "fastapi-headers":
        allow(allow_headers=["X-Token"] if mended else [])
    if name in ("fastapi-list", "fastapi-list-preflight"):
        allow(allow_origins=["https://b.example"] + [PAGE] * mended, allow_methods=METHODS)
    if name == "fastapi-reflects":
        allow(allow_origins=["*"], allow_credentials=True)
    if name == "fastapi-ending":
        allow(allow_origins=[], allow_origin_regex=r"https?://.*app\.localhost", allow_credentials=True)
    if name == "fastapi-none" and mended:
        allow(allow_methods=METHODS)
    if name == "fastapi-token":
        if mended:
            app.middleware("http")(token)
            allow()
        else:
            allow()
            app.middleware("http")(token)
    return app


def django(name):
    """One of them for each process, for it has settings of the process."""
    middleware = ["corsheaders.middleware.CorsMiddleware", "django.middleware.common.CommonMiddleware"]
    kind, state = name
    mended = state == "mended"
    options = {"CORS_ALLOWED_ORIGINS": [PAGE]}
    if kind == "django-list" and not mended:
        options = {"CORS_ALLOWED_ORIGINS": ["https://b.example"]}
    if kind == "django-none" and not mended:
        middleware = middleware[1:]
    if kind == "django-headers" and mended:
        options["CORS_ALLOW_HEADERS"] = [*default_headers, "X-Token"]
    if kind == "django-wildcard":
        options = {"CORS_ALLOWED_ORIGINS": [PAGE], "CORS_ALLOW_CREDENTIALS": True} if mended else {"CORS_ALLOW_ALL_ORIGINS": True}
    if kind == "django-reflects":
        options = {"CORS_ALLOW_ALL_ORIGINS": True, "CORS_ALLOW_CREDENTIALS": True}
    settings.configure(
        DEBUG=True,
        SECRET_KEY="x",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=middleware,
        INSTALLED_APPS=["corsheaders"],
        **options,
    )
    logging.disable(logging.CRITICAL)
    from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
    from django.core.wsgi import get_wsgi_application
    from django.http import JsonResponse
    from django.urls import path

    globals()["urlpatterns"] = [path("notes", lambda _: JsonResponse({"notes": []}))]
    server = WSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


class Plain(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def end_headers(self):
        if self.server.mended:
            self.send_header("Access-Control-Allow-Origin", PAGE)
        super().end_headers()


def both(name, start):
    for state in ("wrong", "mended"):
        say(name, state, start(state == "mended", name))


def start_flask(mended, name):
    server = make_server("127.0.0.1", 0, flask(mended, name), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def start_fastapi(mended, name):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    server = uvicorn.Server(uvicorn.Config(fastapi(mended, name), log_level="critical"))
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    return listener.getsockname()[1]


def start_plain(mended, _):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Plain)
    server.mended = mended
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


DJANGO = ["django-list", "django-none", "django-headers", "django-wildcard", "django-reflects"]
FLASK = ["right", "none", "paths", "list", "slash", "credentials", "headers", "token", "path-slash", "route", "reflects", "ending"]
FASTAPI = ["slash", "methods", "headers", "list", "list-preflight", "none", "token", "fails", "reflects", "ending"]

logging.disable(logging.CRITICAL)
# Start a process for each server before there are threads.
ports = []
for name in [(kind, state) for kind in DJANGO for state in ("wrong", "mended")]:
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.write(writing, str(django(name)).encode())
        os.close(writing)
        sys.stdin.read()
        os._exit(0)
    os.close(writing)
    ports.append((name, reading))
for name in FLASK:
    both(f"flask-{name}", start_flask)
for name in FASTAPI:
    both(f"fastapi-{name}", start_fastapi)
both("http.server-none", start_plain)
for (kind, state), reading in ports:
    say(kind, state, os.read(reading, 8).decode())
print("ready", flush=True)
sys.stdin.read()
os._exit(0)
