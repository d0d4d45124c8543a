import { expect, test } from 'vitest'
import { checkAccessibility, checkWidth, openPage, takeScreenshot, useBrowser } from './browser.ts'

useBrowser()

test('shows what requests came to, and keeps every choice in the URL', async () => {
  const page = await openPage('/?range=7d')
  await page.getByRole('button', { name: /^Spend \$/ }).click()
  await page.getByRole('button', { name: 'Group by' }).click()
  await page.getByRole('menuitem', { name: 'Provider', exact: true }).click()
  await page.getByRole('button', { name: 'Split by' }).click()
  await page.getByRole('menuitem', { name: 'Metadata: team' }).click()
  await page.getByRole('heading', { name: 'By team' }).waitFor()
  expect(new URL(page.url()).search).toBe('?range=7d&metric=cost&by=provider&split=metadata.team')
  await page.reload()
  await page.getByRole('heading', { name: 'By team' }).waitFor()
  await page.getByRole('table', { name: 'By team' }).getByText('platform').waitFor()
  await page.getByRole('list', { name: 'Legend' }).getByText('anthropic').waitFor()
  await page.locator('canvas').waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'overview')
})

test('a row of a table leads to its requests', async () => {
  const page = await openPage('/?range=7d')
  await page.getByRole('row', { name: /claude-sonnet-4-5/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Logs' }).waitFor()
  expect(new URL(page.url()).search).toBe('?range=7d&q=model:claude-sonnet-4-5')
  await page.getByRole('grid').getByText('anthropic').first().waitFor()
})

test('errors are told apart by type and provider', async () => {
  const page = await openPage('/?range=1h')
  const cell = page.getByRole('table', { name: 'Errors by type and provider' }).getByRole('row', { name: /rate_limit/ })
  await cell.getByRole('link').last().click()
  await page.getByRole('heading', { name: 'Logs' }).waitFor()
  expect(new URL(page.url()).search).toBe('?range=1h&q=error:rate_limit+provider:openai')
})

test('says which searches the roll-ups cannot answer, and leads to the logs', async () => {
  const page = await openPage('/?range=7d&q=cost:>1')
  await page.getByRole('link', { name: 'Search the logs instead' }).click()
  await page.getByRole('heading', { name: 'Logs' }).waitFor()
  expect(new URL(page.url()).searchParams.get('q')).toBe('cost:>1')
})

test('dark, and on a phone', async () => {
  const dark = await openPage('/?range=7d&by=model', { isDark: true })
  await dark.locator('canvas').waitFor()
  await checkAccessibility(dark)
  await takeScreenshot(dark, 'overview-dark')
  const phone = await openPage('/?range=7d&by=model', { isPhone: true })
  await phone.locator('canvas').waitFor()
  await checkWidth(phone)
  await checkAccessibility(phone)
  await takeScreenshot(phone, 'overview-phone')
  await phone.getByRole('button', { name: 'Open the menu' }).click()
  await phone.getByRole('dialog', { name: 'Menu' }).getByRole('link', { name: 'Logs' }).click()
  await phone.getByRole('heading', { name: 'Logs' }).waitFor()
})
