(function () {
  var button = document.getElementById('menu-button');
  var menu = document.getElementById('menu');
  if (!button || !menu) return;

  button.addEventListener('click', function () {
    var open = menu.classList.toggle('open');
    fbq('trackCustom', 'MenuOpened');
    button.setAttribute('aria-expanded', String(open));
  });
})();
