import { createPreference } from './create-preference.ts'

export type Theme = 'light' | 'dark' | 'system'

/** Light, dark, or as the system has it. `public/theme.js` applies the same before the first paint. */
export const theme = createPreference<Theme>({
  key: 'gw.theme',
  parse: (text) => (text === 'light' || text === 'dark' ? text : 'system'),
  format: (value) => value,
})

const dark = '(prefers-color-scheme: dark)'

/** Keeps the page in the chosen theme from now on. */
export function applyTheme(): void {
  const isDark = theme.read() === 'dark' || (theme.read() === 'system' && matchMedia(dark).matches)
  document.documentElement.dataset['mode'] = isDark ? 'dark' : 'light'
}

/** Changes the theme of the page and remembers it. */
export function chooseTheme(choice: Theme): void {
  theme.write(choice)
  applyTheme()
}

/** Follows the system while nothing else is chosen. */
export function followSystemTheme(): void {
  matchMedia(dark).addEventListener('change', applyTheme)
  window.addEventListener('storage', applyTheme)
}
