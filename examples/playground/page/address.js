// The address of the page holds a policy and a request: `#play=` and a compressed list.

const BEGIN = "#play=";
/** What an address may hold, packed and unpacked. */
const MOST_LETTERS = 32768;
const MOST_BYTES = 65536;

/** The part of an address for this policy and request. */
export async function addressOf({ policy, sender, method, headers, credentials, body }) {
  const text = JSON.stringify([1, policy, sender, method, headers, credentials, body]);
  const packed = await bytesOf(new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw")));
  const letters = btoa(String.fromCharCode(...packed));
  return BEGIN + letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The policy and request of an address; nothing where it holds none. */
export async function stateOf(hash) {
  if (!hash.startsWith(BEGIN) || hash.length > MOST_LETTERS) return null;
  try {
    const letters = atob(hash.slice(BEGIN.length).replaceAll("-", "+").replaceAll("_", "/"));
    const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const bytes = await bytesOf(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")));
    const [version, ...values] = JSON.parse(new TextDecoder().decode(bytes));
    if (version !== 1 || values.length !== 6 || values.some((value) => typeof value !== "string")) return null;
    const [policy, sender, method, headers, credentials, body] = values;
    return { policy, sender, method, headers, credentials, body };
  } catch {
    // Somebody cut it, or made it up.
    return null;
  }
}

async function bytesOf(stream) {
  const chunks = [];
  let length = 0;
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MOST_BYTES) throw new RangeError("too long for an address");
    chunks.push(...value);
  }
  return Uint8Array.from(chunks);
}
