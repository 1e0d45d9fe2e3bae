// Draws exchanges as arrows between two lifelines.

import { element, headerLine, prose } from "./dom.js";
import { fromProxy, headerOf, methodOf, needsPreflight, ofBrowser, ordinal } from "./facts.js";

const NOT_ON_DIAGRAM = ["content-length", "via"];

/** The exchanges of a step, and what was spared or never sent. */
export function drawWire({ step, sender, target, exchanges }) {
  const crossing = sender !== target;
  const seen = ofBrowser(exchanges);
  const drawn = [];
  if (crossing && needsPreflight(step) && seen.length && !seen.some(({ kind }) => kind === "preflight")) {
    drawn.push(gap("No preflight: the browser still keeps the answer to an earlier one."));
  }
  for (const exchange of exchanges) drawn.push(draw(exchange, crossing));
  if (seen.length && seen.every(({ kind }) => kind === "preflight")) {
    drawn.push(gap(`${methodOf(step)} ${step.path} was never sent.`));
  }
  if (!exchanges.length) drawn.push(gap("Nothing arrived."));
  return drawn;
}

function draw(exchange, crossing) {
  const proxied = fromProxy(exchange);
  const { kind, method, path, request, response, status, reason } = exchange;
  return element("div", { className: "exchange", data: { kind: proxied ? "passed-on" : kind, path } },
    element("div", { className: "ends" },
      element("span", {}, proxied ? "proxy" : "browser"),
      element("span", {}, exchange.host)),
    element("div", { className: "lifelines" },
      arrow("there", [element("b", {}, method), ` ${path}`], kind === "preflight" ? "preflight" : null),
      headers(request),
      handler(exchange),
      arrow("back", [element("b", {}, String(status)), ` ${reason}`], null),
      headers(response),
      crossing && !proxied ? missingGrant(response) : null));
}

function arrow(direction, label, tag) {
  return element("p", { className: `arrow ${direction}` },
    element("span", { className: "label" }, label),
    tag ? element("span", { className: "tag" }, tag) : null);
}

function headers(pairs) {
  const shown = pairs.filter(([name]) => !NOT_ON_DIAGRAM.includes(name));
  return element("ul", { className: "headers" }, shown.map(([name, value]) => {
    const cors = name === "origin" || name.startsWith("access-control-");
    return headerLine(name, value, { className: cors ? "cors" : "" });
  }));
}

function missingGrant(response) {
  if (headerOf(response, "access-control-allow-origin") !== undefined) return null;
  return element("p", { className: "missing" }, prose("no `Access-Control-Allow-Origin`"));
}

function handler({ kind, handler_runs: runs, path }) {
  if (runs !== null) {
    return element("p", { className: "handler ran", data: { runs: String(runs) } }, `The handler ran, for the ${ordinal(runs)} time.`);
  }
  if (path.startsWith("/proxy/")) return element("p", { className: "handler" }, "The proxy asks the API.");
  const text = kind === "preflight" ? "The policy answers. No handler runs." : "No handler runs.";
  return element("p", { className: "handler" }, text);
}

function gap(text) {
  return element("p", { className: "gap" }, text);
}
