// Shows what the script could read.

import { element, headerLine, prose, titled } from "./dom.js";
import { ofBrowser } from "./facts.js";
import { why } from "./why.js";

const VERDICTS = { readable: "Readable", blocked: "Blocked", failed: "No answer" };

export function drawReading(step) {
  const { outcome, reading } = step;
  return [
    element("p", { className: `verdict ${outcome}` },
      element("strong", {}, VERDICTS[outcome]),
      outcome === "readable" ? element("span", { className: "status" }, `status ${reading.status}`) : null),
    element("p", { className: "why" }, prose(why(step))),
    ...(outcome === "readable" ? contents(step) : [
      part("All that the script gets"),
      element("pre", { className: "body error" }, reading.error),
    ]),
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

function part(title) {
  return element("h5", {}, title);
}
