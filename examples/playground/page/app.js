// Puts the page together.

import { element } from "./dom.js";
import { Lessons } from "./lessons.js";
import { Play } from "./play.js";
import { engineOf } from "./predict.js";
import { askServer } from "./server.js";

const setup = { ...await askServer("/setup"), here: location.origin };
const { here, page, other, api } = setup;

function originEntry(kind, term, origin, ...notes) {
  return element("div", { className: kind },
    element("dt", {}, term), element("dd", { className: "address" }, origin), element("dd", {}, notes));
}

function linkTo(origin, text) {
  return element("a", { href: origin }, text);
}

function showOrigins() {
  const listed = here === page;
  document.querySelector("#origins").append(
    originEntry(listed ? "listed" : "unlisted", "This page", here, listed ? "listed in the policy" : "not listed"),
    listed
      ? originEntry("unlisted", "Another page", other, "not listed, ", linkTo(other, "open it"))
      : originEntry("listed", "Another page", page, "listed in the policy, ", linkTo(page, "open it")),
    originEntry("api", "The API", api),
  );
  if (listed) return;
  const banner = document.querySelector("#banner");
  banner.append(
    element("strong", {}, `This page’s origin is ${here}, which the policy of the lessons does not list. `),
    "The browser keeps every answer of their API from it; only the proxy on its own origin still works. The page to compare with is ",
    linkTo(page, page), ".",
  );
  banner.hidden = false;
}

/** What has room beside something else is open, what would push it down is not. */
function openWhereThereIsRoom() {
  const wide = matchMedia("(min-width: 62rem)");
  const set = () => document.querySelectorAll("#lesson-policy, #contents").forEach((part) => { part.open = wide.matches; });
  wide.addEventListener("change", set);
  set();
}

showOrigins();
openWhereThereIsRoom();
const play = new Play(setup);
const lessons = new Lessons(setup);
document.querySelector("#main").hidden = false;
await play.begin();
await lessons.begin();
document.querySelector("#engine").textContent = engineOf(lessons.engine);
