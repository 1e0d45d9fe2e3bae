// What follows from a step and the exchanges that the servers saw.

const FORM_METHODS = ["GET", "HEAD", "POST"];
const FORM_TYPES = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/** The value of a header among pairs of lower-case name and value. */
export function headerOf(pairs, name) {
  return pairs.find(([found]) => found === name)?.[1];
}

/** The exchanges that the browser had, without those of the proxy behind it. */
export function ofBrowser(exchanges) {
  return exchanges.filter((exchange) => !fromProxy(exchange));
}

export function fromProxy(exchange) {
  return headerOf(exchange.request, "via") !== undefined;
}

/** The headers of a step that need permission: for the rows here, all but a form's content types. */
function unsafeHeaders(step) {
  return Object.entries(step.headers ?? {})
    .filter(([name, value]) => !(name === "Content-Type" && FORM_TYPES.includes(value)))
    .map(([name]) => name);
}

export function methodOf(step) {
  return step.method ?? "GET";
}

export function needsPreflight(step) {
  return !FORM_METHODS.includes(methodOf(step)) || unsafeHeaders(step).length > 0;
}

/** What a step needs and a preflight's answer does not allow. */
export function notAllowed(step, response) {
  const list = (name) => (headerOf(response, name) ?? "").split(",").map((item) => item.trim());
  const methods = [...FORM_METHODS, ...list("access-control-allow-methods")];
  const headers = list("access-control-allow-headers").map((name) => name.toLowerCase());
  return {
    methods: [methodOf(step)].filter((method) => !methods.includes(method)),
    headers: unsafeHeaders(step).filter((name) => !headers.includes(name.toLowerCase())),
  };
}
