import { SELF } from 'cloudflare:test'
import { expect, test } from 'vitest'

const open = (path: string, accept = 'text/html'): Promise<Response> =>
  SELF.fetch(`https://gw.test${path}`, { headers: { accept } })

test.each(['/', '/logs', '/some/page?x=1'])('a browser gets the dashboard at %s', async (path) => {
  const response = await open(path)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/html')
  expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(await response.text()).toContain('<div id="root">')
})

test('files with a hash in their name are kept for ever, the page itself is not', async () => {
  const page = await open('/')
  const [path = ''] = /\/assets\/[^"]+\.js/.exec(await page.text()) ?? []
  const file = await open(path)
  await file.body?.cancel()
  expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(page.headers.get('cache-control')).toContain('must-revalidate')
})

test.each([
  ['/assets/gone.js', 'text/html'],
  ['/nothing', 'application/json'],
  ['/api/nothing', 'text/html'],
  ['/v1/nothing', 'text/html'],
])('%s for %s is the gateway’s to answer', async (path, accept) => {
  const response = await open(path, accept)
  expect(response.status).toBeGreaterThanOrEqual(400)
  expect(response.headers.get('content-type')).toContain('application/json')
  expect(await response.text()).toContain('"error"')
})
