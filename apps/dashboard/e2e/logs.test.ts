import { expect, inject, test } from 'vitest'
import { checkAccessibility, checkWidth, openPage, takeScreenshot, useBrowser } from './browser.ts'

useBrowser()

test('filters come from the field and from the facets, and survive a reload', async () => {
  const page = await openPage('/logs?range=1h')
  await page.keyboard.press('/')
  await page.keyboard.type('provider:openai')
  await page.keyboard.press('Enter')
  await page.getByRole('complementary', { name: 'Facets' }).getByLabel('Failed').check()
  await page.waitForURL(/q=provider:openai\+status:error/)
  await page.reload()
  expect(await page.getByRole('combobox', { name: 'Filter' }).inputValue()).toBe('provider:openai status:error')
  const rows = page.getByRole('grid').getByRole('row')
  await rows.filter({ hasText: '429 rate_limit' }).waitFor()
  await rows.filter({ hasText: 'anthropic' }).first().waitFor({ state: 'detached' })
  await page.locator('canvas').waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'logs-filtered')
})

test('keys walk the rows; the open one has an address of its own', async () => {
  const page = await openPage('/logs?range=1h&q=model:~gpt-4o-mini')
  await page.getByRole('grid').getByRole('row').nth(2).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'Request' })
  await sheet.getByRole('heading', { name: 'Attempts' }).waitFor()
  const first = new URL(page.url()).searchParams.get('log')
  await page.keyboard.press('j')
  await expect.poll(() => new URL(page.url()).searchParams.get('log')).not.toBe(first)
  await page.keyboard.press('k')
  await expect.poll(() => new URL(page.url()).searchParams.get('log')).toBe(first)
  await page.reload()
  await sheet.getByRole('table', { name: 'Bill' }).waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'log-sheet')
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  expect(new URL(page.url()).searchParams.get('log')).toBeNull()
})

test('a bill is shown line by line', async () => {
  const page = await openPage('/logs?range=1h&q=model:claude-sonnet-4-5+gateway:default+output:80')
  await page.getByRole('grid').getByText('claude-sonnet-4-5').first().click()
  const bill = page.getByRole('dialog', { name: 'Request' }).getByRole('table', { name: 'Bill' })
  const lines = await bill.getByRole('row').allInnerTexts()
  // claude-sonnet-4-5 costs $3 for a million tokens in and $15 for a million out; "words 80" is answered with 80 tokens.
  expect(lines.find((line) => line.startsWith('output'))?.split(/\s+/)).toEqual([
    'output',
    '80',
    'tokens',
    '×',
    '$15.00',
    '/',
    '1M',
    '=',
    '$0.0012',
  ])
})

test('an answer is judged, and the judgement stays', async () => {
  const page = await openPage('/logs?range=1h&q=provider:groq+gateway:default+meta.team:batch')
  await page.getByRole('grid').getByText('llama-3.3-70b-versatile').first().click()
  const sheet = page.getByRole('dialog', { name: 'Request' })
  const good = sheet.getByRole('button', { name: 'A good answer' })
  await good.click()
  await page.locator('[aria-label="A good answer"][aria-pressed="true"]').waitFor()
  await sheet.getByLabel('Score, 0 to 100').fill('85')
  await sheet.getByLabel('Score, 0 to 100').press('Enter')
  const saved = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await saved
  await page.reload()
  await page.locator('[aria-label="A good answer"][aria-pressed="true"]').waitFor()
  expect(await sheet.getByLabel('Score, 0 to 100').inputValue()).toBe('85')
})

test('copies a request as a command', async () => {
  const page = await openPage('/logs?range=1h&q=provider:groq+gateway:default+meta.team:batch')
  await page.getByRole('grid').getByText('llama-3.3-70b-versatile').first().click()
  await page.getByRole('button', { name: 'Copy as curl' }).click()
  await page
    .getByText(/^Copied/)
    .first()
    .waitFor()
  const command = await page.evaluate(() => navigator.clipboard.readText())
  expect(command).toContain(`curl '${inject('gatewayUrl')}/v1/chat/completions'`)
  expect(command).toContain('groq/llama-3.3-70b-versatile')
})

test('new requests appear by themselves while the log is live', async () => {
  const page = await openPage('/logs?range=1h&live=1&q=meta.team:live')
  await page.getByRole('button', { name: 'Live', pressed: true }).waitFor()
  await fetch(`${inject('gatewayUrl')}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${inject('gatewayKey')}`,
      'content-type': 'application/json',
      'cf-aig-metadata': '{"team":"live"}',
    },
    body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'Here I am' }] }),
  })
  await page.getByRole('grid').getByText('gpt-4o-mini').first().waitFor()
})

test('a view is kept, and found again', async () => {
  const page = await openPage('/logs?range=7d&q=status:error')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save this view' }).click()
  await page.getByLabel('Name').fill('Failures')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.goto('/logs')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Failures' }).click()
  await page.waitForURL(/range=7d&q=status:error|q=status:error&range=7d/)
})

test('dark, and on a phone', async () => {
  const dark = await openPage('/logs?range=7d', { isDark: true })
  await dark.locator('canvas').waitFor()
  await dark.getByRole('grid').getByRole('row').nth(3).click()
  await dark.getByRole('heading', { name: 'Attempts' }).waitFor()
  await checkAccessibility(dark)
  await takeScreenshot(dark, 'log-sheet-dark')
  const phone = await openPage('/logs?range=7d', { isPhone: true })
  await phone.locator('canvas').waitFor()
  await checkWidth(phone)
  await checkAccessibility(phone)
  await takeScreenshot(phone, 'logs-phone')
  await phone.getByRole('grid').getByRole('row').nth(3).click()
  await phone.getByRole('heading', { name: 'Attempts' }).waitFor()
  await checkWidth(phone)
  await takeScreenshot(phone, 'log-sheet-phone')
})
