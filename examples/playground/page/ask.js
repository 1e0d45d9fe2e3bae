// Sends a request as a row describes it.

/** What to fetch: the row's step as address and options. The run's name in the address is how the log finds it. */
export function requestOf(step, setup, run) {
  const options = { method: step.method ?? "GET" };
  for (const key of ["headers", "body", "credentials"]) {
    if (step[key] !== undefined) options[key] = step[key];
  }
  return { url: `${addressOf(step, setup)}?run=${run}`, options };
}

/** The origin of the page that sends a row's requests. */
export function senderOf(row, setup) {
  return row.from === "other" ? setup.other : setup.here;
}

/** Where a step's request goes: to the API, or to the proxy on the page's own origin. */
export function addressOf(step, setup) {
  return step.via === "proxy" ? `/proxy${step.path}` : `${setup.api}${step.path}`;
}

/** Sends the request and reports all that a script can learn of it. */
export async function ask({ url, options }) {
  try {
    const response = await fetch(url, options);
    const body = await response.text();
    return { outcome: "readable", status: response.status, headers: [...response.headers], body };
  } catch (error) {
    // The standard gives no reason, so that a page cannot spy on what it may not read.
    return { outcome: "blocked", error: `${error.name}: ${error.message}` };
  }
}
