import * as z from 'zod'
import { parseObject } from '@gw/adapters'
import type { KeptAnswer } from './kept-answer.ts'
import { parseFrame } from './parse-frame.ts'

const schema = z.object({
  v: z.literal(1),
  status: z.number(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  provider: z.string(),
  model: z.string().nullable(),
  answeredModel: z.string().nullable(),
  step: z.number(),
  stream: z.boolean(),
  warnings: z.array(z.string()),
  costNanoUsd: z.number().nullable(),
  durationMs: z.number(),
})

/** A stored answer; `undefined` where it cannot be read. */
export function parseKeptAnswer(value: Uint8Array<ArrayBuffer>): KeptAnswer | undefined {
  const frame = parseFrame(value)
  if (!frame) return undefined
  const about = schema.safeParse(parseObject(frame.text))
  if (!about.success) return undefined
  const { v: _, ...kept } = about.data
  return { ...kept, body: frame.bytes }
}
