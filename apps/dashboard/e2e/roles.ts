import { inject } from 'vitest'
import { openPage, type PageOptions } from './browser.ts'
import type { Page } from 'playwright-core'

interface NewUser {
  name: string
  role: 'viewer' | 'member' | 'admin'
}

async function post(path: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  const response = await fetch(`${inject('gatewayUrl')}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response
}

/** Opens a page as somebody of a role, who is invited for it. */
export async function openPageAs({ name, role }: NewUser, path: string, options: PageOptions = {}): Promise<Page> {
  const operator = { authorization: `Bearer ${inject('adminKey')}` }
  const email = `${name.toLowerCase()}@example.com`
  const invitation = await post('/invitations', { org_id: 'default', email, name, role }, operator)
  const { token }: { token: string } = JSON.parse(await invitation.text())
  const accepted = await post('/invitations/accept', { token, password: 'a long enough password' }, {})
  const [cookie = ''] = accepted.headers.getSetCookie()
  const [, cookieName = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
  const page = await openPage('/sign-in', { ...options, isSignedIn: false })
  await page.context().addCookies([{ name: cookieName, value, url: inject('gatewayUrl') }])
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  return page
}
