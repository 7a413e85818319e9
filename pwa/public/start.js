/* Written for the oldest browsers, so that the page can say what to install. The app asks data-fit before it starts. */
(function () {
  var root = document.documentElement;
  var able = 'noModule' in document.createElement('script') && 'indexedDB' in window && 'serviceWorker' in navigator &&
    'CSS' in window && CSS.supports('inset', '0') && 'replaceAll' in String.prototype;
  var fit = able ? 'yes' : window.isSecureContext === false ? 'plain' : 'old';
  root.setAttribute('data-fit', fit);
  if (fit === 'yes') return;
  document.addEventListener('DOMContentLoaded', function () {
    document.getElementById('start-opening').hidden = true;
    document.getElementById('start-' + fit).hidden = false;
  });
})();
