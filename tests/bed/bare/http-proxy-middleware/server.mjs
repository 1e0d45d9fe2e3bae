import express from "express";
import { createProxyMiddleware } from "http-proxy-middleware";

const app = express();
app.disable("x-powered-by");
// Here goes what `why --fix` prints.
app.use(createProxyMiddleware({
  target: process.env.UPSTREAM,
  // The server behind it names another origin.
  on: { proxyRes: (answer) => { delete answer.headers["access-control-allow-origin"]; } },
}));
app.listen(process.env.PORT, "127.0.0.1");
