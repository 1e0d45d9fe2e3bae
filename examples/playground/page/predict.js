// Predictions: asked for before anything is sent, and held against what happened.

import { requestOf, senderOf } from "./ask.js";
import { element, titled } from "./dom.js";
import { VERDICTS } from "./facts.js";
import { askServer } from "./server.js";

/** The run in the addresses that a prediction is about: which one a press will have is not known yet. */
export const RUN_TO_COME = "rehearsal";
const RUN = `run=${RUN_TO_COME}`;

/** What the model of the browser says of each row's steps, and for which engine. */
export function predict(rows, setup) {
  const questions = rows.map((row) => {
    const origin = senderOf(row, setup);
    const requests = row.steps.map((step) => {
      const { url, options } = requestOf(step, setup, RUN_TO_COME);
      return { url: new URL(url, origin).href, ...options };
    });
    return { origin, requests };
  });
  return askServer("/predictions", questions);
}

/** By what the model predicts, in half a sentence. */
export function engineOf(engine) {
  return engine
    ? `as ${engine} is known to do it, which is the engine of this browser by what it says of itself`
    : "as the Fetch standard says, for the engine of this browser is unknown";
}

/** The title of what the model says. */
export function predictedBy(engine) {
  return engine ? `Predicted for ${engine}` : "Predicted by the standard";
}

/** A text of the model, without the run in its addresses. */
export function withoutRun(text) {
  return text.replaceAll(`?${RUN}`, "");
}

/** A text of the model, with the run that the press had. */
export function withRun(text, run) {
  return text.replaceAll(RUN, `run=${run}`);
}

/** A step's prediction, and beside it what happened. */
export class Comparison {
  #cells = new Map();

  constructor(prediction, engine) {
    this.expected = linesOf(prediction);
    this.mark = element("p", { className: "agreement" }, "Not run yet");
    const lines = Object.entries(this.expected).map(([term, text]) => {
      const happened = element("td", { className: "happened" }, "…");
      const line = element("tr", { data: { line: term } },
        element("th", { scope: "row" }, term), element("td", { className: "predicted" }, text), happened);
      this.#cells.set(term, { line, happened });
      return line;
    });
    this.section = element("section", { className: "prediction" },
      element("table", {},
        element("thead", {}, element("tr", {},
          element("td", {}, this.mark),
          element("th", { scope: "col" }, predictedBy(engine)),
          element("th", { scope: "col" }, "What happened"))),
        element("tbody", {}, lines)),
      prediction.reason ? reasonOf(prediction) : null);
  }

  clear() {
    this.mark.textContent = "Not run yet";
    for (const { line, happened } of this.#cells.values()) {
      line.className = "";
      happened.textContent = "…";
    }
  }

  /** Shows what happened, and says whether all of it was predicted. */
  show(happened) {
    let agrees = true;
    for (const [term, text] of Object.entries(linesOf(happened))) {
      const { line, happened } = this.#cells.get(term);
      const same = text === this.expected[term];
      happened.textContent = text;
      line.className = same ? "" : "differs";
      agrees &&= same;
    }
    this.mark.textContent = agrees ? "✓ As predicted" : "✗ Not as predicted";
    return agrees;
  }
}

/** In words that are the same for both, so that they agree where their words do. */
function linesOf({ outcome, status, preflights, requests, headers }) {
  const readable = outcome === "readable";
  return {
    Answer: readable ? `${VERDICTS.readable}, status ${status}` : VERDICTS[outcome],
    Sent: `${count(preflights, "preflight")}, ${count(requests, "request")}`,
    Headers: readable && headers.length ? headers.map(titled).join(", ") : "none to read",
  };
}

function count(number, name) {
  return number > 1 ? `${number} ${name}s` : `${number || "no"} ${name}`;
}

function reasonOf({ reason, anchor }) {
  return element("p", { className: "reason" },
    element("strong", {}, "The model’s reason: "), withoutRun(reason),
    anchor ? [" (", element("a", { href: anchor }, "the rule"), ")"] : null);
}
