import { serve } from "@hono/node-server";
import { Hono } from "hono";

const app = new Hono();
// Here goes what `why --fix` prints.
app.get("/api/notes", (context) => context.json({ ok: true }, 200, { "X-Total-Count": "7" }));
app.put("/api/notes", (context) => context.json({ ok: true }));
app.get("/api/fails", () => {
  throw new Error("it fails");
});
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: "127.0.0.1" });
