// Node.js servers, each with one mistake, and again with the change in the first line of help.
// Prints `name wrong|mended port` for each.
// Usage: node node.mjs FOLDER_WITH_NODE_MODULES ORIGIN_OF_THE_PAGE
import { createServer } from "node:http";
import { createRequire } from "node:module";

const [home, page] = process.argv.slice(2);
const required = createRequire(`${home}/`);
const express = required("express");
const cors = required("cors");
const { createProxyMiddleware } = required("http-proxy-middleware");
const Koa = required("koa");
const koaCors = required("@koa/cors");
const jsonServer = required("json-server");

const notes = (_, response) => response.json({ notes: [] });

// An app with a route, and middleware before and after the route.
const app = (before = [], after = [], route = (app) => app.all("/notes", notes)) => {
  const made = express();
  before.forEach((middleware) => made.use(middleware));
  route(made);
  after.forEach((middleware) => made.use(middleware));
  return made;
};
const get = (app) => app.get("/notes", notes);
const token = (request, response, next) =>
  request.headers.authorization ? next() : response.status(401).json({ error: "no token" });
const login = (request, response, next) => (request.path === "/login" ? next() : response.redirect("/login"));
const headers = (values) => (_, response, next) => {
  Object.entries(values).forEach(([name, value]) => response.append(name, value));
  next();
};
const origin = (value) => headers({ "Access-Control-Allow-Origin": value });
const options = (request, response, next) => (request.method === "OPTIONS" ? response.sendStatus(204) : next());
const listed = (list, refuse) => cors({ origin: (asked, done) => (list.includes(asked) ? done(null, true) : refuse(done)) });
const koa = (...middlewares) => {
  const made = new Koa();
  made.silent = true;
  middlewares.forEach((middleware) => made.use(middleware));
  return made.callback();
};
const koaRoute = (context, next) => (context.path === "/notes" && context.method === "GET" ? (context.body = []) : next());

const upstream = await new Promise((done) => {
  const server = createServer(app([cors({ origin: page })])).listen(0, "127.0.0.1", () => done(server.address().port));
});
const proxy = () => createProxyMiddleware({ target: `http://127.0.0.1:${upstream}` });
// A proxy that adds a header to the answer.
const adding = (_, response, next) => {
  const write = response.writeHead;
  response.writeHead = (...parts) => {
    response.setHeader("Access-Control-Allow-Origin", [response.getHeader("Access-Control-Allow-Origin"), "*"].flat());
    return write.apply(response, parts);
  };
  next();
};

// A cache in front of a server that does not send Vary.
const cache = (mended) => {
  const stored = new Map();
  return (request, response) => {
    const key = mended ? `${request.url} ${request.headers.origin}` : request.url;
    const hit = stored.has(key);
    if (!hit) stored.set(key, request.headers.origin);
    const age = hit ? { Age: "42", "X-Cache": "HIT" } : { "X-Cache": "MISS" };
    const allowed = stored.get(key) === page ? { "Access-Control-Allow-Origin": page } : {};
    response.writeHead(200, { ...age, ...allowed, ...(mended ? { Vary: "Origin" } : {}) });
    response.end();
  };
};

