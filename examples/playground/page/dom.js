// Small helpers to build elements.

import { element, titled } from "./element.js";

export { element, ticked, titled } from "./element.js";

/** A header as one line. */
export function headerLine(name, value, properties = {}) {
  return element("li", { ...properties, data: { header: name } },
    element("span", { className: "name" }, titled(name)), ": ", element("span", { className: "value" }, value));
}
