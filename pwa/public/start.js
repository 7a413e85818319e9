/* Written for the oldest browsers, so that the page can say what to install. The app asks data-fit before it starts. */
(function () {
  var root = document.documentElement;
  var able = 'noModule' in document.createElement('script') && 'indexedDB' in window && 'serviceWorker' in navigator &&
    'CSS' in window && CSS.supports('inset', '0') && 'replaceAll' in String.prototype;
  var fit = able ? 'yes' : window.isSecureContext === false ? 'plain' : 'old';
  root.setAttribute('data-fit', fit);
  function say(what) {
    var opening = document.getElementById('start-opening');
    if (!opening || opening.hidden) return;
    opening.hidden = true;
    document.getElementById('start-' + what).hidden = false;
  }
  if (fit !== 'yes') {
    document.addEventListener('DOMContentLoaded', function () { say(fit); });
    return;
  }
  /* A file that did not come is the line's fault; one that cannot be read is the browser's. */
  window.addEventListener('error', function (e) {
    say(e.target && e.target !== window ? 'cut' : 'old');
  }, true);
})();
