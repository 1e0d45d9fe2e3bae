// Draws a fetch: the browser on the left, the server on the right, arrows between them, and the reason below.

import { element, prose, titled, toStandard } from "./dom.js";

const SIGNS = { readable: "✓", blocked: "✕", open: "…", none: "–", depends: "?" };
const VERDICTS = { readable: "readable", blocked: "blocked", open: "allowed so far", none: "no verdict" };

/** One picture; what is open stays open when it is drawn anew. */
export function draw(picture, isOpen) {
  const made = element("details", { className: "picture card", open: isOpen, data: { verdict: picture.verdict, code: picture.code } },
    element("summary", {},
      element("span", { className: "sign", "aria-hidden": "true" }, SIGNS[picture.verdict]),
      element("span", { className: "what" },
        element("span", { className: "request" }, `${picture.method} ${picture.path}`),
        element("span", { className: "title" }, picture.title)),
      element("span", { className: "meta" },
        picture.time ? element("time", { dateTime: new Date(picture.time).toISOString() }, new Date(picture.time).toLocaleTimeString()) : null,
        picture.policy ? element("span", {}, picture.policy) : null)),
    picture.assumed ? element("p", { className: "assumed" }, picture.assumed) : null,
    diagram(picture), why(picture), otherwise(picture));
  return made;
}

function diagram(picture) {
  const page = picture.page === "null" ? "no origin of its own" : picture.page;
  return element("figure", { className: "diagram", "aria-label": "Browser on the left, server on the right" },
    element("div", { className: "ends" },
      element("div", { className: "end" }, element("strong", {}, "Your page"), element("span", {}, page)),
      element("div", { className: "end server" }, element("strong", {}, "Your server"), element("span", {}, picture.server))),
    element("ol", { className: "lifelines" }, picture.steps.map(step)));
}

function step(step) {
  if (step.kind === "server") {
    return element("li", { className: "at-server", data: { mood: step.mood } }, element("span", { className: "at-it" }, step.text),
      step.decided.length ? element("ul", { className: "decided" },
        step.decided.map(({ mood, text }) => element("li", { data: { mood } }, text))) : null);
  }
  if (step.kind === "note") return element("li", { className: "at-browser" }, step.text);
  if (step.kind === "end") {
    return element("li", { className: "at-browser end-of-it", data: { mood: step.mood } },
      step.mood === "bad" ? element("span", { className: "cross", "aria-hidden": "true" }, "✕") : null, step.text);
  }
  const there = step.kind === "ask";
  return element("li", { className: `message ${there ? "there" : "back"}`, data: { preflight: step.preflight, stopped: step.stopped ?? false } },
    element("p", { className: "says" }, step.text),
    element("p", { className: "arrow" },
      element("span", { className: "wire", data: { mark: step.badStatus ? "bad" : "" } }, step.wire),
      step.preflight ? element("span", { className: "tag" }, "preflight") : null),
    headers(step));
}

function headers({ lines, others }) {
  if (!lines.length && !others.length) return null;
  return element("ul", { className: "headers" },
    lines.map(line),
    others.length
      ? element("li", { className: "others" }, element("details", {},
        element("summary", {}, others.length === 1 ? "1 more header" : `${others.length} more headers`),
        element("ul", {}, others.map(line))))
      : null);
}

function line({ name, value, mark }) {
  const remark = (text) => element("span", { className: "remark" }, text);
  return element("li", { className: "line", data: { mark: mark ?? "", header: name.toLowerCase() } },
    // Before the name: read in passing, the line would seem to be there.
    mark === "missing" ? [remark("missing"), " "] : null,
    element("span", { className: "name" }, name), value === null || value === undefined ? "" : ": ",
    element("span", { className: "value" }, value ?? ""),
    mark === "bad" ? [" ", remark("this stops it")] : null);
}

function why({ reason }) {
  const consoles = reason.consoles ?? [];
  return element("div", { className: "why" },
    element("p", { className: "reason" }, sentence(reason.text)),
    (reason.advice ?? []).map(({ kind, text }) => element("div", { className: `advice ${kind}` },
      element("h3", {}, { help: "What to change", note: "Note", warning: "Warning" }[kind]), prose(capital(text)))),
    reason.readable ? element("p", { className: "readable-headers" }, "Headers that the script may read: ",
      element("code", {}, reason.readable.map(titled).join(", ") || "none")) : null,
    consoles.length ? element("details", { className: "consoles" },
      element("summary", {}, "What the console of the browser says"),
      consoles.map(({ browser, text }) => [element("h3", {}, browser), element("pre", {}, element("code", {}, text))])) : null,
    element("p", { className: "rule" }, toStandard(reason.anchor, reason.statement)));
}

function otherwise(picture) {
  const other = picture.otherwise;
  if (!other) return null;
  return element("div", { className: "otherwise" },
    element("details", { data: { verdict: other.verdict, code: other.code } },
      element("summary", {}, element("strong", {}, other.when), `: ${VERDICTS[other.verdict]}, because ${other.reason.text}`),
      diagram(other), why(other)));
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function sentence(text) {
  return `${capital(text)}${/[.?!]$/.test(text) ? "" : "."}`;
}
