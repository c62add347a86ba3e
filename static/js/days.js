// On a static site: how many days are left today, by this telephone's calendar in China. Without it the page says how many
// were left on the day it was made, which stays true.
for (const place of document.querySelectorAll("[data-last-day]")) {
  const last = Date.parse(`${place.dataset.lastDay}T00:00:00+08:00`);
  const today = Math.floor((Date.now() + 8 * 3600e3) / 864e5) * 864e5 - 8 * 3600e3;
  const left = Math.round((last - today) / 864e5) + 1;
  const days = document.createElement("b");
  days.textContent = left;
  if (left > 0) place.replaceChildren("今天还剩 ", days, " 天");
  else place.textContent = "现在公布期已满";
}
