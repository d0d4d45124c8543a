/** A first request to this gateway, as it can be pasted once the key is filled in. */
export function sampleRequest(origin: string, model = 'openai/gpt-4o-mini'): string {
  const body = JSON.stringify({
    model,
    messages: [{ role: 'user', content: 'Hello from gw' }],
  })
  return [
    `curl ${origin}/v1/chat/completions`,
    `  -H "authorization: Bearer $GW_KEY"`,
    `  -H 'content-type: application/json'`,
    `  -d '${body}'`,
  ].join(' \\\n')
}
