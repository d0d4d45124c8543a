import { inject } from 'vitest'

/** Asks the control plane with the admin key. @throws Error with what it answered where it refuses */
export async function admin<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${inject('gatewayUrl')}/api/${path}`, {
    method,
    headers: { authorization: `Bearer ${inject('adminKey')}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return JSON.parse(text || 'null')
}

/** Somebody new with a role in `default`, signed in; the cookie of their browser. */
export async function makeMember(role: string): Promise<string> {
  const email = `${role}-${crypto.randomUUID()}@example.com`
  const { token } = await admin<{ token: string }>('POST', 'invitations', { email, name: `A ${role}`, role })
  const response = await fetch(`${inject('gatewayUrl')}/api/invitations/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, password: 'correct horse battery' }),
  })
  const [cookie = ''] = response.headers.getSetCookie()
  return cookie.split(';')[0] ?? ''
}

/** A chat with a gateway key; its status. */
export async function chat(key: string, model = 'openai/gpt-4o-mini', text = 'Hello'): Promise<number> {
  const response = await fetch(`${inject('gatewayUrl')}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: text }] }),
  })
  await response.text()
  return response.status
}
