import { expect, test } from 'vitest'
import { checkAccessibility, openPage, takeScreenshot, useBrowser } from './browser.ts'

useBrowser()

test('the command palette finds pages, and shortcuts go to them', async () => {
  const page = await openPage('/')
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder(/Go to a page/).fill('rate money')
  await page.getByRole('option', { name: /Budgets & limits/ }).waitFor()
  await takeScreenshot(page, 'palette')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Budgets & limits' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await page.getByRole('heading', { name: 'Logs' }).waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await checkAccessibility(page)
})

test('the theme is chosen, remembered, and there before the page is', async () => {
  const page = await openPage('/')
  await page.getByRole('button', { name: /Ann Example/ }).click()
  await page.getByRole('menuitem', { name: 'Dark' }).click()
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['mode'])).toBe('dark')
  // Without the application only what the page's head does is left.
  await page.route('**/assets/*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }))
  await page.reload({ waitUntil: 'commit' })
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['mode'])).toBe('dark')
})

test('an address without a page says so', async () => {
  const page = await openPage('/nowhere')
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
})
