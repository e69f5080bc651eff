// What runs on the contact page.
window.fbq||(function(f,b,e,v,n,t,s)
{n=f.fbq=function(){n.callMethod?
n.callMethod.apply(n,arguments):n.queue.push(arguments)};
if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;n.version='2.0';
n.queue=[];t=b.createElement(e);t.async=!0;
t.src=v;s=b.getElementsByTagName(e)[0];
s.parentNode.insertBefore(t,s)})(window, document,'script',
'https://connect.facebook.net/en_US/fbevents.js');
fbq('init', '2203344556677881');
fbq('track', 'PageView');

document.addEventListener('DOMContentLoaded', function () {
  var form = document.getElementById('message-form');
  var count = document.getElementById('count');

  form.elements.message.addEventListener('input', function () {
    count.textContent = this.value.length + ' characters';
  });

  form.addEventListener('submit', function () {
    if (typeof fbq === 'function') {
      fbq('track', 'Contact', { content_name: 'message form' });
    }
    if (window.fbq) fbq('track', 'Lead');
    window.fbq && window.fbq('trackCustom', 'MessageSent');
    count.textContent = 'Sending';
    fbq('track', 'SubmitApplication');
  });
});
