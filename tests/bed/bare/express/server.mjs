import express from "express";

const app = express();
// Here goes what `why --fix` prints.
app.get("/api/notes", (request, response) => response.set("X-Total-Count", "7").json({ ok: true }));
app.put("/api/notes", express.json(), (request, response) => response.json(request.body));
app.get("/api/fails", () => {
  throw new Error("it fails");
});
app.listen(process.env.PORT, "127.0.0.1");
