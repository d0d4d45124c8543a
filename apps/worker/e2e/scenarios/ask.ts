import type { JsonObject } from '@gw/adapters'

/** What a client of any format made of an answer. */
export interface Told {
  text: string
  calls: { id: string; name: string; arguments: string }[]
}

export interface Gateway {
  url: string
  key: string
}

/** The text of an answer, and the id of its row. Throws when it is an error. */
export async function ask(
  { url, key }: Gateway,
  path: string,
  body: JsonObject,
): Promise<{ text: string; logId: string }> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      'cf-aig-authorization': `Bearer ${key}`,
      'content-type': 'application/json',
      'anthropic-version': '2023-06-01',
    },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${text.slice(0, 500)}`)
  return { text, logId: response.headers.get('cf-aig-log-id') ?? '' }
}
