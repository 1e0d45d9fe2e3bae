// Runs the requests of pairs, some pairs at a time, and tells what a script gets of each.

const payload = (body) => {
  switch (body?.kind) {
    case undefined: return undefined;
    case "text": return "text";
    case "url-search-params": return new URLSearchParams("a=b");
    case "form-data": { const form = new FormData(); form.set("a", "b"); return form; }
    case "blob": return new Blob(["blob"], { type: body.type });
    case "bytes": return new Uint8Array([1, 2, 3]);
    case "stream": return new ReadableStream({ start(controller) { controller.enqueue(new Uint8Array([1])); controller.close(); } });
  }
};

const names = (headers) => [...new Set(headers.map((name) => name.toLowerCase()))].sort();

async function byFetch(ask) {
  const init = { ...ask.init };
  if (ask.body) {
    init.body = payload(ask.body);
    if (ask.body.kind === "stream") init.duplex = "half";
  }
  const response = await fetch(ask.url, init);
  if (response.type === "opaque") return { outcome: "opaque" };
  if (response.type === "opaqueredirect") return { outcome: "opaque-redirect" };
  if (/^(data|blob):/.test(ask.url)) return { outcome: "local" };
  const { status, type: kind } = response;
  return { outcome: "readable", status, kind, headers: names([...response.headers.keys()]) };
}

const byXhr = (ask) => new Promise((resolve, reject) => {
  const xhr = new XMLHttpRequest();
  xhr.open(ask.init.method, ask.url);
  xhr.withCredentials = ask.init.credentials === "include";
  for (const [name, value] of ask.init.headers) xhr.setRequestHeader(name, value);
  if (ask.by === "xhr-with-upload-listeners") xhr.upload.onprogress = () => {};
  xhr.onload = () => {
    const lines = xhr.getAllResponseHeaders().split("\r\n").filter(Boolean);
    resolve({ outcome: "readable", status: xhr.status, kind: null, headers: names(lines.map((line) => line.split(":")[0])) });
  };
  xhr.onerror = () => reject(new TypeError("error"));
  xhr.send(payload(ask.body));
});

async function runPair(pair) {
  const outcomes = [];
  for (const ask of pair.asks) {
    try {
      outcomes.push(await (ask.by === "fetch" ? byFetch(ask) : byXhr(ask)));
    } catch (error) {
      outcomes.push({ outcome: "blocked", error: String(error) });
    }
  }
  return { index: pair.index, outcomes };
}

// Each of some workers takes the next pair until there is none.
async function runHere(pairs) {
  const results = [];
  const waiting = pairs.values();
  const worker = async () => { for (const pair of waiting) results.push(await runPair(pair)); };
  await Promise.all(Array.from({ length: 4 }, worker));
  return results;
}

// For some time after a page was opened Firefox remembers no preflight with cookies to another site: until it does.
async function warmUp(origins) {
  for (const origin of origins) {
    for (let turn = 0, preflights = 2; preflights > 1; turn += 1) {
      if (turn === 1000) throw new Error(`no preflight of ${origin} is remembered`);
      const ask = () => fetch(`${origin}/warm-up/${location.host}/${turn}`, { method: "PUT", credentials: "include" });
      await ask();
      preflights = Number(await (await ask()).text());
    }
  }
}

// In a sandboxed frame the origin is opaque.
async function runSandboxed(pairs) {
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.src = "/page";
  const loaded = new Promise((resolve) => { frame.onload = resolve; });
  document.body.append(frame);
  await loaded;
  const channel = new MessageChannel();
  const results = new Promise((resolve) => { channel.port1.onmessage = (event) => resolve(event.data); });
  frame.contentWindow.postMessage(pairs, "*", [channel.port2]);
  const found = await results;
  frame.remove();
  return found;
}

if (self !== top) onmessage = async (event) => event.ports[0].postMessage(await runHere(event.data));
