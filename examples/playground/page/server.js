// Asks the server of this page, and tells when it is gone.

const dead = document.querySelector("#dead");

/** The answer as data; where the server is gone, the page says so at its top. */
export async function askServer(path, body) {
  const isText = typeof body === "string";
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": isText ? "text/plain" : "application/json" },
    body: isText ? body : JSON.stringify(body),
  };
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    dead.textContent = "The playground does not answer. Is it still running? Start it again with cargo run --bin playground, then reload this page.";
    dead.hidden = false;
    throw new Error(`The playground does not answer (${error.message}). Is it still running?`);
  }
  dead.hidden = true;
  return response.json();
}

/** What the servers saw of a run since the exchange with the given number. */
export function lookAtWire(run, after = 0) {
  return askServer(`/wire?of=${run}&after=${after}`);
}

/** A fresh name, by which the servers' log finds the requests of one press. */
export function newRun(name) {
  return `${name}-${crypto.randomUUID().slice(0, 8)}`;
}
