import { expect, test } from 'vitest'
import { checkAccessibility, checkWidth, openPage, takeScreenshot, useBrowser } from './browser.ts'
import { admin, chat, makeMember } from './control-plane.ts'

useBrowser()

test('a key is created, shown once, works with curl, and is revoked', async () => {
  const page = await openPage('/keys')
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByLabel('Name').fill('Shop')
  await page.getByLabel('Only these models').fill('openai/*')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  const shown = page.getByRole('dialog', { name: 'The key is ready' })
  await shown.getByRole('button', { name: 'Show' }).click()
  const key = await shown.locator('code').innerText()
  expect(key).toMatch(/^gw_/)
  await checkAccessibility(page)
  await takeScreenshot(page, 'key-shown')
  await shown.getByRole('button', { name: 'Copy as curl' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`authorization: Bearer ${key}`)
  await shown.getByRole('button', { name: 'Done' }).click()
  expect(await page.content()).not.toContain(key)
  expect(await chat(key)).toBe(200)
  expect(await chat(key, 'anthropic/claude-sonnet-4-5')).toBe(403)

  const row = page.getByRole('row', { name: /Shop/ })
  await row.getByText('models openai/*').waitFor()
  await page.getByRole('button', { name: 'Revoke Shop' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await row.getByText('revoked').waitFor()
  expect(await chat(key)).toBe(401)
})

test('a provider key is stored without being shown, and the explanation says that it wins', async () => {
  const page = await openPage('/keys?tab=provider')
  await page.getByRole('button', { name: 'Add key' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add provider key' })
  await dialog.getByLabel('Secret').fill('sk-stored-in-the-browser-1234')
  await dialog.getByLabel('Name').fill('Team key')
  await dialog.getByRole('button', { name: 'Store' }).click()
  await page.getByRole('cell', { name: /Team key …1234/ }).waitFor()
  expect(await page.content()).not.toContain('sk-stored-in-the-browser')
  await page.getByRole('tab', { name: 'Which key wins' }).click()
  const levels = page.getByRole('listitem')
  await levels.filter({ hasText: 'A key of the organisation' }).getByText('wins').waitFor()
  await levels.filter({ hasText: 'A key of the environment' }).getByText('next if that fails').waitFor()
  await page.waitForURL(/tab=resolution/)
  await checkAccessibility(page)
  await takeScreenshot(page, 'key-resolution')
  const { data } = await admin<{ data: { id: string }[] }>('GET', 'provider-keys')
  for (const { id } of data) await admin('DELETE', `provider-keys/${id}`)
})

test('a viewer sees keys and cannot make or change any', async () => {
  const session = await makeMember('viewer')
  const page = await openPage('/keys', { session })
  await page.getByRole('table', { name: 'Gateway keys' }).getByText('local').waitFor()
  expect(await page.getByRole('button', { name: 'Create key' }).isDisabled()).toBe(true)
  expect(await page.getByRole('button', { name: /^(?:Revoke|Rotate|Change) / }).count()).toBe(0)
  // What the page does not offer, the gateway refuses as well.
  const status = await page.evaluate(async () => {
    const { csrf_token }: { csrf_token: string } = await (await fetch('/api/session')).json()
    const answer = await fetch('/api/gateway-keys', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-gw-csrf': csrf_token },
      body: '{"name":"x"}',
    })
    return answer.status
  })
  expect(status).toBe(403)
})

test('keys fit on a phone, in the dark', async () => {
  const page = await openPage('/keys', { isPhone: true, isDark: true })
  await page.getByRole('table', { name: 'Gateway keys' }).getByText('local').waitFor()
  await checkWidth(page)
  await checkAccessibility(page)
  await takeScreenshot(page, 'keys-phone')
})
