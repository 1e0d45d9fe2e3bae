// The request that the visitor builds, or that a console message tells of.

import { element } from "./dom.js";
import { askServer } from "./server.js";

const form = document.querySelector("#request");
const [sender, method, credentials, headers, body, message] =
  ["sender", "method", "credentials", "headers", "body", "message"].map((id) => form.querySelector(`#${id}`));
const filled = document.querySelector("#filled");

export class RequestForm {
  constructor(setup, onChange) {
    this.setup = setup;
    // Not by their names, so that an address means the same on other ports.
    const { page, other, here } = setup;
    // A frame takes requests from these two only.
    this.senders = here === page || here === other ? { page, other } : { page: here };
    sender.append(...Object.entries(this.senders).map(([value, origin]) => element("option", { value }, origin)));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", ({ target }) => (target === message ? undefined : onChange()));
    document.querySelector("#fill").addEventListener("click", () => this.#fillIn(onChange));
  }

  get state() {
    return {
      sender: sender.value, method: method.value, headers: headers.value, credentials: credentials.value, body: body.value,
    };
  }

  fill(state) {
    sender.value = state.sender in this.senders ? state.sender : "page";
    credentials.value = state.credentials === "include" ? "include" : "same-origin";
    method.value = state.method;
    headers.value = state.headers;
    body.value = state.body;
  }

  get origin() {
    return this.senders[sender.value];
  }

  /** The request as a step of a row, or an error that says what to write. */
  step(number) {
    const step = { path: `/try/${number}/notes`, method: method.value.trim() || "GET" };
    const pairs = headers.value.split("\n").filter((line) => line.trim() !== "").map(pairOf);
    if (pairs.length) step.headers = Object.fromEntries(pairs);
    if (Object.keys(step.headers ?? {}).length < pairs.length) throw new Error("Two lines have the same header; write one.");
    if (credentials.value === "include") step.credentials = "include";
    if (body.value) step.body = body.value;
    return step;
  }

  async #fillIn(onChange) {
    try {
      const told = await askServer("/console", message.value);
      filled.textContent = told.problem ? `Nothing filled in: ${told.problem}.` : this.#take(told);
      if (!told.problem) onChange();
    } catch (error) {
      filled.textContent = error.message;
    }
  }

  /** Takes over what the message tells, and says what that is. */
  #take({ reason, origin, url, method: named, header, credentials: included }) {
    const taken = [];
    if (named) {
      method.value = named;
      taken.push(`method ${named}`);
    }
    if (header) {
      const has = headers.value.split("\n").some((line) => line.split(":")[0].trim().toLowerCase() === header.toLowerCase());
      if (!has) headers.value = [headers.value.trimEnd(), `${header}: 1`].filter(Boolean).join("\n");
      taken.push(`header ${header}`);
    }
    if (included) {
      credentials.value = "include";
      taken.push("credentials");
    }
    const own = Object.entries(this.senders).find(([, known]) => known === origin);
    if (own) [sender.value] = own;
    const play = own || !origin ? "" : ` ${this.origin} plays the page of ${origin} here.`;
    const what = taken.length ? taken.join(", ") : "nothing but the page, for the message names no part of the request";
    return `The message says: ${reason}${url && !reason.includes(url) ? ` (${url})` : ""}. Filled in: ${what}.${play}`;
  }
}

function pairOf(line) {
  const [, name, value] = line.match(/^([^:]+):(.*)$/) ?? [];
  if (name === undefined) throw new Error(`“${line.trim()}” is no header; write a name, a colon and a value, such as X-Debug: 1`);
  if (/[^\t\x20-\x7e]/.test(line)) throw new Error(`“${line.trim()}” has letters that the playground cannot send; write ASCII.`);
  return [name.trim(), value.trim()];
}
