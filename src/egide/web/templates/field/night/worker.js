// The worker of the notebook: it keeps the shell below and answers for it, offline too. Anything else goes to the server or
// fails: no note, no receipt, no measure in force is ever kept here.
const NAME = "{{ name|escapejs }}";
const SHELL = {{ shell|safe }};
const keeps = (request) => request.method === "GET" && SHELL.includes(new URL(request.url).pathname) && !new URL(request.url).search;

self.addEventListener("install", (event) => {
  const load = async () => {
    const cache = await caches.open(NAME);
    await cache.addAll(SHELL.map((address) => new Request(address, { cache: "reload", credentials: "omit" })));
    await self.skipWaiting();
  };
  event.waitUntil(load());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("{{ stem|escapejs }}") && name !== NAME).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  if (new URL(event.request.url).origin !== location.origin || !keeps(event.request)) return;
  const answer = async () => (await (await caches.open(NAME)).match(event.request, { ignoreVary: true })) || fetch(event.request);
  event.respondWith(answer());
});
