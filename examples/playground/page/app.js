// Puts the rows on the page and runs them.

import { ask, requestOf } from "./ask.js";
import { element, prose } from "./dom.js";
import { askThrough } from "./frame.js";
import { predict } from "./predict.js";
import { groups } from "./rows.js";
import { RowView } from "./view.js";

const setup = await (await fetch("/setup")).json();
const here = location.origin;
const rows = groups.flatMap((group) => group.rows);
const { engine, rows: predictions } = await predict(rows, setup, here);
const announcement = document.querySelector("#announcement");

/** Texts name the origins by placeholder, because the ports can be chosen. */
function fill(text) {
  return text.replace(/\{(here|page|other|api)\}/g, (_, name) => ({ here, ...setup })[name]);
}

function originEntry(kind, term, origin, note) {
  return element("div", { className: kind },
    element("dt", {}, term), element("dd", { className: "address" }, origin), element("dd", {}, note));
}

function linkTo(origin, text) {
  return element("a", { href: origin }, text);
}

function showOrigins() {
  const listed = here === setup.page;
  document.querySelector("#policy").textContent = `cors_policy! {\n${setup.policy.replace(/^/gm, "  ")}\n}`;
  document.querySelector("#origins").append(
    originEntry(listed ? "listed" : "unlisted", "This page", here, listed ? "listed in the policy" : "not in the policy"),
    originEntry("api", "The API", setup.api, "says who may read"),
    listed
      ? originEntry("unlisted", "Another page", setup.other, linkTo(setup.other, "the same, not in the policy"))
      : originEntry("listed", "Another page", setup.page, linkTo(setup.page, "the same, listed in the policy")),
  );
  if (listed) return;
  const banner = document.querySelector("#banner");
  banner.append(
    element("strong", {}, `This page’s origin is ${here}, which the policy does not list. `),
    "The browser keeps every answer of the API from it; only the proxy on its own origin still works. The page to compare with is ",
    linkTo(setup.page, setup.page), ".",
  );
  banner.hidden = false;
}

/** What the servers saw of a run since the exchange with the given number. */
async function lookAtWire(run, after) {
  return (await fetch(`/wire?of=${run}&after=${after}`)).json();
}

async function runRow(row, view) {
  if (view.state === "running") return;
  view.start();
  const run = `${row.id}-${crypto.randomUUID().slice(0, 8)}`;
  let seen = 0;
  try {
    for (const [index, step] of row.steps.entries()) {
      const reading = await view.ask(requestOf(step, setup, run));
      const exchanges = await lookAtWire(run, seen);
      seen = exchanges.at(-1)?.sequence ?? seen;
      view.show(index, reading, exchanges, run);
    }
    view.finish();
  } catch (error) {
    view.fail(`The playground does not answer (${error.message}). Is it still running?`);
  }
  announcement.textContent = `${row.title}: ${view.summary()}`;
  tally();
}

const views = new Map();

function tally() {
  const counts = { readable: 0, blocked: 0, failed: 0 };
  for (const view of views.values()) {
    for (const outcome of view.outcomes()) counts[outcome] += 1;
  }
  const surprises = [...views.values()].reduce((sum, view) => sum + view.surprises(), 0);
  const predicted = surprises ? `${surprises} not as predicted` : "all as predicted";
  const failed = counts.failed ? `, ${counts.failed} without an answer` : "";
  document.querySelector("#tally").textContent = `${counts.readable} readable, ${counts.blocked} blocked${failed}, ${predicted}`;
}

async function runAll() {
  const button = document.querySelector("#run-all");
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  // One after the other, so that one row's log-in is not another row's surprise.
  for (const [row, view] of views) await runRow(row, view);
  button.setAttribute("aria-busy", "false");
}

function showEngine() {
  document.querySelector("#engine").textContent = engine
    ? `as ${engine} is known to do it, which is the engine of this browser by what it says of itself`
    : "as the Fetch standard says, for the engine of this browser is unknown";
}

function showRows() {
  const main = document.querySelector("#rows");
  for (const group of groups) {
    const section = element("section", { className: "group", id: group.id },
      element("h2", {}, group.title),
      element("p", { className: "idea" }, prose(fill(group.idea))));
    for (const row of group.rows) {
      const view = new RowView({ row, setup, here, fill, predictions: predictions[rows.indexOf(row)], engine });
      view.ask = view.frame ? askThrough(view.frame, setup.other) : ask;
      view.button.addEventListener("click", () => runRow(row, view));
      views.set(row, view);
      section.append(view.article);
    }
    main.append(section);
  }
}

showOrigins();
showEngine();
showRows();
const all = document.querySelector("#run-all");
all.addEventListener("click", runAll);
all.disabled = false;
