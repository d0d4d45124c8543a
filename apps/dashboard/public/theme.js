// Runs before the first paint, so that the page never shows in the other theme first.
document.documentElement.dataset.mode = (() => {
  let choice = 'system'
  try {
    choice = localStorage.getItem('gw.theme') ?? choice
  } catch {
    // Storage is closed to this page: the system's theme it is.
  }
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches
  return choice === 'dark' || (choice !== 'light' && isDark) ? 'dark' : 'light'
})()
