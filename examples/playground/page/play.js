// A policy and a request of the visitor's: guessed, predicted, and really sent.

import { addressOf, stateOf } from "./address.js";
import { ask, requestOf } from "./ask.js";
import { element } from "./dom.js";
import { Editor } from "./editor.js";
import { VERDICTS } from "./facts.js";
import { askThrough } from "./frame.js";
import { RUN_TO_COME, predictedBy } from "./predict.js";
import { RequestForm } from "./request.js";
import { askServer, lookAtWire, newRun } from "./server.js";
import { StepView } from "./step.js";

const result = document.querySelector("#result");
const problem = document.querySelector("#problem");
const shared = document.querySelector("#shared");
const state = document.querySelector("#guess-state");
const invitation = state.textContent;
const announcement = document.querySelector("#announcement");

export class Play {
  #guesses = { all: 0, right: 0 };

  constructor(setup) {
    this.setup = setup;
    this.editor = new Editor(() => this.#changed());
    this.form = new RequestForm(setup, () => this.#changed());
    this.buttons = [...document.querySelectorAll("[data-guess]")];
    for (const button of this.buttons) button.addEventListener("click", () => this.#guess(button.dataset.guess));
    document.querySelector("#share").addEventListener("click", ({ target }) => this.#share(target));
    addEventListener("hashchange", () => this.#take());
  }

  /** Fills in what the address holds, of which nothing is checked before somebody asks; or else something to begin with. */
  async begin() {
    if (await this.#take()) return;
    this.editor.fill(this.setup.first_policy);
    this.form.fill({
      sender: "page", method: "PUT", headers: "Content-Type: application/json\nAuthorization: Bearer demo-token",
      credentials: "same-origin", body: '{"text":"Buy milk"}',
    });
    await this.editor.check();
  }

  async #take() {
    const state = await stateOf(location.hash);
    if (!state) return false;
    this.editor.fill(state.policy);
    this.form.fill(state);
    this.#age();
    shared.hidden = false;
    return true;
  }

  get #state() {
    return { policy: this.editor.value, ...this.form.state };
  }

  async #changed() {
    shared.hidden = true;
    this.#age();
    await this.#show();
  }

  /** Says that the result shown is one of an earlier policy or request. */
  #age() {
    const title = result.querySelector("h3");
    if (!title) return;
    title.textContent = "Before your change";
    result.dataset.stale = "";
  }

  async #show() {
    try {
      const state = this.#state;
      const address = await addressOf(state);
      // Somebody may have gone on writing.
      if (JSON.stringify(state) === JSON.stringify(this.#state)) history.replaceState(null, "", address);
    } catch {
      // Too long for an address, which then stays as it is.
    }
  }

  async #share(button) {
    await this.#show();
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Copy it from above";
    }
    setTimeout(() => { button.textContent = "Copy link to this try"; }, 2000);
  }

  async #guess(guess) {
    if (this.busy) return;
    this.#be(true);
    problem.hidden = true;
    shared.hidden = true;
    state.textContent = invitation;
    try {
      await this.#show();
      const sent = await this.#send();
      if (sent) this.#draw(guess, sent);
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
    this.#be(false);
  }

  #be(busy) {
    this.busy = busy;
    for (const button of this.buttons) button.setAttribute("aria-busy", String(busy));
  }

  /** Sends the request to the policy as it is now; nothing where that has mistakes. */
  async #send() {
    const kept = await askServer("/tries", this.editor.value);
    if (kept.number === undefined) {
      this.editor.show(kept);
      throw new Error("The policy has mistakes, so it is not served. Fix them, then guess again.");
    }
    const { setup } = this;
    const [step, sender] = [this.form.step(kept.number), this.form.origin];
    const { url, options } = requestOf(step, setup, RUN_TO_COME);
    const { engine, rows: [[prediction]] } = await askServer("/predictions", [{ origin: sender, requests: [{ url, ...options }] }]);
    const inFrame = sender !== setup.here;
    const view = new StepView({ step, setup, sender, prediction, engine, inFrame, mend: (policy) => this.#mended(policy) });
    // The frame loads only where it is on the page.
    const steps = element("ol", { className: "steps" }, view.item);
    result.replaceChildren(steps);
    delete result.dataset.stale;
    const send = inFrame ? askThrough(view.frame, sender) : ask;
    const run = newRun("try");
    view.show(await send(requestOf(step, setup, run)), await lookAtWire(run), run);
    await this.editor.check();
    return { view, steps, step, sender, prediction, engine };
  }

  #draw(guess, { view, steps, step, sender, prediction, engine }) {
    const right = guess === view.outcome;
    this.#guesses.all += 1;
    if (right) this.#guesses.right += 1;
    const { all, right: times } = this.#guesses;
    const tile = (who, outcome) => element("li", { className: outcome, data: { who } },
      element("span", {}, who), element("strong", {}, VERDICTS[outcome]));
    const verdict = right ? "You guessed right" : "Not what you guessed";
    result.prepend(
      element("div", { className: "sum" },
        element("h3", { className: right ? "right" : "wrong" }, verdict),
        element("p", { className: "score" }, `${times} of ${all} guessed right`)),
      element("h4", {}, element("code", {}, `${step.method} ${step.path}`), ` from ${sender}`),
      element("ol", { className: "verdicts" },
        tile("Your guess", guess),
        tile(predictedBy(engine), prediction.outcome),
        tile("Your browser", view.outcome)));
    steps.classList.add("card");
    announcement.textContent = `${verdict}: ${VERDICTS[view.outcome]}, ${view.agreement === "agrees" ? "as" : "not as"} predicted`;
    result.scrollIntoView({ block: "nearest" });
  }

  /** The policy that would allow the request, its new lines marked, and a button that writes it. */
  #mended(policy) {
    const before = this.editor.value.split("\n");
    const lines = policy.trimEnd().split("\n").map((line) => (before.includes(line) ? `${line}\n` : element("mark", {}, `${line}\n`)));
    const button = element("button", { type: "button", className: "quiet fix-policy" }, "Change the policy");
    button.addEventListener("click", () => {
      this.editor.write(policy);
      state.textContent = "Policy changed. Guess again.";
      this.buttons[0].focus();
    });
    return [element("pre", { className: "body fix" }, lines), button];
  }
}
