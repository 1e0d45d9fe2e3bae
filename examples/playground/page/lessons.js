// The lessons: their list, and how they run.

import { ask, requestOf } from "./ask.js";
import { element, ticked } from "./dom.js";
import { askThrough } from "./frame.js";
import { predict } from "./predict.js";
import { groups } from "./rows.js";
import { lookAtWire, newRun } from "./server.js";
import { RowView } from "./view.js";

const announcement = document.querySelector("#announcement");

export class Lessons {
  #views = new Map();

  constructor(setup) {
    this.setup = setup;
    this.rows = groups.flatMap((group) => group.rows);
    document.querySelector("#policy").textContent = setup.policy;
  }

  async begin() {
    const { engine, rows: predictions } = await predict(this.rows, this.setup);
    this.engine = engine;
    document.querySelector("#rows").append(...groups.map((group) => this.#group(group, predictions)));
    document.querySelector("#contents-list").append(...groups.map((group) => this.#contents(group)));
    const all = document.querySelector("#run-all");
    all.addEventListener("click", () => this.#runAll(all));
    all.disabled = false;
    addEventListener("hashchange", () => this.#open(location.hash.slice(1)));
    this.#open(location.hash.slice(1));
  }

  /** Texts name the origins by placeholder, because the ports can be chosen. */
  #fill(text) {
    return text.replace(/\{(here|page|other|api)\}/g, (_, name) => this.setup[name]);
  }

  #group(group, predictions) {
    const views = group.rows.map((row) => {
      const index = this.rows.indexOf(row);
      const next = this.rows[index + 1];
      const view = new RowView({
        row, setup: this.setup, lesson: this.#fill(row.lesson), predictions: predictions[index], engine: this.engine,
        next: next && this.#linkTo(next, `Next: ${next.title}`),
      });
      view.ask = view.frame ? askThrough(view.frame, this.setup.other) : ask;
      view.button.addEventListener("click", () => this.#run(row, view));
      this.#views.set(row, view);
      return view;
    });
    return element("section", { className: "group", id: group.id },
      element("h3", {}, group.title),
      element("p", { className: "idea" }, ticked(this.#fill(group.idea))),
      views.map((view) => view.item));
  }

  #contents({ title, rows }) {
    return element("li", {}, element("span", {}, title),
      element("ol", {}, rows.map((row) => element("li", {}, this.#linkTo(row, row.title)))));
  }

  #linkTo(row, text) {
    const link = element("a", { href: `#${row.id}`, className: "to-lesson" }, text);
    link.addEventListener("click", (event) => {
      this.#open(row.id);
      // The address of what is being played stays.
      if (!location.hash.startsWith("#play=")) return;
      event.preventDefault();
      this.#views.get(row).item.scrollIntoView();
    });
    return link;
  }

  #open(id) {
    const row = this.rows.find((row) => row.id === id);
    if (!row) return;
    const { item } = this.#views.get(row);
    item.open = true;
    item.querySelector("summary").focus({ preventScroll: true });
  }

  async #run(row, view) {
    if (view.state === "running") return;
    view.start();
    const run = newRun(row.id);
    let seen = 0;
    try {
      for (const [index, step] of row.steps.entries()) {
        const reading = await view.ask(requestOf(step, this.setup, run));
        const exchanges = await lookAtWire(run, seen);
        seen = exchanges.at(-1)?.sequence ?? seen;
        view.show(index, reading, exchanges, run);
      }
      view.finish();
    } catch (error) {
      view.fail(error.message);
    }
    announcement.textContent = `${row.title}: ${view.summary()}`;
    this.#tally();
  }

  #tally() {
    const counts = { readable: 0, blocked: 0, failed: 0 };
    const views = [...this.#views.values()];
    for (const outcome of views.flatMap((view) => view.outcomes())) counts[outcome] += 1;
    const surprises = views.reduce((sum, view) => sum + view.surprises(), 0);
    const broken = views.filter((view) => view.state === "failed").length;
    const parts = [
      `${counts.readable} readable`, `${counts.blocked} blocked`,
      counts.failed ? `${counts.failed} without an answer` : null,
      broken ? `${broken} did not run` : null,
      surprises ? `${surprises} not as predicted` : broken ? null : "all as predicted",
    ];
    document.querySelector("#tally").textContent = parts.filter(Boolean).join(", ");
  }

  async #runAll(button) {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    // One after the other, so that one row's log-in is not another row's surprise.
    for (const [row, view] of this.#views) await this.#run(row, view);
    button.setAttribute("aria-busy", "false");
  }
}
