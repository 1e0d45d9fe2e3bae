// One lesson on the page: its texts, its button, and its steps.

import { senderOf } from "./ask.js";
import { element, ticked } from "./dom.js";
import { VERDICTS } from "./facts.js";
import { StepView } from "./step.js";

export class RowView {
  constructor({ row, setup, lesson, predictions, engine, next }) {
    this.row = row;
    const sender = senderOf(row, setup);
    this.steps = row.steps.map((step, index) => new StepView({
      step, setup, sender, engine, prediction: predictions[index], inFrame: row.from === "other",
    }));
    this.button = element("button", { type: "button", className: "run" }, "Run");
    this.button.setAttribute("aria-label", `Run: ${row.title}`);
    this.problem = element("p", { className: "problem", hidden: true });
    this.mark = element("span", { className: "mark" });
    this.frame = this.steps[0].frame;
    this.item = element("details", { className: "row", id: row.id, data: { row: row.id, state: "idle" } },
      element("summary", {}, element("h4", {}, row.title), this.mark),
      element("div", { className: "lesson" }, element("p", {}, ticked(lesson)), this.button),
      this.problem,
      element("ol", { className: "steps" }, this.steps.map((step) => step.item)),
      next ? element("p", { className: "next" }, next) : null);
  }

  get state() {
    return this.item.dataset.state;
  }

  start() {
    this.#enter("running");
    this.problem.hidden = true;
    this.mark.textContent = "";
  }

  show(index, reading, exchanges, run) {
    this.steps[index].show(reading, exchanges, run);
  }

  finish() {
    this.#enter("finished");
    this.button.textContent = "Run again";
    this.button.setAttribute("aria-label", `Run again: ${this.row.title}`);
    const outcomes = [...new Set(this.outcomes())];
    this.mark.textContent = outcomes.map((outcome) => VERDICTS[outcome]).join(", ");
    this.mark.className = `mark ${outcomes.length === 1 ? outcomes[0] : ""}`;
  }

  fail(text) {
    this.#enter("failed");
    for (const step of this.steps) step.clear();
    this.problem.textContent = text;
    this.problem.hidden = false;
    this.mark.textContent = "Did not run";
    this.mark.className = "mark failed";
  }

  outcomes() {
    return this.steps.map((step) => step.outcome).filter((outcome) => outcome !== undefined);
  }

  /** How many steps came otherwise than predicted. */
  surprises() {
    return this.steps.filter((step) => step.agreement === "differs").length;
  }

  summary() {
    if (this.state === "failed") return this.problem.textContent;
    return `${this.outcomes().join(", ")}, ${this.surprises() ? "not as predicted" : "as predicted"}`;
  }

  #enter(state) {
    this.item.dataset.state = state;
    this.item.setAttribute("aria-busy", String(state === "running"));
  }
}
