// The number pad for a PIN. Without this file the page shows an ordinary numeric field. Digits are never echoed:
// filled dots say how many were entered. The pad does not submit; a separate button does. A PIN that was refused is
// cleared, to be entered anew.

function draw(pad) {
  const input = pad.querySelector('input');
  const n = input.value.length;
  Array.from(pad.querySelector('.pinpad__dots').children).forEach((dot, i) => dot.toggleAttribute('data-full', i < n));
  pad.querySelector('.pinpad__said').textContent = `已输入 ${n} 位，共 ${input.maxLength} 位`;
}

function show() {
  for (const pad of document.querySelectorAll('[data-pinpad]')) {
    pad.querySelector('input').classList.add('visually-hidden');
    for (const part of pad.querySelectorAll('[hidden]')) part.hidden = false;
    draw(pad);
  }
}

function clear() {
  for (const input of document.querySelectorAll('[data-pinpad] input')) {
    input.value = '';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

document.addEventListener('click', (event) => {
  const key = event.target.closest?.('[data-pinpad] .pinpad__keys button');
  if (!key) return;
  const input = key.closest('[data-pinpad]').querySelector('input');
  if (key.hasAttribute('data-delete')) input.value = input.value.slice(0, -1);
  else if (input.value.length < input.maxLength) input.value += key.value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
});

document.addEventListener('input', (event) => {
  const pad = event.target.closest?.('[data-pinpad]');
  if (!pad) return;
  const digits = event.target.value.replace(/\D/g, '').slice(0, event.target.maxLength);
  if (digits !== event.target.value) event.target.value = digits;
  draw(pad);
});

document.addEventListener('kiosk:painted', show);
document.addEventListener('kiosk:answered', clear);
window.addEventListener('pageshow', (event) => {
  if (event.persisted) clear();
});
show();
