// − and ＋ beside a number. Without this file it is an ordinary numeric field.

function show() {
  for (const keys of document.querySelectorAll('[data-stepper] .stepper__keys')) keys.hidden = false;
}

document.addEventListener('click', (event) => {
  const key = event.target.closest?.('[data-stepper] .stepper__keys button');
  if (!key) return;
  const field = key.closest('[data-stepper]').querySelector('input');
  const next = (parseInt(field.value, 10) || 0) + Number(key.value);
  field.value = String(Math.min(Number(field.max), Math.max(Number(field.min), next)));
  field.dispatchEvent(new Event('input', { bubbles: true }));
});

document.addEventListener('kiosk:painted', show);
show();
