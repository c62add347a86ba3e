// On a static site: the search of kiosk/web/public/search.py, in the page itself (KIOSK_THINGS). In the hall the kiosk answers.
const AT_MOST = 60;
const NEAR_ENOUGH = 2;
const AROUND = 18;
const form = document.getElementById("find");
const place = document.getElementById("found");
const home = document.querySelector("link[rel=home]").getAttribute("href").replace(/index\.html$/, "");

const spelled = (text) =>
  text.normalize("NFKC").toLowerCase().split("\n").map((line) => line.replace(/\s+/g, "")).join("\n");
const partsOf = (question) => question.normalize("NFKC").split(/\s+/).filter(Boolean);

for (const thing of KIOSK_THINGS) thing.spelled = spelled(`${thing.title}\n${thing.about}\n${thing.text}`);

function search(question) {
  const parts = partsOf(question).map(spelled);
  if (!parts.length) return { things: [], near: false };
  const inTitle = (thing) => parts.every((part) => spelled(thing.title).includes(part));
  const hits = KIOSK_THINGS.filter((thing) => parts.every((part) => thing.spelled.includes(part)));
  if (hits.length) return { things: [...hits.filter(inTitle), ...hits.filter((thing) => !inTitle(thing))], near: false };
  const pairs = new Set(parts.flatMap((part) => {
    const signs = [...part];
    return signs.slice(1).map((sign, i) => signs[i] + sign);
  }));
  const scored = KIOSK_THINGS
    .map((thing) => [[...pairs].filter((pair) => thing.spelled.includes(pair)).length, thing])
    .filter(([score]) => score > 0 && score * NEAR_ENOUGH >= pairs.size);
  scored.sort((a, b) => b[0] - a[0]);
  return { things: scored.map(([, thing]) => thing), near: true };
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function excerpt(thing, question) {
  for (const part of partsOf(question)) {
    const at = thing.text.indexOf(part);
    if (at < 0) continue;
    const before = thing.text.slice(Math.max(0, at - AROUND), at).split("\n").pop();
    const after = thing.text.slice(at + part.length, at + part.length + AROUND).split("\n")[0];
    return element("span", "list__more", before, element("mark", "", part), after);
  }
  return "";
}

function line(thing, question) {
  const link = element("a", "", element("b", "", thing.title), element("span", "list__more", thing.about), excerpt(thing, question));
  link.href = home + thing.href;
  return element("li", "", link);
}

form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = new FormData(form).get("q").trim();
  const { things, near } = search(question);
  const said = !things.length ? `没有找到“${question}”`
    : near ? `没有正好是“${question}”的，相近的有${things.length}件` : `“${question}”找到${things.length}件`;
  place.hidden = !question;
  place.querySelector(".sheet__title").textContent = said;
  place.querySelector(".list").replaceChildren(...things.slice(0, AT_MOST).map((thing) => line(thing, question)));
});
