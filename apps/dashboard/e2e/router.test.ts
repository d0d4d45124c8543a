import { expect, inject, test } from 'vitest'
import { checkAccessibility, checkWidth, openPage, takeScreenshot, useBrowser } from './browser.ts'
import { openPageAs } from './roles.ts'

useBrowser()

const readSettings = async (id: string): Promise<unknown> => {
  const response = await fetch(`${inject('gatewayUrl')}/api/gateways/${id}`, {
    headers: { authorization: `Bearer ${inject('adminKey')}` },
  })
  const { settings }: { settings: unknown } = JSON.parse(await response.text())
  return settings
}
const putSettings = async (id: string, settings: unknown): Promise<void> => {
  const response = await fetch(`${inject('gatewayUrl')}/api/gateways/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${inject('adminKey')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ settings }),
  })
  expect(response.status).toBe(200)
}

test('a policy is saved, and the other settings stay as they are', async () => {
  await putSettings('team', { retry_max_attempts: 3 })
  const page = await openPage('/router?gateway=team')
  await page.getByRole('radio', { name: /^Balanced/ }).check()
  await page.getByLabel('Weight of cost').fill('4')
  await page.getByText('What a model must be').click()
  await page.getByLabel('At least quality, 0–10').fill('6')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Routing saved').first().waitFor()
  expect(await readSettings('team')).toEqual({
    retry_max_attempts: 3,
    routing: { weights: { cost: 4 }, constraints: { min_quality: 6 } },
  })
  await checkAccessibility(page)
  await takeScreenshot(page, 'router-policy')
})

test('a change that somebody else made is not overwritten', async () => {
  await putSettings('other', { retry_max_attempts: 2 })
  const page = await openPage('/router?gateway=other')
  await page.getByRole('radio', { name: /^Fastest/ }).check()
  await putSettings('other', { retry_max_attempts: 5 })
  await page.getByRole('button', { name: 'Save' }).click()
  await page
    .getByRole('alert')
    .getByText(/Somebody else has changed this/)
    .waitFor()
  expect(await readSettings('other')).toEqual({ retry_max_attempts: 5 })
})

test('explains a choice: who is ranked, and who is left out', async () => {
  const page = await openPage('/router?tab=explain')
  await page.getByRole('combobox', { name: 'Model' }).click()
  await page.getByRole('option', { name: 'auto/cheapest' }).click()
  await page.getByRole('button', { name: 'Tools' }).click()
  await page.getByRole('status').getByText('Cheapest, by its score').waitFor()
  expect(new URL(page.url()).search).toBe('?tab=explain&model=auto/cheapest&needs=tools')
  await page.getByRole('table', { name: 'Candidates' }).getByText('openai/gpt-5-nano').waitFor()
  await page.getByRole('button', { name: /^No provider key/ }).click()
  await page
    .getByRole('list', { name: 'Left out' })
    .getByText(/mistral\//)
    .first()
    .waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'router-explain')
})

test('compares past traffic with another policy', async () => {
  const page = await openPage('/router?tab=what-if&range=1h')
  await page.getByRole('radio', { name: /^Cheapest/ }).check()
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByText(/requests would have gone elsewhere/).waitFor()
  const before = page
    .getByRole('table', { name: 'Models before and after' })
    .getByRole('row', { name: /claude-sonnet-4-5/ })
  expect(await before.innerText()).toMatch(/^anthropic\/claude-sonnet-4-5\s+(\d+)\s+0\s+−\1$/)
  await checkAccessibility(page)
  await takeScreenshot(page, 'router-what-if')
})

test('shows how targets are', async () => {
  const page = await openPage('/router?tab=health')
  await page
    .getByRole('table', { name: 'Health of targets' })
    .getByText('openai/gpt-4o-mini', { exact: true })
    .waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'router-health')
})

test('viewers look, and change nothing', async () => {
  const page = await openPageAs({ name: 'Vito', role: 'viewer' }, '/router')
  await page.getByRole('button', { name: 'Save' }).waitFor()
  expect(await page.getByRole('radio', { name: /^Fastest/ }).isDisabled()).toBe(true)
  expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
})

test('dark, and on a phone', async () => {
  const dark = await openPage('/router?tab=explain', { isDark: true })
  await dark.getByRole('table', { name: 'Candidates' }).waitFor()
  await checkAccessibility(dark)
  await takeScreenshot(dark, 'router-explain-dark')
  const phone = await openPage('/router', { isPhone: true })
  await phone.getByRole('button', { name: 'Save' }).waitFor()
  await checkWidth(phone)
  await checkAccessibility(phone)
  await takeScreenshot(phone, 'router-phone')
})
