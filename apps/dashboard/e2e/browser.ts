import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, onTestFinished } from 'vitest'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const phone = { width: 390, height: 844 }
const desktop = { width: 1440, height: 900 }

let browser: Browser

/** Call it at the top of a test file: one browser for all its tests. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: inject('chromium'), args: flags })
  })
  afterAll(() => browser.close())
}

export interface PageOptions {
  /** Default: the gateway of all tests. */
  url?: string
  /** Default true. */
  isSignedIn?: boolean
  /** Somebody's cookie, from `makeMember`; default: the first user's. */
  session?: string
  isPhone?: boolean
  isDark?: boolean
}

/** Opens a page, signed in; the test fails if the browser's console has an error by its end. */
export async function openPage(path: string, options: PageOptions = {}): Promise<Page> {
  const {
    url = inject('gatewayUrl'),
    isSignedIn = true,
    session = inject('session'),
    isPhone = false,
    isDark = false,
  } = options
  const context = await browser.newContext({
    baseURL: url,
    viewport: isPhone ? phone : desktop,
    hasTouch: isPhone,
    colorScheme: isDark ? 'dark' : 'light',
    permissions: ['clipboard-read', 'clipboard-write'],
    locale: 'en-US',
    timezoneId: 'UTC',
  })
  context.setDefaultTimeout(10_000)
  if (isSignedIn) await signIn(context, session, url)
  const page = await context.newPage()
  const errors = watchErrors(page)
  onTestFinished(async () => {
    await context.close()
    expect(errors, 'errors in the console').toEqual([])
  })
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  return page
}

async function signIn(context: BrowserContext, session: string, url: string): Promise<void> {
  const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(session) ?? []
  await context.addCookies([{ name, value, url }])
}

/** Answers below 500 that the page asks for knowingly show in the console too; they are not its mistakes. */
function watchErrors(page: Page): string[] {
  const errors: string[] = []
  page.on('console', (message) => {
    const isRefusal = /the server responded with a status of 4\d\d/.test(message.text())
    if (message.type() === 'error' && !isRefusal) errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  return errors
}

/** Fails on anything that people with assistive technology stumble over. */
export async function checkAccessibility(page: Page): Promise<void> {
  await page.evaluate(() => {
    // Those that follow the scrolling, and endless ones, never end.
    const ending = document
      .getAnimations()
      .filter(
        ({ timeline, effect }) =>
          timeline instanceof DocumentTimeline && effect?.getComputedTiming().endTime !== Infinity,
      )
    return Promise.all(ending.map(({ finished }) => finished.catch(() => undefined))).then(() => undefined)
  })
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  expect(found).toEqual([])
}

/** Nothing sticks out to the right. */
export async function checkWidth(page: Page): Promise<void> {
  const extra = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(extra).toBe(0)
}

/** Keeps a picture, for people to look at. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: new URL(`screenshots/${name}.png`, import.meta.url).pathname })
}
