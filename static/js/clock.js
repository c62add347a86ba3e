// The time of day in China on [data-clock]: the server's, since a screen's own clock may be wrong. The record never
// uses it. Between two answers only the time that passes is counted here; until the first there is nothing to show.
const format = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false });
const ASK_MS = 600000;
const ASK_AGAIN_MS = 5000;
let began = null;   // what the server's clock said when our count stood at 0

function tick() {
  if (began === null) return;
  const now = format.format(began + performance.now());
  for (const clock of document.querySelectorAll('[data-clock]')) {
    if (clock.textContent !== now) clock.textContent = now;
  }
}

async function ask() {
  try {
    const answer = await fetch('/panel.css', { method: 'HEAD', cache: 'no-store' });
    began = Date.parse(answer.headers.get('Date')) - performance.now();
    tick();
    setTimeout(ask, ASK_MS);
  } catch {
    setTimeout(ask, ASK_AGAIN_MS);
  }
}

ask();
setInterval(tick, 1000);
document.addEventListener('kiosk:painted', tick);
