import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { checkAccessibility, checkWidth, openPage, takeScreenshot, useBrowser } from './browser.ts'
import { openPageAs } from './roles.ts'

useBrowser()

async function makeRoute(page: Page, name: string, template: string): Promise<void> {
  await page.getByRole('button', { name: 'New route' }).first().click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('radio', { name: template }).check()
  await page.getByRole('button', { name: 'Make it' }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

async function ask(model: string, metadata: Record<string, string>): Promise<Response> {
  return fetch(`${inject('gatewayUrl')}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${inject('gatewayKey')}`,
      'content-type': 'application/json',
      'cf-aig-metadata': JSON.stringify(metadata),
    },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'By route' }] }),
  })
}

test('a route is made of a template, changed, deployed, and takes traffic', async () => {
  const page = await openPage('/routes')
  await makeRoute(page, 'plans', 'By the user’s plan')
  await page.getByRole('button', { name: /^Model large/ }).click()
  await page.getByRole('combobox', { name: 'Model' }).fill('anthropic/claude-sonnet-4-5')
  await page.getByText('unsaved changes').waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'routes-editor')
  await page.getByRole('button', { name: 'Save and deploy' }).click()
  await page.getByText('version 2 serves').waitFor()
  const large = await ask('dynamic/plans', { plan: 'pro' })
  const small = await ask('dynamic/plans', { plan: 'free' })
  expect([large, small].map(({ headers }) => headers.get('gw-model'))).toEqual(['claude-sonnet-4-5', 'gpt-4o-mini'])
  const id = large.headers.get('cf-aig-log-id') ?? ''
  await page.goto(`/logs?log=${id}`)
  const sheet = page.getByRole('dialog', { name: 'Request' })
  await expect
    .poll(
      async () => {
        if (await sheet.getByText('plans', { exact: true }).isVisible()) return true
        await page.reload()
        return false
      },
      { timeout: 15_000, interval: 1000 },
    )
    .toBe(true)
})

test('a test run lights the way, also when a model fails', async () => {
  const page = await openPage('/routes')
  await makeRoute(page, 'trial-run', 'One model, with a fallback')
  await page.getByRole('tab', { name: 'Test run' }).click()
  await page.getByRole('checkbox', { name: 'first' }).click()
  await page.getByRole('button', { name: 'Run' }).click()
  await page
    .getByRole('status', { name: 'Result of the test' })
    .getByText('anthropic/claude-haiku-4-5 answers')
    .waitFor()
  await page.getByRole('button', { name: /^Model second .*on the way$/ }).waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'routes-test-run')
})

test('mistakes show where they are, and keep a route from being deployed', async () => {
  const page = await openPage('/routes')
  await makeRoute(page, 'broken', 'Split 90 / 10')
  await page.getByRole('button', { name: /^Split split/ }).click()
  await page.getByRole('textbox', { name: 'Share' }).first().fill('80%')
  await page.getByRole('textbox', { name: 'Share' }).first().press('Enter')
  await page.getByRole('list', { name: 'Mistakes' }).getByRole('button', { name: 'split' }).waitFor()
  await page.getByRole('button', { name: /^Split split .*1 mistake/ }).waitFor()
  expect(await page.getByRole('button', { name: 'Save and deploy' }).isDisabled()).toBe(true)
  await checkAccessibility(page)
  await takeScreenshot(page, 'routes-mistakes')
  await page.getByRole('tab', { name: 'JSON' }).click()
  const json = page.getByLabel('Elements as JSON')
  await json.fill((await json.inputValue()).replace('"80%"', '"90%"'))
  await page.getByRole('list', { name: 'Mistakes' }).waitFor({ state: 'detached' })
  await json.fill('[')
  await page.getByText(/The JSON cannot be drawn/).waitFor()
})

test('an element is added and removed, and a version is rolled back', async () => {
  const page = await openPage('/routes')
  await makeRoute(page, 'versions', 'One model, with a fallback')
  await page.getByRole('button', { name: 'Deploy', exact: true }).click()
  await page.getByText('version 1 serves').waitFor()
  await page.getByRole('button', { name: /^Start start/ }).click()
  await page.getByRole('button', { name: 'Add element' }).click()
  await page.getByRole('menuitem', { name: /^Limit/ }).click()
  await page.getByRole('button', { name: /^Limit rate 100 requests each hour by metadata.user_id/ }).waitFor()
  await page.getByRole('button', { name: 'Save and deploy' }).click()
  await page.getByText('version 2 serves').waitFor()
  await page.getByRole('tab', { name: 'Versions' }).click()
  await page.getByRole('button', { name: 'Roll back' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Roll back' }).click()
  await page.getByText('version 1 serves').waitFor()
  await page.getByRole('button', { name: /^Limit rate/ }).waitFor({ state: 'detached' })
  await takeScreenshot(page, 'routes-versions')
})

test('viewers look, and change nothing', async () => {
  const admin = await openPage('/routes')
  await makeRoute(admin, 'seen', 'By the user’s plan')
  const page = await openPageAs({ name: 'Vin', role: 'viewer' }, '/routes?route=seen&element=large')
  await page.getByRole('button', { name: /^Model large/ }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Id' }).isDisabled()).toBe(true)
  expect(await page.getByRole('button', { name: 'Deploy', exact: true }).isDisabled()).toBe(true)
  expect(await page.getByRole('button', { name: 'Add element' }).count()).toBe(0)
})

test('dark, and on a phone', async () => {
  const maker = await openPage('/routes')
  await makeRoute(maker, 'looks', 'By the user’s plan')
  const dark = await openPage('/routes?route=looks&element=paying', { isDark: true })
  await dark.getByRole('button', { name: /^Condition paying/ }).waitFor()
  await checkAccessibility(dark)
  await takeScreenshot(dark, 'routes-dark')
  const phone = await openPage('/routes?route=looks&element=large', { isPhone: true })
  await phone.getByRole('button', { name: /^Model large/ }).waitFor()
  await checkWidth(phone)
  await checkAccessibility(phone)
  await takeScreenshot(phone, 'routes-phone')
  const list = await openPage('/routes')
  await list.getByRole('table', { name: 'Routes' }).getByText('dynamic/looks').waitFor()
  await checkAccessibility(list)
  await takeScreenshot(list, 'routes')
})
