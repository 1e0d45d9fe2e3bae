import Koa from "koa";

const app = new Koa();
app.silent = true;
// Here goes what `why --fix` prints.
app.use((context) => {
  if (context.path === "/api/fails") throw new Error("it fails");
  if (context.path !== "/api/notes") return;
  context.set("X-Total-Count", "7");
  context.body = { ok: true };
});
app.listen(process.env.PORT, "127.0.0.1");
