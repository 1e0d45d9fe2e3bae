// The rows, as data. A step's request goes to the API, or with `via: "proxy"` to the page's own origin; with
// `from: "other"` a row's requests are sent by a page of the origin that the policy does not list.
// {here} is this page's origin, {page} the listed one, {other} the one that is not, {api} the API's.

const token = { Authorization: "Bearer demo-token" };
const json = { "Content-Type": "application/json" };
const form = { "Content-Type": "application/x-www-form-urlencoded" };
const note = JSON.stringify({ text: "Buy milk" });

const origin = {
  id: "origin",
  title: "Origin",
  idea: "An origin is scheme, host and port together. This page is `{here}` and the API is `{api}`: the port differs, so they "
    + "are two origins. A page may send a request to another origin; to read the answer it needs that server’s permission.",
  rows: [
    {
      id: "simple-get",
      title: "A simple GET",
      lesson: "The browser adds an `Origin` header, which no script can change, and sends the request at once. The policy lists "
        + "`{page}` and answers with its name in `Access-Control-Allow-Origin`; the browser compares the two.",
      steps: [{ path: "/greeting" }],
    },
    {
      id: "refused-origin",
      title: "A request from an origin that is not listed",
      lesson: "The small frame is a page of `{other}`, and sends what any form could send. So the browser sends it first and "
        + "judges the answer afterwards: the handler runs, and its counter goes up with every press. CORS guards reading, not "
        + "doing. What changes something must protect itself: by a token against forged requests, or by `SameSite` "
        + "cookies.",
      from: "other",
      steps: [{ path: "/votes", method: "POST", body: "for=cats" }],
    },
  ],
};

const preflight = {
  id: "preflight",
  title: "Preflight",
  idea: "A form can send GET and POST, three content types, and no header of its own. For anything beyond that the browser asks "
    + "first, with an OPTIONS request: the preflight. It carries neither cookies nor your headers, and the policy answers it "
    + "before any handler. If the answer does not allow the request, the request is never sent.",
  rows: [
    {
      id: "json-post",
      title: "A POST with JSON",
      lesson: "POST needs no permission, but `application/json` is not one of a form’s content types: hence the preflight. Its "
        + "answer lists `Content-Type`, and the request follows.",
      steps: [{ path: "/notes", method: "POST", headers: json, body: note }],
    },
    {
      id: "put-authorization",
      title: "A PUT with Authorization",
      lesson: "Method and header both need permission. The preflight names them; the token itself goes out only with the request. "
        + "`Authorization` has to be listed by name: in the standard a `*` does not cover it.",
      steps: [{ path: "/notes/1", method: "PUT", headers: { ...token, ...json }, body: note }],
    },
    {
      id: "delete-authorization",
      title: "A DELETE with Authorization",
      lesson: "No body, no content type, and still a preflight: no form can send DELETE.",
      steps: [{ path: "/notes/1", method: "DELETE", headers: token }],
    },
    {
      id: "method-not-listed",
      title: "A method that the policy lacks",
      lesson: "The API has a handler for PATCH, but the policy does not list it. The preflight’s answer names the methods it "
        + "allows, the browser misses PATCH among them, and the handler never hears of it.",
      steps: [{ path: "/notes/1", method: "PATCH", headers: { ...token, ...json }, body: note }],
    },
    {
      id: "header-not-listed",
      title: "A header that the policy lacks",
      lesson: "One header of your own turns a simple GET into one with a preflight. `X-Debug` is not in `allow_headers`.",
      steps: [{ path: "/greeting", headers: { "X-Debug": "1" } }],
    },
    {
      id: "preflight-reused",
      title: "A preflight that is kept",
      lesson: "`max_age: 10min` lets the browser keep the answer. The second request to the same address goes out without asking "
        + "again; the next press has another address, and begins anew. (With “Disable cache” ticked in the developer tools it "
        + "does ask.)",
      steps: [
        { label: "First", path: "/notes/7", method: "PUT", headers: { ...token, ...json }, body: note },
        { label: "Again", path: "/notes/7", method: "PUT", headers: { ...token, ...json }, body: note },
      ],
    },
    {
      id: "preflight-not-kept",
      title: "A preflight that is not kept",
      lesson: "The handlers under `/uncached` have the same policy with `max_age: 0`: every request pays for a preflight. "
        + "Without a `max_age` browsers keep the answer for five seconds.",
      steps: [
        { label: "First", path: "/uncached/notes/7", method: "PUT", headers: { ...token, ...json }, body: note },
        { label: "Again", path: "/uncached/notes/7", method: "PUT", headers: { ...token, ...json }, body: note },
      ],
    },
  ],
};

