// What follows from a step and the exchanges that the servers saw.

/** What a step can come to. */
export const VERDICTS = { readable: "Readable", blocked: "Blocked", failed: "No answer" };

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

export function methodOf(step) {
  return step.method ?? "GET";
}
