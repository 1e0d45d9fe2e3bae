// One row on the page: its texts, its button, and three columns for each of its steps.

import { addressOf, senderOf } from "./ask.js";
import { element, prose } from "./dom.js";
import { ofBrowser } from "./facts.js";
import { Comparison } from "./predict.js";
import { drawReading } from "./read.js";
import { drawWire } from "./wire.js";

export class RowView {
  constructor({ row, setup, here, fill, predictions, engine }) {
    this.row = row;
    this.setup = setup;
    this.sender = senderOf(row, setup, here);
    this.steps = row.steps.map((step, index) => new StepView(step, this, predictions[index], engine));
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

  show(index, reading, exchanges, run) {
    this.steps[index].show(reading, exchanges, run);
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

  /** How many steps came otherwise than predicted. */
  surprises() {
    return this.steps.filter((step) => step.item.dataset.agreement === "differs").length;
  }

  summary() {
    if (!this.problem.hidden) return this.problem.textContent;
    return `${this.outcomes().join(", ")}, ${this.surprises() ? "not as predicted" : "as predicted"}`;
  }

  #enter(state) {
    this.article.dataset.state = state;
    this.article.setAttribute("aria-busy", String(state === "running"));
  }
}

class StepView {
  constructor(step, { row, setup, sender }, prediction, engine) {
    this.step = step;
    this.sender = sender;
    this.target = step.via === "proxy" ? sender : setup.api;
    this.frame = row.from === "other" ? element("iframe", { src: `${setup.other}/probe.html`, title: `A page of ${setup.other}` }) : null;
    this.wire = cell("wire", "Over the wire", element("p", { className: "nothing" }, "Nothing sent yet."));
    this.read = cell("read", "The page could read", element("p", { className: "nothing" }, "Nothing yet."));
    this.prediction = prediction;
    this.comparison = new Comparison(prediction, engine);
    this.item = element("li", { className: "step" },
      step.label ? element("p", { className: "step-label" }, step.label) : null,
      this.comparison.section,
      cell("asked", "The page asks",
        this.frame ? element("figure", { className: "window" }, element("figcaption", {}, sender), this.frame) : null,
        element("pre", {}, element("code", {}, codeOf(step, setup)))),
      this.wire, this.read);
  }

  show(reading, exchanges, run) {
    const { step, sender, target, prediction } = this;
    // To a script an unreachable server looks the same; the log tells them apart.
    const outcome = exchanges.length ? reading.outcome : "failed";
    const count = (kind, among) => among.filter((exchange) => exchange.kind === kind).length;
    const own = ofBrowser(exchanges);
    const agrees = this.comparison.show({
      outcome,
      status: reading.status,
      preflights: count("preflight", own),
      requests: count("request", own),
      headers: reading.headers?.map(([name]) => name),
    });
    const seen = { step, sender, target, outcome, reading, status: reading.status, exchanges, prediction, agrees, run };
    fillCell(this.wire, drawWire(seen));
    fillCell(this.read, drawReading(seen));
    Object.assign(this.item.dataset, {
      outcome,
      agreement: agrees ? "agrees" : "differs",
      status: reading.status ?? "",
      preflights: count("preflight", exchanges),
      requests: count("request", exchanges),
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
