//! Development servers on Node.js.

use super::Recipe;
use super::Topic::{Host, Twice};
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
];
