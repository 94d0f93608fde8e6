// Before the first paint: the colour scheme the person chose, else the system's. A file of its own, so that the
// content security policy needs no exception for inline scripts.
(function () {
  var choice = null;
  try {
    choice = localStorage.getItem('mantine-color-scheme-value');
  } catch (e) {
    choice = null;
  }
  var isDark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
  try {
    var kept = JSON.parse(localStorage.getItem('orderwatch.preferences') || '{}');
    if (kept.theme === 'contrast') document.documentElement.setAttribute('data-contrast', 'high');
    if (kept.density) document.documentElement.setAttribute('data-density', kept.density);
  } catch (e) {
    // Nothing kept: the usual look.
  }
})();
