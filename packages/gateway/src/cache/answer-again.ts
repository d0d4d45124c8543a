import type { GatewayOptions } from '@gw/headers'
import type { Answer } from '../answer.ts'
import { nothingSeen } from '../streams/tap.ts'
import type { KeptAnswer } from './kept-answer.ts'

/** An answer of before as an answer of now; a stream is one again, in pieces as its caller takes them. */
export function answerAgain(kept: KeptAnswer, { options, at }: { options: GatewayOptions; at: number }): Answer {
  const { status, headers, provider, model, answeredModel, step, stream, warnings, body } = kept
  return {
    leg: {
      kind: 'cached',
      step,
      provider: { id: provider },
      model: model ?? undefined,
      options,
      savedNanoUsd: kept.costNanoUsd,
      savedMs: kept.durationMs,
    },
    status,
    headers: new Headers(headers.map(([name, value]): [string, string] => [name, value])),
    body: stream ? streamOf(body) : body,
    listen: (take) => take(body),
    keySource: 'none',
    warnings: [...warnings],
    done: {
      ending: 'complete',
      seen: { ...nothingSeen(), hasOutput: true, isFinished: true, model: answeredModel ?? undefined },
      firstOutputAt: at,
    },
  }
}

const pieceBytes = 64 * 1024

function streamOf(body: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  let at = 0
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    if (at < body.byteLength) controller.enqueue(body.slice(at, at + pieceBytes))
    at += pieceBytes
    if (at >= body.byteLength) controller.close()
  }
  return new ReadableStream({ pull }, { highWaterMark: 0 })
}
