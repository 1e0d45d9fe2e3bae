// Asks the server what is new, and shows it.

import { element } from "./dom.js";
import { draw } from "./draw.js";
import { policies } from "./policies.js";

const PAUSE = 700;
const find = (id) => document.getElementById(id);

let revision = "";
let shown = new Map();

async function look() {
  const answer = await fetch(`/__cors/state?seen=${encodeURIComponent(revision)}`);
  if (answer.status === 204) return;
  if (!answer.ok) throw new Error(await answer.text());
  show(await answer.json());
}

function show(state) {
  const isFirst = revision === "";
  revision = state.revision;
  find("misplaced").hidden = !state.isInsidePolicy;
  find("empty").hidden = state.pictures.length > 0;
  showPolicies(state.policies);
  begin(state.pictures.find(({ form }) => form)?.form);
  const before = shown;
  shown = new Map();
  let news = null;
  const drawn = state.pictures.map((picture, index) => {
    const text = JSON.stringify(picture);
    const old = before.get(picture.id);
    // What has not changed is not drawn anew: it would lose its selection and focus.
    const made = old?.text === text ? old.made : draw(picture, old ? old.made.open : index === 0);
    if (old?.text !== text && index === 0 && !isFirst) news = picture;
    shown.set(picture.id, { text, made });
    return made;
  });
  place(find("pictures"), drawn);
  if (news) find("announcement").textContent = `${news.method} ${news.path}: ${news.title}`;
}

/** Puts the elements in this order, and moves none that stands right. */
function place(parent, elements) {
  const wanted = new Set(elements);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  elements.forEach((made, index) => {
    if (parent.children[index] !== made) parent.insertBefore(made, parent.children[index] ?? null);
  });
}

let policiesText = "";
function showPolicies(list) {
  const text = JSON.stringify(list);
  if (text === policiesText) return;
  policiesText = text;
  find("policies").replaceChildren(...policies(list));
  const select = find("form-policy");
  const chosen = select.value;
  select.replaceChildren(...list.map(({ name }, index) => element("option", { value: String(index) }, name)));
  if (chosen) select.value = chosen;
  find("policy-field").hidden = list.length < 2;
  find("form").querySelector("button").disabled = list.length === 0;
}

function tell(state, text) {
  const live = find("live");
  if (live.dataset.state === state) return;
  live.dataset.state = state;
  live.textContent = text;
}

async function watch() {
  try {
    await look();
    tell("live", "Live");
  } catch (error) {
    revision = "";
    tell("lost", error instanceof TypeError ? "The app does not answer; trying again" : error.message);
  }
  setTimeout(watch, PAUSE);
}

let isTouched = false;
find("form").addEventListener("input", () => { isTouched = true; });

/** The form begins with the last request that is blocked, until somebody writes in it. */
function begin(fields) {
  if (isTouched || !fields) return;
  for (const [name, value] of Object.entries(fields)) find("form").elements[name].value = value;
}

find("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  isTouched = true;
  const place = find("imagined");
  try {
    const answer = await fetch(`/__cors/ask?${new URLSearchParams(new FormData(event.target))}`);
    if (!answer.ok) throw new Error(await answer.text());
    const picture = await answer.json();
    place.replaceChildren(picture.mistake ? element("p", { className: "banner" }, picture.mistake) : draw(picture, true));
  } catch (error) {
    place.replaceChildren(element("p", { className: "banner" }, error.message));
  }
  place.scrollIntoView({ block: "nearest" });
});

watch();
