// Shows the policies, and what each would send.

import { element } from "./dom.js";

export function policies(list) {
  if (!list.length) {
    return [element("p", { className: "idea" }, "None is named yet: ",
      element("code", {}, "Inspector::new().policy(WEB_APP)"), " shows it here, and lets the form ask it.")];
  }
  return list.map((policy) => element("article", { className: "policy card", data: { name: policy.name } },
    element("h3", {}, policy.name),
    policy.note ? element("p", { className: "idea" }, policy.note) : null,
    element("pre", { className: "text" }, element("code", {}, policy.text)),
    policy.shadow ? element("details", { className: "shadow" },
      element("summary", {}, "Its shadow policy, which is tried out"),
      element("pre", { className: "text" }, element("code", {}, policy.shadow))) : null,
    policy.rules.map((rule) => element("details", {},
      element("summary", {}, "What it sends to ", rule.whom),
      lines("To a preflight, when it allows", rule.preflight),
      lines("On every answer", rule.answer)))));
}

function lines(title, list) {
  return element("div", { className: "sends" }, element("h4", {}, title),
    element("ul", { className: "headers" }, list.map(({ name, value, repeats }) => element("li", {},
      element("span", { className: "name" }, name), ": ",
      repeats ? element("em", {}, repeats) : element("span", { className: "value" }, value)))));
}
