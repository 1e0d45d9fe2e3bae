// Small helpers to build elements.

import { element } from "./element.js";

export { element, ticked } from "./element.js";

/** A header's name as people write it. */
export function titled(name) {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

/** A header as one line. */
export function headerLine(name, value, properties = {}) {
  return element("li", { ...properties, data: { header: name } },
    element("span", { className: "name" }, titled(name)), ": ", element("span", { className: "value" }, value));
}
