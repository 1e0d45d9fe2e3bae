import Fastify from "fastify";

const fastify = Fastify();
// Here goes what `why --fix` prints.
fastify.get("/api/notes", async (request, reply) => {
  reply.header("X-Total-Count", "7");
  return { ok: true };
});
fastify.put("/api/notes", async (request) => request.body);
fastify.get("/api/fails", async () => {
  throw new Error("it fails");
});
await fastify.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
