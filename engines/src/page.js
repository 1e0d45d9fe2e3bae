// Runs the requests of visits and tells what a script gets of each. The first page opens the other documents and says to each what to
// ask for, so that time passes in one place.

const TIME_LIMIT = 30000;

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
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIME_LIMIT);
  try {
    const init = { ...ask.init, signal: controller.signal };
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
  } catch (error) {
    return controller.signal.aborted ? { outcome: "timed-out" } : { outcome: "blocked", error: String(error) };
  } finally {
    clearTimeout(timer);
  }
}

const byXhr = (ask) => new Promise((resolve) => {
  const xhr = new XMLHttpRequest();
  const blocked = (error) => resolve({ outcome: "blocked", error: String(error) });
  try {
    xhr.open(ask.init.method, ask.url);
    xhr.timeout = TIME_LIMIT;
    xhr.withCredentials = ask.init.credentials === "include";
    for (const [name, value] of ask.init.headers) xhr.setRequestHeader(name, value);
    if (ask.by === "xhr-with-upload-listeners") xhr.upload.onprogress = () => {};
    xhr.onload = () => {
      const lines = xhr.getAllResponseHeaders().split("\r\n").filter(Boolean);
      resolve({ outcome: "readable", status: xhr.status, kind: null, headers: names(lines.map((line) => line.split(":")[0])) });
    };
    xhr.onerror = blocked;
    xhr.ontimeout = () => resolve({ outcome: "timed-out" });
    xhr.send(payload(ask.body));
  } catch (error) {
    blocked(error);
  }
});

// For some time after a page was opened Firefox remembers no preflight with cookies to another site: until it does.
async function warmUp(origins) {
  for (const origin of origins) {
    for (let turn = 0, preflights = 2; preflights > 1; turn += 1) {
      if (turn === 1000) throw new Error(`no preflight of ${origin} is remembered`);
      const address = `${origin}/warm-up/${Math.random()}`;
      const ask = () => fetch(address, { method: "PUT", credentials: "include" });
      await ask();
      preflights = Number(await (await ask()).text());
    }
  }
}

// What another document is told to do.
const commands = {
  ask: (ask) => (ask.by === "fetch" ? byFetch(ask) : byXhr(ask)),
  warmUp,
  // Opens a frame, and gives the port to it.
  async frame({ src, sandbox }) {
    const frame = document.createElement("iframe");
    if (sandbox) frame.sandbox = "allow-scripts";
    frame.src = src;
    const loaded = new Promise((resolve) => { frame.onload = resolve; });
    document.body.append(frame);
    await loaded;
    const channel = new MessageChannel();
    frame.contentWindow.postMessage(null, "*", [channel.port2]);
    return channel.port1;
  },
};

onmessage = ({ ports: [port] }) => {
  if (!port) return;
  port.onmessage = async ({ data: { id, command, argument } }) => {
    try {
      const result = await commands[command](argument);
      if (result instanceof MessagePort) port.postMessage({ id }, [result]);
      else port.postMessage({ id, result });
    } catch (error) {
      port.postMessage({ id, error: String(error) });
    }
  };
};
opener?.postMessage("loaded", "*");

// Tells a document behind a port what to do.
function remote(port) {
  const waiting = [];
  port.onmessage = ({ data: { id, result, error }, ports }) => {
    const [resolve, reject] = waiting[id];
    delete waiting[id];
    if (error) reject(new Error(error));
    else resolve(ports[0] ?? result);
  };
  return (command, argument) => new Promise((resolve, reject) => {
    port.postMessage({ id: waiting.push([resolve, reject]) - 1, command, argument });
  });
}

// Each document as a function of a command and its argument, in their order.
const documents = [];

function openPage(url) {
  const loaded = new Promise((resolve) => {
    addEventListener("message", function listen({ source }) {
      if (source !== page) return;
      removeEventListener("message", listen);
      const channel = new MessageChannel();
      page.postMessage(null, "*", [channel.port2]);
      resolve(remote(channel.port1));
    });
  });
  const page = open(url, "_blank", "popup,width=200,height=200");
  if (!page) throw new Error(`${url} was not opened`);
  return loaded;
}

// Opens documents: an outermost page by its URL, and perhaps a frame in it.
async function openDocuments(wanted) {
  const here = async (command, argument) => commands[command](argument);
  const pages = new Map([[location.href, here]]);
  // All at once, while the driver counts as a user who pressed something.
  for (const { page } of wanted) if (!pages.has(page)) pages.set(page, openPage(page));
  for (const { page, frame, origins } of wanted) {
    const outermost = await pages.get(page);
    const found = frame ? remote(await outermost("frame", frame)) : outermost;
    await found("warmUp", origins);
    documents.push(found);
  }
}

const wait = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

async function runVisit(visit) {
  const asks = [];
  for (const ask of visit.asks) {
    if (ask.wait) await wait(ask.wait);
    const begin = Date.now();
    const outcome = await documents[ask.document]("ask", ask);
    asks.push({ ...outcome, begin, end: Date.now() });
  }
  return { index: visit.index, asks };
}

// Each of some workers takes the next visit until there is none. They begin one after the other, or all would wait for each other.
async function runVisits(visits, workers) {
  const results = [];
  const waiting = visits.values();
  const worker = async (_, place) => {
    await wait(place * 30);
    for (const visit of waiting) results.push(await runVisit(visit));
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}
