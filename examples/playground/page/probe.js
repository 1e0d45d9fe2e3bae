// The page in the frame: sends what the playground's page asks it to send, and hands back what it could read.

import { ask } from "./ask.js";

document.querySelector("#origin").textContent = location.origin;
const setup = fetch("/setup").then((response) => response.json());

addEventListener("message", async (event) => {
  const { page, other } = await setup;
  if (event.origin === page || event.origin === other) {
    event.ports[0]?.postMessage(await ask(event.data));
  }
});
