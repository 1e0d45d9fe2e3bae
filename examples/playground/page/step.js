// One request on the page: what is predicted beside what happened, above what was asked, what went over the wire, and what was read.

import { addressOf } from "./ask.js";
import { element } from "./dom.js";
import { ofBrowser } from "./facts.js";
import { Comparison } from "./predict.js";
import { drawReading } from "./read.js";
import { drawWire } from "./wire.js";

export class StepView {
  constructor({ step, setup, sender, prediction, engine, inFrame, mend }) {
    Object.assign(this, { step, sender, prediction, mend });
    this.target = step.via === "proxy" ? sender : setup.api;
    this.frame = inFrame ? element("iframe", { src: `${sender}/probe.html`, title: `A page of ${sender}` }) : null;
    this.wire = cell("wire", "Over the wire", nothing("Nothing sent yet."));
    this.read = cell("read", "The page could read", nothing("Nothing yet."));
    this.comparison = new Comparison(prediction, engine);
    this.item = element("li", { className: "step" },
      step.label ? element("p", { className: "step-label" }, step.label) : null,
      this.comparison.section,
      cell("asked", "The page asks",
        this.frame ? element("figure", { className: "window" }, element("figcaption", {}, sender), this.frame) : null,
        element("pre", {}, element("code", {}, codeOf(step, setup)))),
      this.wire, this.read);
  }

  get outcome() {
    return this.item.dataset.outcome;
  }

  get agreement() {
    return this.item.dataset.agreement;
  }

  show(reading, exchanges, run) {
    const { step, sender, target, prediction, mend } = this;
    const isRefusedUnsent = !prediction.preflights && !prediction.requests;
    // To a script an unreachable server looks the same; the log tells them apart.
    const outcome = exchanges.length || isRefusedUnsent ? reading.outcome : "failed";
    const count = (kind, among) => among.filter((exchange) => exchange.kind === kind).length;
    const own = ofBrowser(exchanges);
    const agrees = this.comparison.show({
      outcome,
      status: reading.status,
      preflights: count("preflight", own),
      requests: count("request", own),
      headers: reading.headers?.map(([name]) => name),
    });
    const seen = { step, sender, target, outcome, reading, status: reading.status, exchanges, prediction, agrees, run, mend };
    fill(this.wire, drawWire(seen));
    fill(this.read, drawReading(seen));
    Object.assign(this.item.dataset, {
      outcome,
      agreement: agrees ? "agrees" : "differs",
      status: reading.status ?? "",
      preflights: count("preflight", exchanges),
      requests: count("request", exchanges),
    });
  }

  /** Forgets what an earlier press showed. */
  clear() {
    for (const key of ["outcome", "agreement", "status", "preflights", "requests"]) delete this.item.dataset[key];
    this.comparison.clear();
    fill(this.wire, [nothing("Nothing is known of this run.")]);
    fill(this.read, [nothing("Nothing.")]);
  }
}

function nothing(text) {
  return element("p", { className: "nothing" }, text);
}

function cell(name, title, ...content) {
  return element("section", { className: `cell ${name}` }, element("h5", {}, title), ...content);
}

function fill(section, content) {
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
