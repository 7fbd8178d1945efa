// The position of the device, asked for by a press only, sent once in the body of the form, kept nowhere.
"use strict";
(() => {
  const place = document.getElementById("position");
  if (!place || !navigator.geolocation) return;
  const form = place.closest("form");
  const said = place.querySelector("[data-refused]");
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.latitude.value = coords.latitude.toFixed(3);
        form.elements.longitude.value = coords.longitude.toFixed(3);
        form.requestSubmit();
      },
      () => { said.textContent = said.dataset.refused; },
      { maximumAge: 60000, timeout: 10000 },
    );
  });
})();
