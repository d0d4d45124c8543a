import { z } from '../../api/zod.ts'

/** A request to be tried, as it is entered. */
export interface TrialDraft {
  /** JSON. */
  metadata: string
  body: string
  headers: string
  plan: string
  stickyKey: string
  /** Ids of elements that are to fail. */
  failing: readonly string[]
}

export const emptyTrial: TrialDraft = {
  metadata: '{"plan": "pro"}',
  body: '',
  headers: '',
  plan: '',
  stickyKey: '',
  failing: [],
}

interface Trial {
  metadata?: Record<string, unknown>
  headers?: Record<string, string>
  body?: unknown
  plan?: string
  sticky_key?: string
  failing: string[]
}

export type ReadTrial = { ok: true; trial: Trial } | { ok: false; mistake: string }

/** The request of a trial, or what of it is no JSON of its kind. */
export function readTrial({ metadata, body, headers, plan, stickyKey, failing }: TrialDraft): ReadTrial {
  const read = {
    metadata: parseAs(metadata, z.record(z.string(), z.unknown())),
    headers: parseAs(headers, z.record(z.string(), z.string())),
    body: parseAs(body, z.unknown()),
  }
  for (const [name, one] of Object.entries(read))
    if (one === 'wrong') return { ok: false, mistake: `${name}: ${needs[name]}` }
  return {
    ok: true,
    trial: {
      failing: [...failing],
      ...(read.metadata !== 'wrong' && read.metadata.value && { metadata: read.metadata.value }),
      ...(read.headers !== 'wrong' && read.headers.value && { headers: read.headers.value }),
      ...(read.body !== 'wrong' && read.body.value !== undefined && { body: read.body.value }),
      ...(plan.trim() !== '' && { plan: plan.trim() }),
      ...(stickyKey.trim() !== '' && { sticky_key: stickyKey.trim() }),
    },
  }
}

const needs: Readonly<Record<string, string>> = {
  metadata: 'must be JSON, such as {"plan": "pro"}.',
  headers: 'must be JSON with texts, such as {"x-team": "search"}.',
  body: 'must be JSON, such as {"max_tokens": 50}.',
}

function parseAs<T>(text: string, schema: z.ZodType<T>): { value: T | undefined } | 'wrong' {
  if (text.trim() === '') return { value: undefined }
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? { value: parsed.data } : 'wrong'
  } catch {
    return 'wrong'
  }
}
