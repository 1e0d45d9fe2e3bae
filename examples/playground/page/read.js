// Shows what the script could read.

import { element, headerLine, ticked, titled } from "./dom.js";
import { VERDICTS, ofBrowser } from "./facts.js";
import { withoutRun, withRun } from "./predict.js";
import { why } from "./why.js";

export function drawReading(step) {
  const { outcome, reading } = step;
  const said = why(step);
  return [
    element("p", { className: `verdict ${outcome}` },
      element("strong", {}, VERDICTS[outcome]),
      outcome === "readable" ? element("span", { className: "status" }, `status ${reading.status}`) : null),
    said ? element("p", { className: "why" }, ticked(said)) : null,
    ...(outcome === "readable" ? contents(step) : [
      part("All that the script gets"),
      element("pre", { className: "body error" }, reading.error),
    ]),
    ...(outcome === "blocked" ? remedy(step) : []),
  ];
}

function contents({ reading, exchanges }) {
  const readable = reading.headers.map(([name]) => name);
  const sent = ofBrowser(exchanges).at(-1)?.response.map(([name]) => name) ?? [];
  // The browser's own business is left out: no script asks for it.
  const hidden = sent.filter((name) => !readable.includes(name) && !name.startsWith("access-control-"));
  return [
    part("Headers"),
    element("ul", { className: "headers readable-headers" }, reading.headers.map(([name, value]) => headerLine(name, value))),
    hidden.length ? part("Sent, but hidden from the script") : null,
    hidden.length ? element("ul", { className: "hidden-headers" },
      hidden.map((name) => element("li", { data: { header: name } }, titled(name)))) : null,
    part("Body"),
    element("pre", { className: "body" }, reading.body || "(empty)"),
  ];
}

/** What the model says of it: that is worth something only where it was right. */
function remedy({ prediction, agrees, run, mend }) {
  if (!agrees) return [element("p", { className: "why" }, "The model expected something else, so its explanation is left out.")];
  const { console, help, notes, policy } = prediction;
  return [
    help.length ? part("What helps") : null,
    ...help.flatMap((text) => helpOf(text, policy && mend && (() => mend(policy)))),
    ...notes.map((note) => element("p", { className: "note" }, `Note: ${withoutRun(note)}`)),
    console ? part("What the console says") : null,
    console ? element("pre", { className: "body console" }, withRun(console, run)) : null,
  ];
}

/** A text to paste stands in lines of its own, indented. Where the policy is at hand, it can be mended instead. */
function helpOf(help, mend) {
  const [words, ...pasted] = withoutRun(help).split("\n    ");
  return [
    element("p", { className: "help" }, words[0].toUpperCase() + words.slice(1)),
    ...(pasted.length ? mend?.() ?? [element("pre", { className: "body fix" }, pasted.join("\n"))] : []),
  ];
}

function part(title) {
  return element("h6", {}, title);
}
