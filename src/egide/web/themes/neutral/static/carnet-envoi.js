// The sending: each version leaves under a key drawn before its first attempt, so that the server knows it again; versions of
// a note leave in the order they were written. Nothing is removed here: the vault forgets by the hour.
const DAY = 24 * 3600 * 1000;
const UNHEARD = 3 * DAY; // sent, but no receipt of the unit was ever learnt: the server has it, the device forgets

export class SignedOut extends Error {}

const ask = async (address, more = {}) => {
  const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", redirect: "follow", ...more });
  if (answer.redirected || !(answer.headers.get("Content-Type") || "").startsWith("application/json")) {
    if (answer.status >= 500) throw new TypeError("unreachable");
    throw new SignedOut();
  }
  return { ok: answer.ok, said: await answer.json() };
};

// A new version of what stands in the draft, written from what the device knows of the note.
export const queue = (note) => {
  const last = note.versions.at(-1);
  const bases = note.bases || (last ? [last.key] : []);
  const version = { key: crypto.randomUUID(), bases, told: note.told, unit: note.unit, receipt: null };
  return { ...note, versions: [...note.versions, version], bases: null, dirty: false, refused: "" };
};

export const isUnsent = (note) => note.versions.some((version) => !version.receipt);

export const wipeHour = (note) => {
  if (note.dirty || isUnsent(note)) return null;
  if (note.facts && note.facts.received_at) return Date.parse(note.facts.received_at) + DAY;
  const last = note.versions.at(-1);
  return last ? Date.parse(last.receipt.arrived_at) + UNHEARD : null;
};

const post = (address, csrf, note, version) =>
  ask(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
    body: JSON.stringify({ key: version.key, note: note.id, bases: version.bases, told: version.told, unit: version.unit }),
  });

const answered = (key, receipt) => (note) => ({
  ...note,
  refused: "",
  versions: note.versions.map((version) => (version.key === key ? { ...version, receipt } : version)),
});

const sendAll = async (vault, address, csrf, id) => {
  for (;;) {
    let note = await vault.get(id);
    if (!note) return;
    if (note.dirty && note.facts && note.facts.received_at) note = await vault.change(id, queue); // nothing lost, nothing left
    const version = note.versions.find((each) => !each.receipt);
    if (!version) return;
    const { ok, said } = await post(address, csrf, note, version);
    if (!ok) {
      await vault.change(id, (kept) => ({ ...kept, refused: said.refused || "?" }));
      return;
    }
    await vault.change(id, answered(version.key, said));
  }
};

const learn = async (vault, notes) => {
  for (const note of await vault.all()) {
    const facts = notes.find((each) => each.id === note.id);
    if (facts) await vault.change(note.id, (kept) => ({ ...kept, facts }));
  }
};

// Send what waits, then learn what became of each note; the facts of all the officer's notes come back.
const exchange = async (vault, address) => {
  const { said } = await ask(address);
  await learn(vault, said.notes);
  for (const note of await vault.all()) await sendAll(vault, address, said.csrf, note.id);
  const { said: after } = await ask(address);
  await learn(vault, after.notes);
  return after.notes;
};

export const send = (vault, address) => navigator.locks.request("carnet-envoi", () => exchange(vault, address));

// What the server still holds of a note written on another device.
export const fetchNote = async (address) => (await ask(address)).said;
