import type { GatewayOptions } from '@gw/headers'
import type { Answer } from '../answer.ts'
import type { Deps } from '../deps.ts'
import type { Purse } from '../steps/purse.ts'
import { textOf } from '../steps/read-json-body.ts'
import type { Surface } from '../surfaces/surface.ts'

/** Most characters that are kept of a request and of an answer. */
const mostCharacters = 256 * 1024

/** Takes down what one request asks and is answered, where its gateway keeps that. */
export interface BodyTape {
  /** The caller is known, and so is what they want. */
  admit(purse: Purse, options: GatewayOptions): void
  /** Listens to an answer while it passes. */
  listen(answer: Answer): void
  /** The answer that was listened to has ended. */
  keep(): void
  /** The request failed with this answer. */
  fail(response: Response): Response
}

/** A tape is blank until the caller is admitted, and stays so where nothing is to be kept. */
export function openBodyTape(
  http: Request,
  {
    surface,
    deps: { bodies, report },
  }: { surface: Pick<Surface, 'keptRequest'>; deps: Pick<Deps, 'bodies' | 'report'> },
): BodyTape {
  let purse: Purse | undefined
  let answered: Answered | undefined

  const write = ({ text, type, isCut }: Said): void => {
    if (!purse || !bodies) return
    const { caller, logId, background } = purse
    const asked = cut(requestOf(http, surface))
    const kept = { request: asked.text, response: text, responseType: type, isCut: isCut || asked.isCut }
    background(bodies.put({ orgId: caller.orgId, logId }, kept).catch((error: unknown) => report(error, logId)))
    purse = undefined
  }
  return {
    admit: (admitted, options) => {
      if (bodies && isKept(admitted, options)) purse = admitted
    },
    listen: (answer) => {
      if (purse) answered = listen(answer)
    },
    keep: () => {
      if (!purse || !answered) return
      const { read, passed } = answered
      if (!passed) return write(read())
      purse.background(passed.then(() => write(read())))
    },
    fail: (response) => {
      if (purse) {
        const { background } = purse
        const type = response.headers.get('content-type')
        background(
          response
            .clone()
            .text()
            .then((text) => write({ ...cut(text), type })),
        )
      }
      return response
    },
  }
}

function isKept({ gateway }: Purse, { collectLog, collectLogPayload }: GatewayOptions): boolean {
  const { collect_logs = true, collect_log_payload = true } = gateway.settings
  return (collectLog ?? collect_logs) && (collectLogPayload ?? collect_log_payload)
}

/** A body that may have secrets is kept without them, or not at all. */
function requestOf(http: Request, { keptRequest = (text) => text }: Pick<Surface, 'keptRequest'>): string | undefined {
  const text = textOf(http)
  return text === undefined ? undefined : keptRequest(text)
}

interface Said {
  text: string | null
  type: string | null
  isCut: boolean
}

interface Answered {
  passed?: Promise<void> | undefined
  read(): Said
}

/** Texts alone are kept; sounds and images are not. */
const isText = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|x-ndjson|xml))/

function listen({ body, headers, listen: hear, passed }: Answer): Answered {
  const type = headers.get('content-type')
  if (!isText.test(type ?? '')) return { read: () => ({ text: null, type, isCut: false }) }
  if (typeof body === 'string') return { read: () => ({ ...cut(body), type }) }
  if (body instanceof Uint8Array) return { read: () => ({ ...cut(new TextDecoder().decode(body)), type }) }
  const decoder = new TextDecoder()
  let text = ''
  hear?.((bytes) => {
    text += decoder.decode(bytes, { stream: true })
    return text.length <= mostCharacters
  })
  return { passed, read: () => ({ ...cut(text), type }) }
}

function cut(text: string | undefined): { text: string | null; isCut: boolean } {
  if (text === undefined) return { text: null, isCut: false }
  return { text: text.slice(0, mostCharacters), isCut: text.length > mostCharacters }
}
