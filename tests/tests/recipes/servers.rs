//! Each stack: how its server runs, what its answers say, and what Chromium reads.

use crate::bare::Bare;

const BOTH: &[(&str, &str)] = &[("/api/missing", "404"), ("/api/fails", "500")];
/// Behind a proxy everything has the number, but for what the proxy answers itself.
const OF_PROXY: &[(&str, &str)] =
    &[("/api/missing", "404 total 7"), ("/api/fails", "500 total 7"), ("/api/down", "502")];

const BASE: Bare = Bare {
    stack: "",
    home: "",
    file: "",
    commands: &[],
    without: None,
    seen: "",
    notes: "/api/notes",
    get: "200 total 7",
    put: "200",
    errors: BOTH,
};

const NODE: Bare = Bare { home: "node", file: "server.mjs", commands: &[&["node", "server.mjs"]], ..BASE };
const PYTHON: Bare = Bare {
    home: "python",
    file: "server.py",
    commands: &[&["@home@/bin/python", "server.py"]],
    put: "200 total 7",
    ..BASE
};
const GO: Bare = Bare {
    file: "main.go",
    commands: &[&["go", "build", "-o", "server", "main.go"], &["./server"]],
    put: "200 total 7",
    ..BASE
};
const PROXY: Bare = Bare { errors: OF_PROXY, put: "200 total 7", ..BASE };

const UNSEEN: &str = "no answer says what the server runs; name it";

/// Those that every run of the tests has.
pub(crate) const QUICK: &[Bare] = &[
    Bare { stack: "express", seen: "X-Powered-By: Express", ..NODE },
    Bare {
        stack: "http-proxy-middleware",
        seen: UNSEEN,
        put: "200 total 7",
        errors: &[("/api/missing", "404 total 7"), ("/api/fails", "500 total 7"), ("/api/down", "504")],
        ..NODE
    },
    Bare { stack: "koa", seen: "body: Not Found", put: "200 total 7", ..NODE },
    Bare {
        stack: "json-server",
        without: Some(&["node", "../node_modules/json-server/lib/cli/bin.js", "--nc", "--port", "@port@", "db.json"]),
        seen: "X-Powered-By: Express",
        notes: "/notes/1",
        get: "200",
        errors: &[("/missing", "404")],
        ..NODE
    },
    Bare {
        stack: "serve",
        file: "serve.json",
        commands: &[&[
            "node",
            "../node_modules/serve/build/main.js",
            "-l",
            "tcp://127.0.0.1:@port@",
            "--no-port-switching",
        ]],
        without: Some(&[
            "node",
            "../node_modules/serve/build/main.js",
            "-l",
            "tcp://127.0.0.1:@port@",
            "--no-port-switching",
        ]),
        seen: "Content-Disposition: inline; filename=\"notes\"",
        get: "200",
        errors: &[("/missing", "404")],
        ..NODE
    },
    Bare {
        stack: "http-server",
        without: Some(&["node", "../node_modules/http-server/bin/http-server", "-a", "127.0.0.1", "-p", "@port@"]),
        seen: "ETag: W/",
        get: "200",
        put: "405",
        errors: &[("/api/missing", "404")],
        ..NODE
    },
    Bare { stack: "flask", seen: "Server: Werkzeug/", ..PYTHON },
    Bare {
        stack: "django",
        file: "settings.py",
        commands: &[&[
            "@home@/bin/python",
            "-m",
            "django",
            "runserver",
            "--noreload",
            "--settings=settings",
            "--pythonpath=.",
            "127.0.0.1:@port@",
        ]],
        seen: "body: <h1>Not Found</h1>",
        ..PYTHON
    },
    Bare { stack: "fastapi", seen: "body: {\"detail\":\"", ..PYTHON },
    Bare {
        stack: "http.server",
        without: Some(&["@home@/bin/python", "-m", "http.server", "--bind", "127.0.0.1", "@port@"]),
        seen: "Server: SimpleHTTP/",
        get: "200",
        put: "501",
        errors: &[("/api/missing", "404")],
        ..PYTHON
    },
    Bare {
        stack: "php",
        file: "server.php",
        commands: &[&["php", "-d", "display_errors=0", "-S", "127.0.0.1:@port@", "server.php"]],
        seen: "X-Powered-By: PHP/",
        put: "200 total 7",
        errors: &[("/api/missing", "404 total 7"), ("/api/fails", "500 total 7")],
        ..BASE
    },
    Bare {
        stack: "nginx",
        file: "nginx.conf",
        commands: &[&["nginx", "-p", "@folder@", "-c", "@folder@/nginx.conf"]],
        seen: "Server: nginx/",
        ..PROXY
    },
    Bare {
        stack: "apache",
        file: "apache.conf",
        commands: &[&["apache2", "-X", "-f", "@folder@/apache.conf"]],
        seen: "Server: Apache/",
        ..PROXY
    },
    Bare {
        stack: "caddy",
        file: "Caddyfile",
        commands: &[&["caddy", "run", "--config", "Caddyfile", "--adapter", "caddyfile"]],
        seen: "Server: Caddy",
        ..PROXY
    },
    Bare {
        stack: "haproxy",
        file: "haproxy.cfg",
        commands: &[&["haproxy", "-f", "haproxy.cfg"]],
        seen: UNSEEN,
        ..PROXY
    },
];

