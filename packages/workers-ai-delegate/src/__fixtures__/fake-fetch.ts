/** A request as it was sent. */
export interface SentRequest {
  url: string
  method: string
  headers: Record<string, string>
  body: RequestInit['body']
  signal: AbortSignal | null | undefined
}

/** A `fetch` that records what it is asked and gives these answers, one a call; the last is repeated. */
export function createFakeFetch(...answers: (Response | (() => Response | Promise<Response>))[]) {
  const sent: SentRequest[] = []
  const fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { method = 'GET', headers, body = null, signal } = init
    const answer = answers[Math.min(sent.length, answers.length - 1)]
    sent.push({ url, method, headers: Object.fromEntries(new Headers(headers)), body, signal })
    if (answer === undefined) return Response.json({})
    return answer instanceof Response ? answer.clone() : answer()
  }
  return { fetch, sent }
}