const situations = {
  "express-right": () => app([cors({ origin: page, credentials: true }), express.json()]),
  "express-none": (mended) => app(mended ? [cors({ origin: [page], methods: ["GET", "HEAD", "POST", "PUT"], allowedHeaders: ["X-Token"] })] : []),
  "express-after": (mended) => (mended ? app([cors()], [], get) : app([], [cors()], get)),
  "express-slash": (mended) => app([cors({ origin: mended ? [page] : [`${page}/`] })]),
  "express-list": (mended) => app([cors({ origin: ["http://localhost:3000", ...(mended ? [page] : [])] })]),
  "express-empty": (mended) => app([cors({ origin: mended ? [page] : "".split(",") })]),
  "express-other": (mended) => app([cors({ origin: mended ? [page] : "https://app.example" })]),
  "express-schemeless": (mended) => app([cors({ origin: mended ? [page] : [page.replace("http://", "")] })]),
  "express-wildcard": (mended) => app([cors(mended ? { origin: [page], credentials: true } : { origin: "*", credentials: true })]),
  "express-credentials": (mended) => app([cors({ origin: page, credentials: mended })]),
  "express-methods": (mended) => app([cors({ origin: page, methods: ["GET", ...(mended ? ["PUT"] : [])] })]),
  "express-headers": (mended) => app([cors({ origin: page, allowedHeaders: ["Content-Type", ...(mended ? ["X-Token"] : [])] })]),
  "express-throws": (mended) => app([listed(mended ? [page] : [], (done) => done(new Error("Not allowed by CORS")))]),
  "express-mute": (mended) => app([listed(mended ? [page] : [undefined], (done) => done(new Error("no")))]),
  "express-token": (mended) => app(mended ? [cors(), token] : [token, cors()]),
  "express-token-preflight": (mended) => app(mended ? [cors(), token] : [token, cors()]),
  "express-login": (mended) => (mended ? app([cors(), token]) : app([login, cors()])),
  "express-one-route": (mended) => app(mended ? [cors({ origin: [page] })] : [], [], (app) => app.put("/notes", cors({ origin: page }), notes)),
  "express-options": (mended) =>
    app(
      mended ? [cors()] : [headers({ "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "PUT" })],
      [(_, response) => response.status(404).json({ error: "none" })],
      (app) => (mended ? app.put("/notes", notes) : app.route("/notes").put(notes).options((_, __, next) => next("router"))),
    ),
  "express-joined": (mended) => app(mended ? [cors({ origin: [page, "https://b.example"] })] : [origin(`${page}, https://b.example`)]),
  "express-quotes": (mended) => app([mended ? cors({ origin: [page] }) : origin(`'${page}'`)]),
  "express-null": (mended) => app([mended ? cors({ origin: [page] }) : origin("null")]),
  "express-twice": (mended) => app(mended ? [proxy()] : [adding, proxy()]),
  "express-large": (mended) => app(mended ? [cors(), express.text({ limit: "1mb" })] : [express.text({ limit: "1b" }), cors()]),
  "express-reflects": () => app([cors({ origin: true, credentials: true })]),
  "express-ending": () => app([cors({ origin: /app\.localhost$/, credentials: true })]),
  "express-forgets": () => app([(request, response, next) => (request.headers.origin === page && response.set("Access-Control-Allow-Origin", page), next())]),
  "koa-reflects": () => koa(koaCors({ credentials: true }), koaRoute),
  "koa-after": (mended) => (mended ? koa(koaCors(), koaRoute) : koa(koaRoute, koaCors())),
  "koa-none": (mended) => (mended ? koa(koaCors({ origin: page }), koaRoute) : koa(koaRoute)),
  "json-server-right": () => {
    const server = jsonServer.create();
    server.use(jsonServer.defaults({ logger: false }));
    server.use(jsonServer.router({ notes: [] }));
    return server;
  },
  "node-fails": (mended) => (_, response) => {
    const allowed = mended ? { "Access-Control-Allow-Origin": page } : {};
    response.writeHead(mended ? 200 : 500, allowed);
    response.end();
  },
  "node-cache": cache,
  // Servers behind a proxy.
  "upstream-right": () => app([cors({ origin: page })]),
  "upstream-none": () => app(),
};

// The cache first stores the answer to a request without Origin.
const prepare = (name, port) => (name === "node-cache" ? fetch(`http://127.0.0.1:${port}/notes`) : undefined);

for (const [name, make] of Object.entries(situations)) {
  for (const state of ["wrong", "mended"]) {
    const server = createServer(make(state === "mended"));
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    await prepare(name, server.address().port);
    console.log(`${name} ${state} ${server.address().port}`);
  }
}
console.log("ready");
// The server ends when the test ends.
process.stdin.resume().on("end", () => process.exit());
