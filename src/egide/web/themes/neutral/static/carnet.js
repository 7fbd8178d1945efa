// The notebook's page: a code opens the vault, what is typed is sealed as it is typed, one button keeps and sends. Words come
// from the page (data-… of #said). Without this file the page leads to the same form online.
import { WrongCode, isNew, open, wipe } from "./carnet-coffre.js";
import { SignedOut, fetchNote, isUnsent, queue, send, wipeHour } from "./carnet-envoi.js";

const one = (selector) => document.querySelector(selector);
const said = (name) => one("#said").dataset[name];
const form = one("#note");
const page = document.documentElement;
const EACH_MINUTE = 60000;
const LOCKED_AFTER = 10 * 60000; // milliseconds without a touch
let vault = null;
let current = null;
let away = [];
let touched = Date.now();
let saving = Promise.resolve();

const stamp = (moment) => new Date(moment.getTime() - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
const hour = (text) => new Date(text).toLocaleString(page.lang, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
const checked = (name) => [...form.querySelectorAll(`[name="${name}"]:checked`)].map((box) => box.value);
const ticks = () => [...new Set([...form.querySelectorAll("[name]")].map((box) => box.name).filter((name) => /^t\d\d$/.test(name)))];

const readMarks = () => {
  const marks = {};
  for (const code of ticks()) {
    const [way] = checked(code);
    const grade = form.elements[`${code}-grade`]?.value;
    if (way) marks[code] = grade ? { way, grade } : { way };
  }
  return marks;
};

const readForm = () => ({
  told: {
    place: checked("place")[0] || "", held_at: new Date(form.elements.held_at.value || Date.now()).toISOString(),
    present: checked("present"), marks: readMarks(), observed: form.elements.observed.value, told: form.elements.told.value,
    actions: checked("actions"), called: checked("called"),
  },
  unit: form.elements.unit.value,
});

const fillForm = ({ told, unit }) => {
  form.reset();
  form.elements.held_at.value = stamp(new Date(told.held_at));
  for (const name of ["observed", "told"]) form.elements[name].value = told[name];
  const lists = { place: [told.place], present: told.present, actions: told.actions, called: told.called };
  for (const [name, codes] of Object.entries(lists)) {
    for (const box of form.querySelectorAll(`[name="${name}"]`)) box.checked = codes.includes(box.value);
  }
  for (const [code, mark] of Object.entries(told.marks)) {
    const box = form.querySelector(`[name="${code}"][value="${mark.way}"]`);
    if (box) box.checked = true;
    if (mark.grade) form.elements[`${code}-grade`].value = mark.grade;
  }
  if (unit) form.elements.unit.value = unit;
};

const isUrgent = () =>
  ticks().some((code) => {
    const [way] = checked(code);
    if (way === "UNKNOWN") return false;
    const { calls, callsWhen } = form.querySelector(`[name="${code}"]`).dataset;
    const grade = form.elements[`${code}-grade`]?.value;
    return (way && calls === "yes") || Boolean(grade && callsWhen?.split(" ").includes(grade));
  });

const showUrgency = () => {
  const urgent = !form.hidden && isUrgent();
  one("#call").classList.toggle("call-now", urgent);
  one("#call-why").textContent = urgent ? said("urgent") : said("always");
};

const stateOf = (note) => {
  const facts = note.facts || {};
  if (note.refused) return `${said("refused")} ${note.refused}`;
  if (isUnsent(note)) return said("waiting");
  if (note.dirty || note.versions.length === 0) return said("draft");
  if (facts.seen_at) return `${said("received")} ${hour(facts.received_at)}. ${said("seen")}`;
  if (facts.received_at) return `${said("received")} ${hour(facts.received_at)}.`;
  return said("sent");
};

const lineOf = (id, conflict, words, buttons) => {
  const line = one("#line").content.cloneNode(true);
  line.querySelector("h2").textContent = id.slice(0, 8).toUpperCase();
  line.querySelector(".record-words").textContent = words;
  line.querySelector(".note-conflict").hidden = !conflict;
  line.querySelector(".note-conflict a").href = one("#said").dataset.notes + id + "/";
  for (const [name, act] of Object.entries(buttons)) {
    const button = line.querySelector(`[data-do="${name}"]`);
    button.hidden = false;
    button.addEventListener("click", act);
  }
  return line;
};

const draw = async () => {
  const notes = await vault.all();
  const here = new Set(notes.map((note) => note.id));
  const lines = notes.map((note) =>
    lineOf(note.id, note.facts?.conflict, stateOf(note), note.facts?.received_at ? {} : { open: () => edit(note) }),
  );
  for (const facts of away.filter((each) => !here.has(each.id) && !each.received_at)) {
    lines.push(lineOf(facts.id, facts.conflict, said("away"), facts.conflict ? {} : { open: () => bring(facts.id) }));
  }
  one("#notes").replaceChildren(...lines);
  one("#none").hidden = lines.length > 0;
};

const tell = (words) => {
  one("#told").textContent = words;
};

const exchange = async () => {
  if (!vault) return;
  try {
    away = await send(vault, one("#said").dataset.address);
    one("#sign-in").hidden = true;
    tell(said("online"));
  } catch (trouble) {
    one("#sign-in").hidden = !(trouble instanceof SignedOut);
    tell(trouble instanceof SignedOut ? said("signedOut") : said("offline"));
  }
  await draw();
};

const show = (editing) => {
  form.hidden = !editing;
  one("#list").hidden = editing;
  showUrgency();
  window.scrollTo(0, 0);
  (editing ? one("#note-title") : one("#list-title")).focus();
};

const edit = (note) => {
  current = note.id;
  fillForm(note);
  show(true);
};

const fresh = () => {
  current = crypto.randomUUID();
  form.reset();
  form.elements.held_at.value = stamp(new Date());
  show(true);
};

const bring = async (id) => {
  try {
    const { told, unit, bases } = await fetchNote(one("#said").dataset.address + id + "/");
    edit(await vault.change(id, (kept) => kept || { id, told, unit, bases, versions: [], dirty: false, refused: "", facts: null }));
  } catch {
    tell(said("offline"));
  }
};

const keep = (work = (note) => note) => {
  const id = current;
  const typed = readForm();
  const made = (kept) => work({ id, versions: [], bases: null, facts: null, refused: "", ...kept, ...typed, dirty: true });
  saving = saving.then(() => vault?.change(id, made)).catch(() => tell(said("unkept")));
  return saving;
};

const lock = () => {
  vault = null;
  form.reset();
  location.reload();
};

const enter = async (event) => {
  event.preventDefault();
  const code = one("#code");
  try {
    vault = await open(code.value, wipeHour);
  } catch (trouble) {
    one("#code-error").textContent = trouble instanceof WrongCode ? said("wrongCode") : said("unkept");
    one("#code-error").hidden = false;
    code.value = "";
    code.focus();
    return;
  }
  code.value = "";
  one("#locked").hidden = true;
  one("#opened").hidden = false;
  show(false);
  await draw();
  await exchange();
};

const finish = async (event) => {
  event.preventDefault();
  const lacks = {
    place: !checked("place").length,
    marks: ticks().some((code) => form.elements[`${code}-grade`]?.value && !checked(code).length),
    unit: !form.elements.unit.value,
  };
  for (const [name, lacking] of Object.entries(lacks)) one(`#${name}-missing`).hidden = !lacking;
  const lack = Object.keys(lacks).find((name) => lacks[name]);
  if (lack) {
    one(`#${lack}-missing`).scrollIntoView({ block: "center" });
    return;
  }
  await keep(queue);
  show(false);
  await draw();
  await exchange();
};

const start = async () => {
  await wipe();
  const first = await isNew();
  one("#first").hidden = !first;
  one("#locked").hidden = false;
  one("#enter").addEventListener("submit", enter);
  one("#new").addEventListener("click", fresh);
  one("#lock").addEventListener("click", lock);
  one("#back").addEventListener("click", () => keepAndClose());
  form.addEventListener("submit", finish);
  form.addEventListener("input", () => {
    showUrgency();
    keep();
  });
};

const keepAndClose = async () => {
  await saving;
  show(false);
  await draw();
};

const beat = async () => {
  await wipe();
  if (!vault) return;
  if (Date.now() - touched > LOCKED_AFTER) lock();
  else if (form.hidden) await exchange();
};

const night = one("#night");
const setNight = (dark) => {
  page.classList.toggle("night", dark);
  page.classList.toggle("day", !dark);
  night.setAttribute("aria-pressed", String(dark));
};
night.addEventListener("click", () => setNight(night.getAttribute("aria-pressed") !== "true"));
setNight(new Date().getHours() >= 20 || new Date().getHours() < 7 || matchMedia("(prefers-color-scheme: dark)").matches);
for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => (touched = Date.now()));
window.addEventListener("online", exchange);
window.addEventListener("offline", () => vault && tell(said("offline")));
document.addEventListener("visibilitychange", () => document.hidden || beat());
setInterval(beat, EACH_MINUTE);
if ("serviceWorker" in navigator) navigator.serviceWorker.register(one("#said").dataset.worker, { scope: one("#said").dataset.scope });
page.classList.add("carnet-ready");
start();
