import { createServer } from 'node:http'
import { expect, inject, onTestFinished, test } from 'vitest'
import { checkAccessibility, openPage, takeScreenshot, useBrowser } from './browser.ts'
import { admin, chat } from './control-plane.ts'

useBrowser()

interface Message {
  type?: string
  alerts?: { severity: string; change: string }[]
}

/** Takes webhooks, and keeps what they say. */
async function startReceiver() {
  const messages: Message[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (part: Buffer) => (text += part.toString()))
    request.on('end', () => {
      messages.push(JSON.parse(text))
      response.end('ok')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `http://127.0.0.1:${port}/hook`, messages }
}

test('a channel is added and tested; an alert on spend reaches it, shows on the page, and is acknowledged', async () => {
  const { url, messages } = await startReceiver()
  const page = await openPage('/alerts?tab=channels')
  await page.getByRole('button', { name: 'Add channel' }).click()
  await page.getByRole('combobox', { name: 'Kind' }).click()
  await page.getByRole('option', { name: 'Signed JSON' }).click()
  await page.getByLabel('Name').fill('Pager')
  await page.getByLabel('URL').fill(url)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('dialog', { name: 'The channel is ready' }).getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Test' }).click()
  await page.getByText('Pager took the test message').waitFor()
  expect(messages).toHaveLength(1)

  await page.getByRole('tab', { name: 'Rules' }).click()
  await page.getByRole('button', { name: 'Change Spend per hour' }).click()
  await page.getByLabel('Warning, dollars').fill('0.000001')
  await page.getByRole('button', { name: 'Save' }).click()
  await page
    .getByRole('row', { name: /Spend per hour/ })
    .getByText('$0.000001')
    .waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'alert-rules')
  expect(await chat(inject('gatewayKey'), 'openai/gpt-4o-mini', 'words 200')).toBe(200)

  await expect.poll(() => messages.length, { timeout: 15_000 }).toBe(2)
  expect(messages[1]).toMatchObject({
    type: 'alert',
    alerts: [{ change: 'fired', severity: 'warning', threshold: 0.000001 }],
  })
  await page.getByRole('tab', { name: 'Alerts' }).click()
  const row = page.getByRole('row', { name: /Spend per hour/ }).first()
  await row.getByText('warning').waitFor()
  await row.getByRole('button', { name: 'Acknowledge' }).click()
  await row.getByText(/looks after it/).waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'alerts')
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByRole('table', { name: 'Messages' }).getByText('sent').first().waitFor()
  await takeScreenshot(page, 'alert-history')
  await admin('PATCH', 'alert-rules/default-spend_per_hour', { warning: 1 })
})
