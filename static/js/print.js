// [data-print]: a button that prints the page; without this script the browser's own menu does.
function show() {
  for (const button of document.querySelectorAll('[data-print]')) button.hidden = false;
}

document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-print]')) window.print();
});
document.addEventListener('kiosk:painted', show);
show();
