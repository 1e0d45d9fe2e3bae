// Texts and addresses of the server as elements.

import { element, ticked } from "./element.js";

export { element, titled } from "./element.js";

/** Text of the server, in which indented lines are to be pasted. */
export function prose(text) {
  const parts = [];
  for (const line of text.split("\n")) {
    const isCode = /^ {4}|^ {6}/.test(line);
    const last = parts.at(-1);
    if (last?.isCode === isCode) last.lines.push(line);
    else parts.push({ isCode, lines: [line] });
  }
  return parts.map(({ isCode, lines }) => (isCode ? paste(lines) : element("p", {}, ticked(lines.join(" ")))));
}

function paste(lines) {
  const indent = Math.min(...lines.map((line) => line.match(/^ */)[0].length));
  const text = lines.map((line) => line.slice(indent)).join("\n");
  const copy = element("button", { type: "button", className: "copy" }, "Copy");
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      copy.textContent = "Copied";
    } catch {
      copy.textContent = "Select and copy";
    }
  });
  return element("div", { className: "paste" }, element("pre", {}, element("code", {}, text)), copy);
}

/** An address of the standard, and of nothing else. */
export function toStandard(anchor, statement) {
  const known = anchor?.startsWith("https://fetch.spec.whatwg.org/");
  const text = "The rule, in the Fetch standard";
  return known ? element("a", { href: anchor, title: statement ?? "", rel: "noreferrer", target: "_blank" }, text) : text;
}
