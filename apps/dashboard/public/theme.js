// Runs before the first paint, so that the page never shows in the other theme first.
;(function () {
  var choice = null
  try {
    choice = localStorage.getItem('gw.theme')
  } catch {
    // Storage is closed to this page: the system's theme it is.
  }
  var isDark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.mode = isDark ? 'dark' : 'light'
})()
