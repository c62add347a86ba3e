// The number pad for a PIN. Without this file the page shows an ordinary numeric field. Digits are never echoed:
// filled dots say how many were entered. The pad does not submit; a separate button does.

for (const pad of document.querySelectorAll('[data-pinpad]')) {
  const input = pad.querySelector('input');
  const dots = pad.querySelector('.pinpad__dots');
  const said = pad.querySelector('.pinpad__said');
  const length = input.maxLength;

  const draw = () => {
    const n = input.value.length;
    Array.from(dots.children).forEach((dot, i) => dot.toggleAttribute('data-full', i < n));
    said.textContent = `已输入 ${n} 位，共 ${length} 位`;
  };

  pad.querySelector('.pinpad__keys').addEventListener('click', (event) => {
    const key = event.target.closest('button');
    if (!key) return;
    if (key.hasAttribute('data-delete')) input.value = input.value.slice(0, -1);
    else if (input.value.length < length) input.value += key.value;
    draw();
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  input.addEventListener('input', () => {
    const digits = input.value.replace(/\D/g, '').slice(0, length);
    if (digits !== input.value) input.value = digits;
    draw();
  });

  input.classList.add('visually-hidden');
  for (const part of pad.querySelectorAll('[hidden]')) part.hidden = false;
  draw();
}

window.addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  for (const input of document.querySelectorAll('[data-pinpad] input')) {
    input.value = '';
    input.dispatchEvent(new Event('input'));
  }
});
