// 推选: says beside the candidates how many are named, and how many too many. Without this script the server says it.
function count() {
  for (const told of document.querySelectorAll('[data-naming]')) {
    const named = document.querySelectorAll('.named-card__box:checked').length;
    const excess = named - Number(told.dataset.most);
    told.querySelector('[data-named]').textContent = String(named);
    told.querySelector('[data-named-words]').hidden = false;
    told.querySelector('[data-excess]').textContent = String(excess);
    told.querySelector('[data-over]').hidden = excess <= 0;
  }
}

document.addEventListener('change', count);
document.addEventListener('kiosk:painted', count);
window.addEventListener('pageshow', count);
count();
