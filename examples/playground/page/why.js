// Says why the browser did what it did, from what the servers saw: a script alone could not know.

import { headerOf, methodOf, notAllowed, ofBrowser } from "./facts.js";

/** One short paragraph, with `code` in back-ticks. */
export function why({ step, sender, target, outcome, status, exchanges }) {
  const last = ofBrowser(exchanges).at(-1);
  if (!last) return `Nothing arrived at \`${target}\`. Is the playground still running?`;
  if (sender === target) {
    return "Page and address have one origin, so the browser asks for no permission and the script may read everything.";
  }
  if (outcome === "readable") return readable({ step, sender, status });
  return last.kind === "preflight" ? stopped({ step, sender, last }) : withheld({ sender, last });
}

function readable({ step, sender, status }) {
  const error = status >= 400 ? " An error answer, and the page can tell which." : "";
  const grant = `The answer’s \`Access-Control-Allow-Origin\` names \`${sender}\``;
  if (step.credentials !== "include") return `${grant}.${error}`;
  return `${grant}, and \`Access-Control-Allow-Credentials\` is \`true\`.${error}`;
}

function stopped({ step, sender, last }) {
  const end = `The browser stopped there: the ${methodOf(step)} was never sent.`;
  if (headerOf(last.response, "access-control-allow-origin") !== sender) {
    return `The preflight’s answer has no \`Access-Control-Allow-Origin\` for \`${sender}\`. ${end}`;
  }
  const { methods, headers } = notAllowed(step, last.response);
  if (methods.length) return `\`Access-Control-Allow-Methods\` lacks \`${methods.join("`, `")}\`. ${end}`;
  if (headers.length) return `\`Access-Control-Allow-Headers\` lacks \`${headers.join("`, `")}\`. ${end}`;
  return `The preflight’s answer does not allow the request. ${end}`;
}

function withheld({ sender, last }) {
  const ran = last.handler_runs === null ? "" : " and the handler has done its work";
  return `The request went through${ran}. But the answer has no \`Access-Control-Allow-Origin\` for \`${sender}\`, so the browser `
    + "keeps it from the script, and does not even say why.";
}
