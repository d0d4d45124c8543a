import { expect, test } from 'vitest'
import { createMemoryAlertStores } from '../alerts/create-memory-alert-stores.ts'
import { refused, startAdmin } from './__fixtures__/start-admin.ts'

const url = 'https://otel.example.com'

test('what is secret of a collector is shown and audited as such, and goes with the gateway', async () => {
  const alerts = createMemoryAlertStores()
  const { put, get, remove, control } = await startAdmin({ control: { alerts } })
  const settings = { otel: [{ url, headers: { 'X-Team': 'secret-1' }, authorization: 'Bearer secret-2' }] }
  const made = await put('gateways/g', { settings })
  const shown = { otel: [{ url, headers: { 'X-Team': '[secret]' }, authorization: '[secret]' }] }
  expect([made.status, made.body]).toEqual([200, { id: 'g', org_id: 'default', settings: shown }])
  expect((await get('audit')).text).toContain('[secret]')
  expect((await get('audit')).text).not.toMatch(/secret-\d/)
  expect((await put('gateways/g', { settings: shown })).body).toMatchObject({ settings: shown })
  expect(await alerts.secrets.countOtherVersions('none')).toBe(1)
  expect((await remove('gateways/g')).status).toBe(204)
  expect(await alerts.secrets.countOtherVersions('none')).toBe(0)
  expect(control.vault).toBeDefined()
})

test.each([
  [{ url: 'http://127.0.0.1:4318' }, 'blocked_upstream_url', 'not a public https address'],
  [{ url: 'nonsense' }, 'invalid_request', 'settings.otel.0.url'],
  [{ url, content_type: 'protobuf' }, 'invalid_request', 'JSON alone'],
])('the collector %j is refused', async (exporter, code, words) => {
  const { put } = await startAdmin({ deps: { allowPrivateUpstreams: false } })
  expect(await put('gateways/g', { settings: { otel: [exporter] } })).toMatchObject(refused(400, code, words))
})
