// 推选: says beside the candidates how many are named, how many too many, and that some stand below the edge of a small
// screen. Without this script the server says what is too many.
const EDGE_PX = 8;

function count() {
  for (const told of document.querySelectorAll('[data-naming]')) {
    const named = document.querySelectorAll('.named-card__box:checked').length;
    const excess = named - Number(told.dataset.most);
    told.querySelector('[data-named]').textContent = String(named);
    told.querySelector('[data-named-words]').hidden = false;
    told.querySelector('[data-excess]').textContent = String(excess);
    told.querySelector('[data-over]').hidden = excess <= 0;
  }
  look();
}

function look() {
  const area = document.querySelector('.ballot__form[data-scroll]');
  const more = document.querySelector('[data-more]');
  if (area && more) more.hidden = area.scrollHeight - area.clientHeight - area.scrollTop < EDGE_PX;
}

document.addEventListener('change', count);
document.addEventListener('kiosk:painted', count);
document.addEventListener('scroll', look, true);
window.addEventListener('resize', look);
window.addEventListener('pageshow', count);
count();
