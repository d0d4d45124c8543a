import { expect, test } from 'vitest'
import { checkAccessibility, checkWidth, openPage, takeScreenshot, useBrowser } from './browser.ts'
import { admin, makeMember } from './control-plane.ts'

useBrowser()

test('somebody is invited by a link, chooses a password, and sees what a viewer may', async () => {
  const page = await openPage('/people')
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByLabel('E-mail').fill('carol@example.com')
  await page.getByLabel('Name').fill('Carol')
  await page.getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('option', { name: /^Viewer/ }).click()
  await page.getByRole('button', { name: 'Make a link' }).click()
  await page.getByRole('button', { name: 'Show' }).click()
  const link = await page.getByRole('dialog').locator('code').innerText()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('row', { name: /Carol carol@example.com viewer/ }).waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'people')

  const theirs = await openPage(new URL(link).pathname + new URL(link).search, { isSignedIn: false })
  await theirs.getByLabel('Password').first().fill('a long enough password')
  await theirs.getByRole('button', { name: 'Join' }).click()
  await theirs.getByRole('heading', { name: 'Overview' }).waitFor()
  await theirs.goto('/people')
  await theirs.getByRole('row', { name: /Carol/ }).waitFor()
  expect(await theirs.getByRole('button', { name: 'Invite' }).isDisabled()).toBe(true)
})

test('a budget is added, changed and removed, and the audit says so', async () => {
  const page = await openPage('/budgets')
  await page.getByRole('button', { name: 'Add budget' }).click()
  await page.getByLabel('Name').fill('Team month')
  await page.getByLabel('Limit, US dollars').fill('12.50')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const row = page.getByRole('row', { name: /Team month/ })
  await row.getByText('$12.50').waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'budgets')
  await page.getByRole('button', { name: 'Change Team month' }).click()
  await page.getByLabel('Limit, US dollars').fill('20')
  await page.getByRole('button', { name: 'Save' }).click()
  await row.getByText('$20.00').waitFor()
  await page.getByRole('button', { name: 'Remove Team month' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await row.waitFor({ state: 'detached' })

  await page.goto('/audit?action=budgets')
  const told = ['Removed a budget', 'Changed a budget', 'Made a budget']
  for (const action of told) await page.getByRole('cell', { name: action }).first().waitFor()
  await page
    .getByRole('row', { name: /Made a budget/ })
    .first()
    .click()
  await page.getByRole('dialog', { name: 'Change' }).getByText('"limit_usd": "12.50"').waitFor()
  await page.waitForURL(/entry=/)
  await checkAccessibility(page)
  await takeScreenshot(page, 'audit')
  await page.reload()
  await page.getByRole('dialog', { name: 'Change' }).getByText('"limit_usd": "12.50"').waitFor()
})

test('a gateway is made and set, and what the form does not show stays', async () => {
  await admin('PUT', 'gateways/shop', { settings: { routing: { strategy: 'quality' } } })
  const page = await openPage('/settings?gateway=shop')
  await page.getByLabel('Keep answers for, seconds').fill('60')
  await page.getByRole('switch', { name: 'Keep prompts and answers, sealed' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved').first().waitFor()
  const { settings } = await admin<{ settings: object }>('GET', 'gateways/shop')
  expect(settings).toMatchObject({ routing: { strategy: 'quality' }, cache_ttl: 60, collect_log_payload: false })
  await checkAccessibility(page)
  await takeScreenshot(page, 'settings')
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await page.waitForURL(/gateway=default/)
})

test('demo data goes with one click and comes back with another', async () => {
  const page = await openPage('/settings')
  await page.getByRole('button', { name: 'Remove demo data' }).click()
  await page.getByRole('button', { name: 'Add demo data' }).waitFor()
  const gone = await admin<{ data: unknown[] }>('GET', 'logs?gateway_id=demo')
  expect(gone.data).toEqual([])
  await page.getByRole('button', { name: 'Add demo data' }).click()
  await page.getByRole('button', { name: 'Remove demo data' }).waitFor()
  const back = await admin<{ data: unknown[] }>('GET', 'logs?gateway_id=demo&limit=1000')
  expect(back.data).toHaveLength(500)
})

test('neurons show what is left of the day', async () => {
  const page = await openPage('/neurons')
  await page.getByText(/of 10,000 left/).waitFor()
  await page.getByRole('list', { name: 'Neurons by day' }).waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'neurons')
})

test('a viewer can change nothing on any of these pages', async () => {
  const session = await makeMember('viewer')
  const page = await openPage('/budgets', { session })
  await page.getByRole('table', { name: 'Tiers' }).getByText('Personal').waitFor()
  const writes = ['Add budget', 'Add tier']
  for (const name of writes) expect(await page.getByRole('button', { name }).isDisabled()).toBe(true)
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Save' }).waitFor()
  for (const name of ['Save', 'Purge cache', 'Add gateway']) {
    expect(await page.getByRole('button', { name }).isDisabled()).toBe(true)
  }
  await page.goto('/audit')
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('table').count()).toBe(0)
})

test.each(['/people', '/budgets', '/audit', '/settings', '/neurons', '/alerts'])(
  '%s fits on a phone, in the dark',
  async (path) => {
    const page = await openPage(path, { isPhone: true, isDark: true })
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await checkWidth(page)
    await checkAccessibility(page)
    await takeScreenshot(page, `${path.slice(1)}-phone-dark`)
  },
)
