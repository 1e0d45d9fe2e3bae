// The policy that the visitor writes: checked by the validator itself, in its own words.

import { element, ticked } from "./dom.js";
import { askServer } from "./server.js";

/** This much quiet ends a stroke of writing. */
const QUIET = 250;

export class Editor {
  #text = document.querySelector("#policy-text");
  #state = document.querySelector("#policy-state");
  #mistakes = document.querySelector("#mistakes");
  #notations = [document.querySelector("#source"), document.querySelector("#variables")];
  #timer;

  /** Calls back whenever somebody has changed the policy. */
  constructor(onChange) {
    this.onChange = onChange;
    this.#text.addEventListener("input", () => this.#changed());
  }

  get value() {
    return this.#text.value;
  }

  /** Puts a text there that nobody has asked to be checked. */
  fill(text) {
    clearTimeout(this.#timer);
    this.#text.value = text;
    this.#fit();
    this.#show("unknown", "Not checked yet", []);
  }

  /** Puts a text there as if the visitor had written it. */
  write(text) {
    this.#text.value = text;
    this.#changed();
  }

  #changed() {
    this.#fit();
    // What was found before stays until the answer, so that nothing flickers and nobody is told twice.
    this.#state.dataset.state = "unknown";
    this.onChange();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.check().catch(() => {}), QUIET);
  }

  #fit() {
    this.#text.rows = Math.min(Math.max(this.value.split("\n").length, 7), 24);
  }

  async check() {
    clearTimeout(this.#timer);
    const text = this.value;
    const answer = await askServer("/policy", text);
    // Another answer is on its way for what stands there now.
    if (text === this.value) this.show(answer);
  }

  /** Shows what the server says of the policy. */
  show({ policy, mistakes, problem }) {
    if (problem) return this.#show("wrong", problem, []);
    if (mistakes) return this.#show("wrong", mistakes.length === 1 ? "1 mistake" : `${mistakes.length} mistakes`, mistakes);
    const [source, variables] = this.#notations;
    source.textContent = policy.source;
    variables.textContent = policy.variables ?? "Several rules cannot be expressed in environment variables.";
    this.#show("right", "No mistakes", []);
  }

  #show(state, text, mistakes) {
    this.#state.textContent = text;
    this.#state.dataset.state = state;
    this.#text.setAttribute("aria-invalid", String(state === "wrong"));
    this.#mistakes.replaceChildren(...mistakes.map((mistake) => this.#draw(mistake)));
    if (state !== "right") {
      for (const notation of this.#notations) notation.textContent = "Shown when the policy has no mistakes.";
    }
  }

  #draw({ place, summary, help, notes, at, replacement }) {
    const where = [at ? `line ${at.line}` : null, place || null].filter(Boolean).join(", ");
    const apply = replacement === null ? null : button("apply", `Write ${replacement}`, () => this.#apply(at, replacement));
    return element("li", {},
      element("p", { className: "summary" }, where ? element("span", { className: "where" }, `${where}: `) : null, ticked(summary)),
      element("p", { className: "help" }, element("b", {}, "Help: "), ticked(help)),
      notes.map((note) => element("p", { className: "note" }, "Note: ", ticked(note))),
      apply || at ? element("p", { className: "actions" }, apply, at ? button("find", "Show it", () => this.#select(at)) : null) : null);
  }

  #apply({ from, to }, replacement) {
    // The place is one in the text that was checked.
    if (this.#state.dataset.state !== "wrong") return;
    this.#text.setRangeText(replacement, from, to, "select");
    this.#text.focus();
    this.#changed();
  }

  #select({ from, to }) {
    this.#text.focus();
    this.#text.setSelectionRange(from, to);
  }
}

function button(className, text, press) {
  const made = element("button", { type: "button", className: `quiet ${className}` }, text);
  made.addEventListener("click", press);
  return made;
}
