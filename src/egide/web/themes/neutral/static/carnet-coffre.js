// The vault: what the device keeps, sealed with AES-GCM under a key drawn from the officer's code (PBKDF2). The code and the
// key are kept nowhere; a record shows its identifier and the hour of its wiping, so that it goes even if nobody opens it.
const NAME = "carnet";
const ROUNDS = 600000;
const encode = (text) => new TextEncoder().encode(text);
const decode = (bytes) => new TextDecoder().decode(bytes);

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const database = () => {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("lock", { keyPath: "id" });
    request.result.createObjectStore("notes", { keyPath: "id" });
  };
  return asked(request);
};

const store = async (names, mode, work) => {
  const opened = await database();
  try {
    const transaction = opened.transaction(names, mode);
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    const result = await work(...[names].flat().map((name) => transaction.objectStore(name)));
    await done;
    return result;
  } finally {
    opened.close();
  }
};

const seal = async (key, plain) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, encode(JSON.stringify(plain))) };
};
const unseal = async (key, record) =>
  JSON.parse(decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: record.iv }, key, record.sealed)));

const derive = async (code, salt) => {
  const material = await crypto.subtle.importKey("raw", encode(code), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
};

// Remove what has lived its time; nothing has to be opened for that. When the last note goes, the lock goes too, in the same
// transaction: a page closed between the two would keep a lock that nothing removes any more.
export const wipe = (now = Date.now()) =>
  store(["notes", "lock"], "readwrite", async (notes, lock) => {
    const records = await asked(notes.getAll());
    const due = records.filter((record) => record.wipeAt && record.wipeAt <= now);
    due.forEach((record) => notes.delete(record.id));
    if (due.length > 0 && due.length === records.length) lock.clear();
  });

export const isNew = async () => !(await store("lock", "readonly", (lock) => asked(lock.get("lock"))));

export class WrongCode extends Error {}

const unlock = async (code) => {
  await wipe();
  const lock = await store("lock", "readonly", (found) => asked(found.get("lock")));
  const salt = lock ? lock.salt : crypto.getRandomValues(new Uint8Array(16));
  const key = await derive(code, salt);
  if (lock) {
    await unseal(key, lock).catch(() => {
      throw new WrongCode();
    });
    return key;
  }
  const made = { id: "lock", salt, ...(await seal(key, "open")) };
  await store("lock", "readwrite", (found) => asked(found.put(made)));
  return key;
};

// Open with the officer's code: the first code ever given becomes that of the device until its last note is gone.
// `hourOf` says when a note must be gone, in milliseconds, or null. Every change reads what is kept, then writes, alone.
export const open = async (code, hourOf) => {
  const key = await unlock(code);
  const get = async (id) => {
    const record = await store("notes", "readonly", (notes) => asked(notes.get(id)));
    return record ? unseal(key, record) : null;
  };
  const write = async (note) => {
    const record = { id: note.id, wipeAt: hourOf(note), ...(await seal(key, note)) };
    await store("notes", "readwrite", (notes) => asked(notes.put(record)));
    return note;
  };
  return {
    get,
    change: (id, work) => navigator.locks.request("carnet-coffre", async () => write(work(await get(id)))),
    remove: (id) => store("notes", "readwrite", (notes) => asked(notes.delete(id))),
    all: async () => {
      await wipe();
      const records = await store("notes", "readonly", (notes) => asked(notes.getAll()));
      return Promise.all(records.map((record) => unseal(key, record)));
    },
  };
};
