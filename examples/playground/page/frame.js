// Sends requests from a page of another origin, which sits in a frame.

const PATIENCE = 5000;

/** A function like `ask`, whose requests are sent by the page in the frame. */
export function askThrough(frame, origin) {
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  return async (request) => {
    await soon(loaded, origin);
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((resolve) => {
      port1.onmessage = (event) => resolve(event.data);
    });
    frame.contentWindow.postMessage(request, origin, [port2]);
    return soon(answer, origin);
  };
}

function soon(promise, origin) {
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`The page of ${origin} in the frame does not answer.`)), PATIENCE);
  });
  return Promise.race([promise, late]);
}
