//! Python.

use super::Recipe;
use super::Topic::{Errors, Everybody, Host, Login, Order, Paths, Preflight, TooLarge};
use crate::stack::Stack;

pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        stack: Stack::Flask,
        tried: true,
        install: "pip install flask-cors",
        place: "right after `app = Flask(__name__)`",
        inside: "the arguments of `CORS()`",
        missing: r#"write `CORS(app, origins=[@"origin"@]@rest@)` @place@"#,
        block: r#"
from flask_cors import CORS

CORS(
    app,
    origins=[@"origin"@],
    methods=[@"methods"@],
    allow_headers=[@"headers"@],
    expose_headers=[@"expose"@],
    @credentials@supports_credentials=True,
)
"#,
        other: &[
            (Order, "call `CORS(app, ...)` on the app, not on one blueprint, and drop what sets these headers by hand"),
            (Paths, "`resources` of `CORS()` has no pattern for this path: leave `resources` out, or add one"),
            (
                Login,
                "let preflights pass in `before_request`, for they never have a token or a cookie: `if \
                 request.method == \"OPTIONS\": return`",
            ),
            (
                Errors,
                "look for what answers outside of the app (a debugger, a server): `CORS(app, ...)` adds the headers \
                 to errors that Flask makes",
            ),
            (
                Preflight,
                "call `CORS(app, origins=[\"@origin@\"])`: `methods` of the route lacks the method, or nothing adds \
                 the headers to OPTIONS",
            ),
            (TooLarge, "raise `app.config[\"MAX_CONTENT_LENGTH\"]`"),
        ],
    },
    Recipe {
        stack: Stack::Django,
        tried: true,
        install: "pip install django-cors-headers",
        place: "at the end of settings.py",
        inside: "settings.py",
        missing: "write `CORS_ALLOWED_ORIGINS = [@\"origin\"@]` in settings.py, and \
            \"corsheaders.middleware.CorsMiddleware\" first in MIDDLEWARE",
        block: r#"
INSTALLED_APPS = [*INSTALLED_APPS, "corsheaders"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]
CORS_ALLOW_ALL_ORIGINS = False
CORS_ALLOWED_ORIGINS = [@"origin"@]
CORS_ALLOW_METHODS = [@"methods"@]
CORS_ALLOW_HEADERS = [@"headers"@]
CORS_EXPOSE_HEADERS = [@"expose"@]
@credentials@CORS_ALLOW_CREDENTIALS = True
@credentials@CSRF_TRUSTED_ORIGINS = [@"origin"@]
"#,
        other: &[
            (Order, "put \"corsheaders.middleware.CorsMiddleware\" first in MIDDLEWARE"),
            // It overrides the list, and with credentials it allows every origin.
            (Everybody, "`CORS_ALLOW_ALL_ORIGINS = True`, which has to go"),
            (Paths, "CORS_URLS_REGEX has no match for this path: remove it, or add the path"),
            (
                Login,
                "put \"corsheaders.middleware.CorsMiddleware\" (pip install django-cors-headers) first in MIDDLEWARE, above \
                 authentication",
            ),
            (
                Errors,
                "put \"corsheaders.middleware.CorsMiddleware\" first in MIDDLEWARE: what stands above it answers \
                 without the headers",
            ),
            (
                Preflight,
                "put \"corsheaders.middleware.CorsMiddleware\" first in MIDDLEWARE and \"corsheaders\" in \
                 INSTALLED_APPS: it answers preflights itself",
            ),
            (Host, "add the name of the host to ALLOWED_HOSTS in settings.py"),
            (TooLarge, "raise DATA_UPLOAD_MAX_MEMORY_SIZE"),
        ],
    },
    Recipe {
        stack: Stack::FastApi,
        tried: true,
        install: "",
        place: "below every other `add_middleware` and `@app.middleware`: the last one added stands outermost",
        inside: "the arguments of CORSMiddleware",
        missing: r#"write `app.add_middleware(CORSMiddleware, allow_origins=[@"origin"@]@rest@)` @place@"#,
        block: r#"
from starlette.middleware.cors import CORSMiddleware

app.add_middleware(
    CORSMiddleware,
    allow_origins=[@"origin"@],
    allow_methods=[@"methods"@],
    allow_headers=[@"headers"@],
    expose_headers=[@"expose"@],
    @credentials@allow_credentials=True,
)
"#,
        other: &[
            (
                Order,
                "move `app.add_middleware(CORSMiddleware, ...)` below every other `add_middleware`, on the app that \
                 answers this path (a mounted app needs its own)",
            ),
            (
                Login,
                "move `app.add_middleware(CORSMiddleware, ...)` below the middleware of authentication: the last one \
                 added stands outermost",
            ),
            (
                Errors,
                "wrap the whole app at the end of the file, `app = CORSMiddleware(app, \
                 allow_origins=[\"@origin@\"])`: `add_middleware` stands inside of what answers an exception by 500",
            ),
        ],
    },
    Recipe {
        stack: Stack::HttpServer,
        tried: true,
        install: "",
        place: "in a file server.py, run by `python3 server.py` instead of `python3 -m http.server`",
        inside: "`end_headers` of the handler",
        missing: "write `self.send_header(\"Access-Control-Allow-Origin\", \"@origin@\")` in `end_headers` of a \
            handler of your own: the command `python3 -m http.server` cannot send it",
        block: r#"
import http.server
import os


class Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Access-Control-Allow-Origin", "@origin@")
        @credentials@self.send_header("Access-Control-Allow-Credentials", "true")
        self.send_header("Access-Control-Allow-Methods", "@methods@")
        self.send_header("Access-Control-Allow-Headers", "@headers@")
        self.send_header("Access-Control-Expose-Headers", "@expose@")
        super().end_headers()

    def do_OPTIONS(self):
        self.send_response(204)
        self.end_headers()


http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", 8000))), Handler).serve_forever()
"#,
        other: &[(Preflight, "http.server knows no OPTIONS: give the handler a `do_OPTIONS` (`why --fix` prints it)")],
    },
];
