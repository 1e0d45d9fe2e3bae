// Says why a script got what it got, where that is more than the explanation of what is blocked.

import { headerOf, ofBrowser } from "./facts.js";

/** One short paragraph, with `code` in back-ticks; nothing for what is blocked. */
export function why({ step, sender, target, outcome, status, exchanges }) {
  if (!ofBrowser(exchanges).length) return `Nothing arrived at \`${target}\`. Is the playground still running?`;
  if (outcome !== "readable") return null;
  if (sender === target) {
    return "Page and address have one origin, so the browser asks for no permission and the script may read everything.";
  }
  const error = status >= 400 ? " An error answer, and the page can tell which." : "";
  const named = headerOf(ofBrowser(exchanges).at(-1).response, "access-control-allow-origin");
  const grant = named === "*"
    ? "The answer’s `Access-Control-Allow-Origin` is `*`, which allows every page"
    : `The answer’s \`Access-Control-Allow-Origin\` names \`${sender}\``;
  if (step.credentials !== "include") return `${grant}.${error}`;
  return `${grant}, and \`Access-Control-Allow-Credentials\` is \`true\`.${error}`;
}
