// Draws exchanges as arrows between two lifelines.

import { element, headerLine, ticked } from "./dom.js";
import { fromProxy, headerOf, methodOf, ofBrowser } from "./facts.js";

const NOT_DRAWN = ["content-length", "via"];
/** The order of CORS headers on a diagram: the grant first. All others follow as they are. */
const GRANTS = ["origin", "allow-origin", "allow-credentials", "request-method", "allow-methods", "request-headers", "allow-headers"];

/** The exchanges of a step, and what was spared or never sent. */
export function drawWire({ step, sender, target, exchanges, prediction }) {
  const seen = ofBrowser(exchanges);
  if (!seen.length) return [element("p", { className: "nothing" }, "Nothing arrived.")];
  const crossing = sender !== target;
  const asked = seen.some(({ kind }) => kind === "preflight");
  const sent = seen.some(({ kind }) => kind === "request");
  const passedOn = exchanges.find(fromProxy);
  return [diagram("browser", seen[0].host,
    sent && !asked && prediction.preflight_due ? spared() : null,
    seen.map((exchange) => draw(exchange, crossing, passedOn)),
    sent ? null : neverSent(step))];
}

function diagram(left, right, ...content) {
  return element("div", { className: "diagram" },
    element("div", { className: "ends" }, element("span", {}, left), element("span", {}, right)),
    element("div", { className: "lifelines" }, ...content.flat()));
}

function draw(exchange, crossing, passedOn) {
  const { kind, method, path, request, response, status, reason } = exchange;
  return element("div", { className: "exchange", data: { kind, path } },
    arrow("there", [element("b", {}, method), ` ${path}`], kind === "preflight" ? "preflight" : null),
    headers(request),
    passedOn ? diagram("proxy", passedOn.host, draw(passedOn, false, null)) : handler(exchange),
    arrow("back", [element("b", {}, String(status)), ` ${reason}`], null),
    headers(response),
    crossing ? missingGrant(response) : null);
}

function arrow(direction, label, tag) {
  return element("p", { className: `arrow ${direction}` },
    element("span", { className: "label" }, label),
    tag ? element("span", { className: "tag" }, tag) : null);
}

function headers(pairs) {
  const rank = ([name]) => {
    const place = GRANTS.indexOf(name.replace("access-control-", ""));
    return place < 0 ? GRANTS.length : place;
  };
  const shown = pairs.filter(([name]) => !NOT_DRAWN.includes(name)).sort((one, two) => rank(one) - rank(two));
  return element("ul", { className: "headers" }, shown.map(([name, value]) => {
    const cors = name === "origin" || name.startsWith("access-control-");
    return headerLine(name, value, { className: cors ? "cors" : "" });
  }));
}

function missingGrant(response) {
  if (headerOf(response, "access-control-allow-origin") !== undefined) return null;
  return element("p", { className: "missing" }, ticked("no `Access-Control-Allow-Origin`"));
}

function handler({ kind, handler_runs: runs }) {
  if (runs !== null) {
    return element("p", { className: "handler ran", data: { runs } }, `The handler ran. Its counter: ${runs}`);
  }
  return element("p", { className: "handler" }, kind === "preflight" ? "The policy answers, no handler runs" : "No handler ran");
}

function spared() {
  return element("p", { className: "spared" }, "No preflight: the browser still keeps the answer to an earlier one.");
}

function neverSent(step) {
  return element("div", { className: "exchange never-sent" },
    arrow("there stopped", [element("b", {}, methodOf(step)), ` ${step.path}`], "never sent"));
}
