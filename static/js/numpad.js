// The number pad for money and counts. Without this file the page shows an ordinary numeric field. The digits are
// seen as they are typed; the pad does not submit.

function show() {
  for (const keys of document.querySelectorAll('[data-numpad] [hidden]')) keys.hidden = false;
}

function typed(value, key) {
  if (key === '.') return value.includes('.') || !value ? value : `${value}.`;
  if (/\.\d\d$/.test(value)) return value;
  if (key === '0000') return value.includes('.') || !Number(value) ? value : value + key;
  return value === '0' ? key : value + key;
}

document.addEventListener('click', (event) => {
  const key = event.target.closest?.('[data-numpad] button[type=button]');
  if (!key) return;
  const input = key.closest('[data-numpad]').querySelector('input');
  const value = key.hasAttribute('data-delete') ? input.value.slice(0, -1) : typed(input.value, key.value);
  if (value.length <= input.maxLength) input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
});

document.addEventListener('kiosk:painted', show);
show();
