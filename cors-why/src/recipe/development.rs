//! Development servers on Node.js.

use super::Recipe;
use super::Topic::{Host, Preflight, Twice};
use crate::stack::Stack;

pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        stack: Stack::Vite,
        tried: true,
        install: "",
        place: "in vite.config.js, inside the object that `defineConfig()` takes",
        inside: "`server.cors` of vite.config.js",
        missing: r#"write `server: { cors: { origin: [@"origin"@]@rest@ } }` @place@"#,
        block: r#"
server: {
  cors: {
    origin: [@"origin"@],
    methods: [@"methods"@],
    allowedHeaders: [@"headers"@],
    exposedHeaders: [@"expose"@],
    @credentials@credentials: true,
  },
},
"#,
        other: &[
            (Twice, "let the server behind `server.proxy` alone send the header: `server: { cors: false }`"),
            (Host, "add the name of the host to `server.allowedHosts` of vite.config.js"),
        ],
    },
    Recipe {
        stack: Stack::JsonServer,
        tried: true,
        install: "npm install json-server@0.17 cors",
        place: "in a file server.mjs, run by `node server.mjs` instead of the command json-server",
        inside: "the options of `cors()`",
        missing: "write `server.use(cors({ origin: [@\"origin\"@]@rest@ }))` in a server of your own: the command \
            json-server allows every origin, or with --no-cors none",
        block: r#"
import cors from "cors";
import jsonServer from "json-server";

const server = jsonServer.create();
server.use(cors({
  origin: [@"origin"@],
  methods: [@"methods"@],
  allowedHeaders: [@"headers"@],
  exposedHeaders: [@"expose"@],
  @credentials@credentials: true,
}));
server.use(jsonServer.defaults({ noCors: true }));
server.use(jsonServer.router("db.json"));
server.listen(process.env.PORT ?? 3000);
"#,
        other: &[],
    },
    Recipe {
        stack: Stack::Serve,
        tried: true,
        install: "",
        place: "in serve.json, in the folder that `serve` serves",
        inside: "serve.json",
        missing: "write `{ \"source\": \"**\", \"headers\": [{ \"key\": \"Access-Control-Allow-Origin\", \"value\": \
            \"@origin@\" }] }` among `headers` of serve.json, in the folder that `serve` serves",
        block: r#"
{
  "headers": [
    {
      "source": "**",
      "headers": [
        { "key": "Access-Control-Allow-Methods", "value": "@methods@" },
        { "key": "Access-Control-Allow-Headers", "value": "@headers@" },
        { "key": "Access-Control-Expose-Headers", "value": "@expose@" },
        @credentials@{ "key": "Access-Control-Allow-Credentials", "value": "true" },
        { "key": "Access-Control-Allow-Origin", "value": "@origin@" }
      ]
    }
  ]
}
"#,
        other: &[],
    },
    Recipe {
        stack: Stack::NodeHttpServer,
        tried: true,
        install: "npm install http-server",
        place: "in a file server.mjs, run by `node server.mjs` instead of the command http-server",
        inside: "`headers` of a server of your own (`why --fix` prints it)",
        missing: "run `npx http-server --cors`, which allows every origin, without credentials; to allow this page alone, \
            write `\"Access-Control-Allow-Origin\": \"@origin@\"` in `headers` of a server of your own (`why --fix` prints it)",
        block: r#"
import httpServer from "http-server";

const headers = {
  "Access-Control-Allow-Methods": "@methods@",
  "Access-Control-Allow-Headers": "@headers@",
  "Access-Control-Expose-Headers": "@expose@",
  @credentials@"Access-Control-Allow-Credentials": "true",
  "Access-Control-Allow-Origin": "@origin@",
};
const preflight = (request, response) => {
  if (request.method !== "OPTIONS") return response.emit("next");
  response.statusCode = 204;
  response.end();
};
httpServer.createServer({ headers, before: [preflight] }).listen(process.env.PORT ?? 8080);
"#,
        other: &[(
            Preflight,
            "run it with `--cors`, which allows every origin, or give it a function in `before` that answers OPTIONS (`why --fix` prints it)",
        )],
    },
];
