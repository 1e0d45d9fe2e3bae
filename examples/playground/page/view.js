// One row on the page: its texts, its button, and three columns for each of its steps.

import { addressOf } from "./ask.js";
import { element, prose } from "./dom.js";
import { drawReading } from "./read.js";
import { drawWire } from "./wire.js";

export class RowView {
  constructor({ row, setup, here, fill }) {
    this.row = row;
    this.setup = setup;
    this.sender = row.from === "other" ? setup.other : here;
    this.steps = row.steps.map((step) => new StepView(step, this));
    this.button = element("button", { type: "button", className: "run" }, "Run");
    this.button.setAttribute("aria-label", `Run: ${row.title}`);
    this.problem = element("p", { className: "problem", hidden: true });
    this.frame = this.steps[0].frame;
    this.article = element("article", { className: "row", id: row.id, data: { row: row.id, state: "idle" } },
      element("header", {},
        element("h3", {}, row.title),
        this.button,
        element("p", { className: "lesson" }, prose(fill(row.lesson)))),
      this.problem,
      element("ol", { className: "steps" }, this.steps.map((step) => step.item)));
  }

  get state() {
    return this.article.dataset.state;
  }

  start() {
    this.#enter("running");
    this.problem.hidden = true;
  }

  show(index, reading, exchanges) {
    this.steps[index].show(reading, exchanges);
  }

  finish() {
    this.#enter("finished");
    this.button.textContent = "Run again";
    this.button.setAttribute("aria-label", `Run again: ${this.row.title}`);
  }

  fail(text) {
    this.#enter("finished");
    this.problem.textContent = text;
    this.problem.hidden = false;
  }

  outcomes() {
    return this.steps.map((step) => step.item.dataset.outcome).filter((outcome) => outcome !== undefined);
  }

  summary() {
    return this.problem.hidden ? this.outcomes().join(", ") : this.problem.textContent;
  }

  #enter(state) {
    this.article.dataset.state = state;
    this.article.setAttribute("aria-busy", String(state === "running"));
  }
}

class StepView {
  constructor(step, { row, setup, sender }) {
    this.step = step;
    this.sender = sender;
    this.target = step.via === "proxy" ? sender : setup.api;
    this.frame = row.from === "other" ? element("iframe", { src: `${setup.other}/probe.html`, title: `A page of ${setup.other}` }) : null;
    this.wire = cell("wire", "Over the wire", element("p", { className: "nothing" }, "Nothing sent yet."));
    this.read = cell("read", "The page could read", element("p", { className: "nothing" }, "Nothing yet."));
    this.item = element("li", { className: "step" },
      step.label ? element("p", { className: "step-label" }, step.label) : null,
      cell("asked", "The page asks",
        this.frame ? element("figure", { className: "window" }, element("figcaption", {}, sender), this.frame) : null,
        element("pre", {}, element("code", {}, codeOf(step, setup)))),
      this.wire, this.read);
  }

  show(reading, exchanges) {
    const { step, sender, target } = this;
    // To a script an unreachable server looks the same; the log tells them apart.
    const outcome = exchanges.length ? reading.outcome : "failed";
    const seen = { step, sender, target, outcome, reading, status: reading.status, exchanges };
    fillCell(this.wire, drawWire(seen));
    fillCell(this.read, drawReading(seen));
    const count = (kind) => exchanges.filter((exchange) => exchange.kind === kind).length;
    Object.assign(this.item.dataset, {
      outcome,
      status: reading.status ?? "",
      preflights: count("preflight"),
      requests: count("request"),
    });
  }
}

function cell(name, title, ...content) {
  return element("section", { className: `cell ${name}` }, element("h4", {}, title), ...content);
}

function fillCell(section, content) {
  section.replaceChildren(section.firstElementChild, ...content.filter((node) => node !== null));
}

/** The call as one would write it. */
function codeOf(step, setup) {
  const options = [];
  if (step.method) options.push(`  method: ${JSON.stringify(step.method)},`);
  if (step.headers) {
    const lines = Object.entries(step.headers).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`);
    options.push("  headers: {", ...lines, "  },");
  }
  if (step.credentials) options.push(`  credentials: ${JSON.stringify(step.credentials)},`);
  if (step.body) options.push(`  body: ${step.body.includes('"') ? `'${step.body}'` : JSON.stringify(step.body)},`);
  const address = JSON.stringify(addressOf(step, setup));
  return options.length ? `fetch(${address}, {\n${options.join("\n")}\n})` : `fetch(${address})`;
}