const credentials = {
  id: "credentials",
  title: "Credentials",
  idea: "Cookies go to another origin only if the script asks for it with `credentials: \"include\"`, and then the answer is "
    + "readable only if it also says `Access-Control-Allow-Credentials: true` and names the origin itself: `*` does not do.",
  rows: [
    {
      id: "cookie-included",
      title: "A log-in, with credentials",
      lesson: "The log-in sets a cookie that scripts cannot see (`HttpOnly`). The next request asks for it to go along, and the "
        + "API knows who is there.",
      steps: [
        { label: "Log in", path: "/session", method: "POST", headers: form, body: "name=ada", credentials: "include" },
        { label: "Who am I?", path: "/me", credentials: "include" },
      ],
    },
    {
      id: "cookie-left-out",
      title: "The same log-in, then a request without credentials",
      lesson: "The browser has the cookie, but to another origin `fetch` sends none unless it is told to. Nothing is blocked: the "
        + "API answers 401, and the page can read that. A frequent reason for “I am logged in, and the API does not know it”.",
      steps: [
        { label: "Log in", path: "/session", method: "POST", headers: form, body: "name=ada", credentials: "include" },
        { label: "Who am I?", path: "/me" },
      ],
    },
  ],
};

const reading = {
  id: "reading",
  title: "What the page may read",
  idea: "With permission a script reads the status and the body, but of the headers only a few harmless ones, such as "
    + "`Content-Type`, and those that `Access-Control-Expose-Headers` names. `Set-Cookie` it never sees.",
  rows: [
    {
      id: "response-headers",
      title: "An exposed header, and a hidden one",
      lesson: "The API sends `X-Request-Id`, which the policy exposes, and `X-Cost`, which it does not. Both arrive at the "
        + "browser; the script gets one of them.",
      steps: [{ path: "/report" }],
    },
    {
      id: "errors",
      title: "401, 404 and 500 that stay readable",
      lesson: "An error is an answer like any other, if the CORS headers are on it too. Where they are missing on errors, a page "
        + "that lacks a token is told of a “CORS error”, and its author looks in the wrong place.",
      steps: [
        { label: "Without a token", path: "/private" },
        { label: "A note that is not there", path: "/notes/404" },
        { label: "A handler that fails", path: "/broken" },
      ],
    },
  ],
};

const without = {
  id: "without",
  title: "Without CORS",
  idea: "CORS begins where an origin ends. If the page’s own server passes the requests on to the API, the browser sees one origin "
    + "and asks for no permission. Development servers offer this as a proxy; in production a reverse proxy does the same.",
  rows: [
    {
      id: "proxy",
      title: "The same API through a development proxy",
      lesson: "The very PATCH that was refused above. To the browser it goes to `{here}`, so there is no preflight, and the "
        + "script reads every header. (`Origin` goes along with any method but GET and HEAD, at home too.) The proxy hands the "
        + "request to the API, which gets a call from a program and not from a page.",
      steps: [{ via: "proxy", path: "/notes/1", method: "PATCH", headers: { ...token, ...json }, body: note }],
    },
  ],
};

export const groups = [origin, preflight, credentials, reading, without];
