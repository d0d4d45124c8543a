import { expect, test } from 'vitest'
import { startGateway } from '../../../scripts/local/start-gateway.ts'
import { checkAccessibility, openPage, takeScreenshot, useBrowser } from './browser.ts'

useBrowser()

test('a new gateway asks for its first user, who then sees how to send the first request', async () => {
  const gateway = await startGateway({ port: 0, state: undefined, adminKey: 'the-admin-key', upstreams: {}, env: {} })
  try {
    const page = await openPage('/', { url: gateway.url, isSignedIn: false })
    await page.getByRole('heading', { name: 'Welcome to gw' }).waitFor()
    await checkAccessibility(page)
    await takeScreenshot(page, 'setup')
    await page.getByLabel('Admin key').fill('another key')
    await page.getByLabel('Your name').fill('Bea')
    await page.getByLabel('E-mail').fill('bea@example.com')
    await page.getByLabel('Password').fill('a long enough password')
    await page.getByRole('button', { name: 'Make the first user' }).click()
    await page.getByRole('alert').getByText('This is not the admin key').waitFor()
    await page.getByLabel('Admin key').fill('the-admin-key')
    await page.getByRole('button', { name: 'Make the first user' }).click()
    await page.getByRole('heading', { name: 'No requests in this time' }).waitFor()
    const command = await page.locator('pre').innerText()
    expect(command).toContain(`curl ${gateway.url}/v1/chat/completions`)
    await checkAccessibility(page)
    await takeScreenshot(page, 'overview-empty')
  } finally {
    await gateway.stop()
  }
})
