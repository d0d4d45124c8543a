import { expect, test } from 'vitest'
import { checkAccessibility, checkWidth, openPage, takeScreenshot, useBrowser } from './browser.ts'
import { openPageAs } from './roles.ts'

useBrowser()

test('finds models by words, provider and capability, and keeps that in the URL', async () => {
  const page = await openPage('/models')
  await page.getByRole('row').nth(5).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('gpt-4o mini')
  await page.getByRole('combobox', { name: 'Provider' }).click()
  await page.getByRole('option', { name: /^openai \(/ }).click()
  await page
    .getByRole('row', { name: /openai\/gpt-4o-mini \$0\.15 \$0\.60/ })
    .first()
    .waitFor()
  expect(new URL(page.url()).search).toBe('?q=gpt-4o+mini&provider=openai')
  await page.getByRole('button', { name: '$ out' }).click()
  await page.reload()
  await page.getByRole('columnheader', { name: '$ out' }).and(page.locator('[aria-sort="ascending"]')).waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'models')
})

test('only the rows in sight are in the document', async () => {
  const page = await openPage('/models')
  await page.getByRole('row').nth(5).waitFor()
  expect(Number(await page.getByRole('grid').getAttribute('aria-rowcount'))).toBeGreaterThan(1000)
  expect(await page.getByRole('row').count()).toBeLessThan(80)
})

test('a model has all its facts, gets a price of its own, and leads to the playground', async () => {
  const page = await openPage('/models?q=gpt-4o-mini&provider=openai')
  await page
    .getByRole('row', { name: /openai\/gpt-4o-mini \$/ })
    .first()
    .focus()
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'Model' })
  await sheet.getByText('None: requests are billed at the catalog’s price.').waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'model-sheet')
  await sheet.getByRole('button', { name: 'Set a price' }).click()
  await page.getByLabel('Input').fill('0.12')
  await page.getByRole('button', { name: 'Set', exact: true }).click()
  await sheet.getByText(/input \$0\.12, output \$0\.6/).waitFor()
  await sheet.getByRole('button', { name: 'Remove the price' }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await sheet.getByText('None: requests are billed at the catalog’s price.').waitFor()
  await sheet.getByRole('link', { name: 'Try in playground' }).click()
  await page.getByRole('heading', { name: 'Playground' }).waitFor()
  expect(await page.getByRole('combobox', { name: 'Model' }).inputValue()).toBe('openai/gpt-4o-mini')
})

test('viewers set no prices', async () => {
  const page = await openPageAs({ name: 'Vera', role: 'viewer' }, '/models?q=gpt-4o-mini&provider=openai')
  await page
    .getByRole('row', { name: /openai\/gpt-4o-mini \$/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Set a price' }).waitFor()
  expect(await page.getByRole('button', { name: 'Set a price' }).isDisabled()).toBe(true)
})

test('dark, and on a phone', async () => {
  const dark = await openPage('/models?sort=quality', { isDark: true })
  await dark.getByRole('row').nth(5).waitFor()
  await checkAccessibility(dark)
  await takeScreenshot(dark, 'models-dark')
  const phone = await openPage('/models?q=claude', { isPhone: true })
  await phone.getByRole('row').nth(5).waitFor()
  await checkWidth(phone)
  await checkAccessibility(phone)
  await takeScreenshot(phone, 'models-phone')
})
