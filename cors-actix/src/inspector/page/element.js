// Elements of the inspector and of the playground.

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

/** Text in which `back-ticks` mark code. */
export function ticked(text) {
  return text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));
}

/** Names that have other capitals than the first letter of each word. */
const SPELT = ["Content-MD5", "DNT", "DPR", "ETag", "Last-Event-ID", "TE", "WWW-Authenticate", "X-XSS-Protection"];

/** A header's name as people write it, as `canonical_name` of cors-browser does. */
export function titled(name) {
  return SPELT.find((spelt) => spelt.toLowerCase() === name.toLowerCase()) ?? name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
