// The film of the page jumps to what is tapped. Without this file each such link opens the page with the film there.
//
//   a[data-second]           a link to a second of the film; the .chapter being played has aria-current
//   video[data-clock]        pairs of [second, unix milliseconds]: what the wall clock showed in the film
//   [data-pin] [name=moment] takes the wall clock of the second that is seen, when [data-pin-now] is tapped

const film = document.querySelector('video.film');
const chapters = Array.from(document.querySelectorAll('.chapter[data-second]'));
const LEAST_S = 0.05;   // a seek lands a little beside
const FAR_S = 0.5;
let wanted = null;      // the second that was tapped, until the film is there

const second = (link) => Number(link.dataset.second);

function jump(event) {
  const link = event.target.closest?.('a[data-second]');
  if (!link || !film || event.defaultPrevented) return;
  event.preventDefault();
  wanted = second(link);
  film.currentTime = wanted;
  film.play().catch(() => { /* the browser wants a tap on the film itself: it stands at the right place */ });
  film.scrollIntoView({ block: 'nearest' });
}

// Chromium lands on the beginning of a piece that it has only begun to load; asked once more it goes on from there.
function land() {
  const again = wanted;
  wanted = null;
  if (again !== null && again - film.currentTime > FAR_S && again < film.duration) film.currentTime = again;
}

function follow() {
  const passed = chapters.filter((link) => second(link) <= film.currentTime + LEAST_S && link.checkVisibility());
  const now = passed.at(-1);
  for (const link of chapters) {
    if (link === now) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

function wallClock(at) {
  const anchors = JSON.parse(film.dataset.clock || '[]');
  const [from, ms] = anchors.filter(([start]) => start <= at + LEAST_S).at(-1) || anchors[0];
  const shown = new Date(ms + (at - from) * 1000);
  return shown.toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai' });
}

document.addEventListener('click', (event) => {
  if (!event.target.closest?.('[data-pin-now]')) return;
  film.pause();
  document.querySelector('[data-pin] [name=moment]').value = wallClock(film.currentTime);
});

if (film) {
  document.addEventListener('click', jump);
  film.addEventListener('timeupdate', follow);
  film.addEventListener('seeked', land);
  film.addEventListener('seeked', follow);
}
