document.getElementById('accept').addEventListener('click', function () {
  document.querySelectorAll('script[type="text/plain"][data-cookieconsent]').forEach(function (parked) {
    var script = document.createElement('script');
    script.text = parked.text;
    parked.replaceWith(script);
  });
  document.getElementById('banner').hidden = true;
});
