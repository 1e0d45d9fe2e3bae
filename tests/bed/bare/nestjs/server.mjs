import "reflect-metadata";
import { Controller, Get, Header, Module, Put } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";

// As decorators, without a compiler.
class Notes {
  notes() {
    return { ok: true };
  }
  fails() {
    throw new Error("it fails");
  }
  save() {
    return { ok: true };
  }
}
const decorate = (name, ...decorators) =>
  decorators.forEach((decorator) => decorator(Notes.prototype, name, Object.getOwnPropertyDescriptor(Notes.prototype, name)));
decorate("notes", Get("notes"), Header("X-Total-Count", "7"));
decorate("fails", Get("fails"));
decorate("save", Put("notes"));
Controller("api")(Notes);
class AppModule {}
Module({ controllers: [Notes] })(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
// Here goes what `why --fix` prints.
await app.listen(process.env.PORT, "127.0.0.1");
