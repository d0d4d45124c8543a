import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const paths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * The path of a Chromium: `CHROMIUM_PATH`, or where one usually is. Without one, a Debian machine gets it if we are root.
 * @throws Error that says how to install one
 */
export function findChromium(): string {
  const given = process.env['CHROMIUM_PATH']
  if (given) return given
  const found = paths.find((path) => existsSync(path))
  if (found !== undefined) return found
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    const options = { stdio: 'ignore' } as const
    spawnSync('apt-get', ['update'], options)
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options)
  }
  const installed = paths.find((path) => existsSync(path))
  if (installed !== undefined) return installed
  throw new Error(
    'The browser tests need Chromium. Install it (Debian: apt-get install chromium; macOS: brew install --cask chromium), or set CHROMIUM_PATH.',
  )
}
