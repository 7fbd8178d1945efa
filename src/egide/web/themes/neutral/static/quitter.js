// Quick exit: leave for a neutral page in one press or with Escape pressed twice, and put that page in the place of this one
// in the history. The session is closed on the way. Without this file the link is a plain link, and the page says so.
"use strict";
(() => {
  const exit = document.getElementById("quit");
  if (!exit) return;
  const pressedWithin = 1000; // milliseconds between two presses
  let last = -pressedWithin;
  const leave = () => {
    const session = document.querySelector("form.sign-out");
    if (session) navigator.sendBeacon(session.action, new FormData(session));
    document.documentElement.classList.add("left");
    window.location.replace(exit.href);
  };
  document.documentElement.classList.add("quick");
  exit.addEventListener("click", (press) => {
    press.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (press) => {
    if (press.key !== "Escape") return;
    if (press.timeStamp - last < pressedWithin) leave();
    last = press.timeStamp;
  });
})();
