//! Node.js.

use super::Recipe;
use super::Topic::{Callback, Errors, Login, Order, Paths, Preflight, TooLarge, Twice};
use crate::stack::Stack;

const EXPRESS_BLOCK: &str = r#"
import cors from "cors"; // in CommonJS: const cors = require("cors");

app.use(cors({
  origin: [@"origin"@],
  methods: [@"methods"@],
  allowedHeaders: [@"headers"@],
  exposedHeaders: [@"expose"@],
  @credentials@credentials: true,
}));
"#;

pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        stack: Stack::Express,
        tried: true,
        install: "npm install cors",
        place: "right after `const app = express()`, above every route and above authentication",
        inside: "the options of `cors()`",
        missing: r#"write `app.use(cors({ origin: [@"origin"@]@rest@ }))` @place@"#,
        block: EXPRESS_BLOCK,
        other: &[
            (
                Order,
                "move `app.use(cors(...))` above every `app.get`, `app.use` and router: what is registered first \
                 answers first",
            ),
            (Paths, "call `app.use(cors(...))` without a path, on the app and not on one router"),
            (Login, "move `app.use(cors(...))` above authentication"),
            (
                Preflight,
                "write `app.use(cors(...))` above every route, in place of a `cors()` at one route or of headers by hand: \
                 it answers preflights too (npm install cors)",
            ),
            (
                Errors,
                "move `app.use(cors(...))` above what answers with the error (`express.json()`, a rate limit, a guard)",
            ),
            (
                Callback,
                "add @origin@ to the list that the `origin` function of `cors()` looks in, and refuse there by \
                 `callback(null, false)`, not by an Error",
            ),
            (TooLarge, "raise the limit: `express.json({ limit: \"5mb\" })`"),
        ],
    },
    Recipe {
        stack: Stack::HttpProxyMiddleware,
        tried: true,
        install: "npm install cors",
        place: "above `app.use(createProxyMiddleware(...))`",
        inside: "the options of `cors()`",
        missing: r#"write `app.use(cors({ origin: [@"origin"@]@rest@ }))` @place@"#,
        block: EXPRESS_BLOCK,
        other: &[(
            Twice,
            "let the server behind the proxy alone send the header, or drop its one: \
             `createProxyMiddleware({ on: { proxyRes: (answer) => { delete \
             answer.headers[\"access-control-allow-origin\"]; } } })`",
        )],
    },
    Recipe {
        stack: Stack::SocketIo,
        tried: false,
        install: "",
        place: "in place of `new Server(server)`, where `server` is the HTTP server",
        inside: "`cors` in the options of `new Server()`",
        missing: "write `cors: { origin: [@\"origin\"@]@rest@ }` in the options of `new Server()` of Socket.IO: `cors()` of the \
            app is not for what Socket.IO answers",
        block: r#"
const io = new Server(server, {
  cors: {
    origin: [@"origin"@],
    methods: [@"methods"@],
    allowedHeaders: [@"headers"@],
    exposedHeaders: [@"expose"@],
    @credentials@credentials: true,
  },
});
"#,
        other: &[(
            Paths,
            "write `cors: { origin: [\"@origin@\"] }` in the options of `new Server()` of Socket.IO: `cors()` of the app is \
             not for what Socket.IO answers",
        )],
    },
    Recipe {
        stack: Stack::Fastify,
        tried: true,
        install: "npm install @fastify/cors",
        place: "on the root instance, before routes, hooks and other plugins",
        inside: "the options of `@fastify/cors`",
        missing: r#"write `await fastify.register(cors, { origin: [@"origin"@]@rest@ })` @place@"#,
        block: r#"
import cors from "@fastify/cors"; // in CommonJS: const cors = require("@fastify/cors");

await fastify.register(cors, {
  origin: [@"origin"@],
  methods: [@"methods"@],
  allowedHeaders: [@"headers"@],
  exposedHeaders: [@"expose"@],
  @credentials@credentials: true,
});
"#,
        other: &[
            (
                Order,
                "register `@fastify/cors` on the root instance, above the routes: inside another plugin it is for \
                 the routes of that plugin only",
            ),
            (
                Paths,
                "register `@fastify/cors` on the root instance: inside another plugin it is for the routes of that \
                 plugin only",
            ),
            (
                Login,
                "register `@fastify/cors` above the `addHook` of authentication: hooks run in the order in which \
                 they were added",
            ),
            (TooLarge, "raise the limit: `Fastify({ bodyLimit: 5 * 1024 * 1024 })`"),
        ],
    },
    Recipe {
        stack: Stack::Hono,
        tried: true,
        install: "",
        place: "right after `const app = new Hono()`, above every route and above authentication",
        inside: "the options of `cors()`",
        missing: r#"write `app.use("*", cors({ origin: [@"origin"@]@rest@ }))` @place@"#,
        block: r#"
import { cors } from "hono/cors";

app.use("*", cors({
  origin: [@"origin"@],
  allowMethods: [@"methods"@],
  allowHeaders: [@"headers"@],
  exposeHeaders: [@"expose"@],
  @credentials@credentials: true,
}));
"#,
        other: &[
            (Order, "move `app.use(\"*\", cors(...))` above every route: what is registered first answers first"),
            (Paths, "write `app.use(\"*\", cors(...))`: the path there is not that of this route"),
            (Login, "move `app.use(\"*\", cors(...))` above authentication"),
        ],
    },
    Recipe {
        stack: Stack::Koa,
        tried: true,
        install: "npm install @koa/cors",
        place: "right after `const app = new Koa()`, above every route and above authentication",
        inside: "the options of `cors()`",
        missing: r#"write `app.use(cors({ origin: "@origin@"@rest@ }))` @place@"#,
        block: r#"
import cors from "@koa/cors"; // in CommonJS: const cors = require("@koa/cors");

app.use(cors({
  origin: (context) => [@"origin"@].find((origin) => origin === context.get("Origin")) ?? "",
  allowMethods: [@"methods"@],
  allowHeaders: [@"headers"@],
  exposeHeaders: [@"expose"@],
  @credentials@credentials: true,
}));
"#,
        other: &[
            (
                Order,
                "move `app.use(cors(...))` above `app.use(router.routes())`: what is registered first answers first",
            ),
            (Login, "move `app.use(cors(...))` above authentication"),
            (
                Errors,
                "keep `keepHeadersOnError` of `cors()` on, and move `app.use(cors(...))` above what answers with the \
                 error",
            ),
        ],
    },
    Recipe {
        stack: Stack::NestJs,
        tried: true,
        install: "",
        place: "in main.ts, right after `NestFactory.create(AppModule)`, before `app.listen()`",
        inside: "the options of `app.enableCors()`",
        missing: r#"write `app.enableCors({ origin: [@"origin"@]@rest@ })` @place@"#,
        block: r#"
app.enableCors({
  origin: [@"origin"@],
  methods: [@"methods"@],
  allowedHeaders: [@"headers"@],
  exposedHeaders: [@"expose"@],
  @credentials@credentials: true,
});
"#,
        other: &[
            (Order, "call `app.enableCors()` right after `NestFactory.create(AppModule)`, above every `app.use()`"),
            (Login, "call `app.enableCors()` above every `app.use()`"),
        ],
    },
    Recipe {
        stack: Stack::NextJs,
        tried: true,
        install: "",
        place: "in next.config.js, inside the object that it exports",
        inside: "`headers()` of next.config.js",
        missing: "write `{ key: \"Access-Control-Allow-Origin\", value: \"@origin@\" }` among the headers for \
            `source: \"@folder@/:path*\"` in `headers()` of next.config.js",
        block: r#"
async headers() {
  return [
    {
      source: "@folder@/:path*",
      headers: [
        { key: "Access-Control-Allow-Origin", value: "@origin@" },
        { key: "Access-Control-Allow-Methods", value: "@methods@" },
        { key: "Access-Control-Allow-Headers", value: "@headers@" },
        { key: "Access-Control-Expose-Headers", value: "@expose@" },
        @credentials@{ key: "Access-Control-Allow-Credentials", value: "true" },
      ],
    },
  ];
},
"#,
        other: &[
            (Paths, "write the path of this route as `source` in `headers()` of next.config.js: \"@folder@/:path*\""),
            (
                Preflight,
                "export a function `OPTIONS` from the route, `export function OPTIONS() { return new Response(null, \
                 { status: 204 }); }`, and send the headers by `headers()` of next.config.js",
            ),
            (Login, "let OPTIONS pass in proxy.ts (middleware.ts before Next.js 16)"),
        ],
    },
];
