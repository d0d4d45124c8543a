import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { JsonObject } from '../../json.ts'

/** Recorded provider traffic, which lies beside the repository where it is at hand. */
const root = fileURLToPath(new URL('../../../../../../shared/corpus', import.meta.url))

export const hasCorpus = existsSync(root)

/** A recorded call of a task, or of a format without messages. */
export interface TaskCase {
  id: string
  provider: string
  api: string
  request?: { url: string; body?: JsonObject }
  response: { status: number; body?: JsonObject; sse?: string }
  expect: {
    kind: string
    count?: number
    dimensions?: number
    /** The first values of the first vectors. */
    head?: number[][]
    usage?: { input: number }
    order?: number[]
    topScore?: number
    inputTokens?: number
    text?: string
    perChoice?: string[]
    finishReason?: { openai: string | null }
  }
}

/** Every recorded call in one dialect that was answered. */
export function readTasks(api: string): TaskCase[] {
  if (!hasCorpus) return []
  const index: { api: string; file: string }[] = JSON.parse(readFileSync(join(root, 'index.json'), 'utf8'))
  return index
    .filter((recorded) => recorded.api === api)
    .map(({ file }): TaskCase => JSON.parse(readFileSync(join(root, file), 'utf8')))
    .filter(({ response }) => response.status === 200)
}
