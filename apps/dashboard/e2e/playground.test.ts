import { expect, inject, test } from 'vitest'
import { checkAccessibility, checkWidth, openPage, takeScreenshot, useBrowser } from './browser.ts'
import { openPageAs } from './roles.ts'

useBrowser()

test('streams an answer, and shows its cost and its row', async () => {
  const page = await openPage('/playground?model=openai/gpt-4o-mini')
  await page.getByRole('textbox', { name: 'Message' }).fill('words 40')
  await page.keyboard.press('Enter')
  const answer = page.getByRole('article')
  await answer.getByText('You said: words 40').waitFor()
  await answer.getByText('openai/gpt-4o-mini').waitFor()
  // gpt-4o-mini: 2 tokens in at $0.15 and 40 out at $0.60 a million.
  await answer.getByTitle('Cost').getByText('$0.0000243').waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'playground')
  await answer.getByRole('link', { name: 'Log' }).click()
  await page.getByRole('dialog', { name: 'Request' }).getByRole('heading', { name: 'Attempts' }).waitFor()
})

test('its key is revoked when the page is left', async () => {
  const page = await openPage('/playground?model=openai/gpt-4o-mini')
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('article').getByText('You said: Hello').waitFor()
  const revoked = page.waitForResponse(
    (response) => response.request().method() === 'DELETE' && response.url().includes('/api/gateway-keys/'),
  )
  await page.getByRole('link', { name: 'Models' }).click()
  expect((await revoked).status()).toBe(204)
})

test('two models get the same message; tools are called, and get their results', async () => {
  const page = await openPage('/playground?model=openai/gpt-4o-mini&versus=anthropic/claude-sonnet-4-5')
  await page.getByRole('button', { name: 'Insert an example' }).click()
  await page.getByRole('textbox', { name: 'Message' }).fill('call get_weather')
  await page.keyboard.press('Enter')
  const second = page.getByRole('region', { name: 'Conversation with anthropic/claude-sonnet-4-5' })
  await page
    .getByRole('region', { name: 'Conversation with openai/gpt-4o-mini' })
    .getByLabel('Result of get_weather')
    .waitFor()
  await second.getByLabel('Result of get_weather').fill('sunny')
  await checkAccessibility(page)
  await takeScreenshot(page, 'playground-tools')
  await second.getByRole('button', { name: 'Send the result' }).click()
  await second.getByText('The tool said: sunny').waitFor()
})

test('a picture goes along, and the request can be copied', async () => {
  const page = await openPage('/playground?model=openai/gpt-4o')
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  await page
    .getByLabel('Pictures', { exact: true })
    .setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') })
  await page.getByRole('img', { name: 'dot.png' }).waitFor()
  await page.getByRole('textbox', { name: 'Message' }).fill('look')
  await page.keyboard.press('Enter')
  await page.getByText('You said: look (1 image: image/png)').waitFor()
  await page.getByRole('button', { name: 'Raw' }).click()
  const sheet = page.getByRole('dialog', { name: 'Raw request' })
  await sheet.getByRole('button', { name: 'Copy as curl' }).click()
  const command = await page.evaluate(() => navigator.clipboard.readText())
  expect(command).toContain(`curl '${inject('gatewayUrl')}/v1/chat/completions'`)
  expect(command).toContain(`data:image/png;base64,${png}`)
  await sheet.getByRole('tab', { name: 'Response headers' }).click()
  await sheet.getByText('gw-provider').waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'playground-raw')
})

test('an answer can be stopped, and a refusal says why', async () => {
  const page = await openPage('/playground?model=openai/gpt-4o-mini%2Bpace:200')
  await page.getByRole('textbox', { name: 'Message' }).fill('words 200')
  await page.keyboard.press('Enter')
  await page.getByRole('article').getByText('You said:').waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByText('stopped', { exact: true }).waitFor()
  await page.getByRole('combobox', { name: 'Model' }).fill('nobody/knows')
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello')
  await page.keyboard.press('Enter')
  await page
    .getByRole('alert')
    .getByText(/nobody/)
    .waitFor()
})

test('a request of the past is asked again', async () => {
  const page = await openPage('/logs?range=1h&q=model:claude-sonnet-4-5+gateway:default+output:80')
  await page.getByRole('grid').getByText('claude-sonnet-4-5').first().click()
  await page.getByRole('link', { name: 'Replay' }).click()
  await page.getByText('Filled from a request of the past').waitFor()
  expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('words 80')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('article').getByText('anthropic/claude-sonnet-4-5').waitFor()
})

test('viewers are told that they cannot, members can', async () => {
  const viewer = await openPageAs({ name: 'Vic', role: 'viewer' }, '/playground')
  await viewer.getByRole('heading', { name: 'Viewers cannot send requests' }).waitFor()
  const member = await openPageAs({ name: 'Mel', role: 'member' }, '/playground?model=openai/gpt-4o-mini')
  await member.getByRole('textbox', { name: 'Message' }).fill('Hello')
  await member.keyboard.press('Enter')
  await member.getByText('You said: Hello').waitFor()
})

test('dark, and on a phone', async () => {
  const dark = await openPage('/playground?model=openai/gpt-4o-mini&versus=groq/llama-3.3-70b-versatile', {
    isDark: true,
  })
  await dark.getByRole('textbox', { name: 'Message' }).fill('words 30')
  await dark.keyboard.press('Enter')
  await dark.getByTitle('Cost').nth(1).waitFor()
  await checkAccessibility(dark)
  await takeScreenshot(dark, 'playground-dark')
  const phone = await openPage('/playground?model=openai/gpt-4o-mini', { isPhone: true })
  await phone.getByRole('textbox', { name: 'Message' }).fill('Hello there')
  await phone.getByRole('button', { name: 'Send' }).click()
  await phone.getByText('You said: Hello there').waitFor()
  await checkWidth(phone)
  await checkAccessibility(phone)
  await takeScreenshot(phone, 'playground-phone')
})
