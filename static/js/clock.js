// The time of day in China on [data-clock], from the browser; the record never uses it.
const format = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false });

function tick() {
  const now = format.format(new Date());
  for (const clock of document.querySelectorAll('[data-clock]')) {
    if (clock.textContent !== now) clock.textContent = now;
  }
}

tick();
setInterval(tick, 1000);
document.addEventListener('kiosk:painted', tick);