const TRAEFIK: &str = "@home@/bin/traefik";
const TRAEFIK_LISTENS: &str = "--entrypoints.web.address=127.0.0.1:@port@";
const WORKERD: &str = "@home@/node_modules/@cloudflare/workerd-linux-64/bin/workerd";
const WORKERD_LISTENS: &str = "--socket-addr=http=127.0.0.1:@port@";

const NODE_20: Bare = Bare { home: "node-20", ..NODE };

/// Those that take long to install, or need what Debian 12 has not.
pub(crate) const SLOW: &[Bare] = &[
    Bare { stack: "fastify", seen: "body: {\"message\":\"Route ", ..NODE_20 },
    Bare { stack: "hono", seen: "body: 404 Not Found", ..NODE_20 },
    Bare { stack: "nestjs", seen: "body: {\"message\":\"Cannot ", ..NODE_20 },
    Bare {
        stack: "nextjs",
        file: "next.config.mjs",
        commands: &[
            &["node", "../node_modules/next/dist/bin/next", "build"],
            &["node", "../node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1"],
        ],
        seen: "Vary: rsc, next-router-state-tree",
        ..NODE_20
    },
    Bare {
        stack: "vite",
        file: "vite.config.mjs",
        commands: &[&[
            "node",
            "../node_modules/vite/bin/vite.js",
            "--host",
            "127.0.0.1",
            "--strictPort",
            "--port",
            "@port@",
        ]],
        seen: "body: /@vite/client",
        get: "200",
        errors: &[],
        ..NODE_20
    },
    Bare {
        stack: "lighttpd",
        file: "lighttpd.conf",
        commands: &[&["lighttpd", "-D", "-f", "lighttpd.conf"]],
        seen: "Server: lighttpd/",
        errors: &[("/api/missing", "404 total 7"), ("/api/fails", "500 total 7"), ("/api/down", "500")],
        ..PROXY
    },
    Bare {
        stack: "traefik",
        home: "traefik",
        file: "dynamic/cors.yml",
        commands: &[&[TRAEFIK, TRAEFIK_LISTENS, "--providers.file.directory=@folder@/dynamic"]],
        without: Some(&[TRAEFIK, TRAEFIK_LISTENS, "--providers.file.directory=@folder@/without"]),
        seen: UNSEEN,
        ..PROXY
    },
    Bare {
        stack: "cloudflare",
        file: "worker.mjs",
        commands: &[&[WORKERD, "serve", "with.capnp", WORKERD_LISTENS, "--external-addr=app=@upstream@"]],
        without: Some(&[WORKERD, "serve", "without.capnp", WORKERD_LISTENS, "--external-addr=app=@upstream@"]),
        seen: UNSEEN,
        put: "200 total 7",
        errors: &[("/api/missing", "404 total 7"), ("/api/fails", "500 total 7")],
        ..NODE_20
    },
    Bare { stack: "go", seen: "body: 404 page not found", ..GO },
    Bare { stack: "gin", seen: "body: 404 page not found", ..GO },
    Bare { stack: "echo", seen: "body: {\"message\":\"Not Found\"}", ..GO },
    Bare { stack: "chi", seen: "body: 404 page not found", ..GO },
    Bare {
        stack: "rails",
        file: "server.rb",
        commands: &[&["ruby", "server.rb"]],
        seen: "X-Runtime",
        put: "200 total 7",
        ..BASE
    },
];
