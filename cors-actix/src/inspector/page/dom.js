// Small helpers to build elements.

/** An element with properties and children; texts become text nodes, so nothing is ever parsed as HTML. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "data") Object.assign(made.dataset, value);
    else if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

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

/** Text in which `back-ticks` mark code. */
function ticked(text) {
  return text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));
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
export function toStandard(anchor, text) {
  const known = anchor?.startsWith("https://fetch.spec.whatwg.org/");
  return known ? element("a", { href: anchor, rel: "noreferrer", target: "_blank" }, text) : text;
}
