import { readFile } from 'node:fs/promises'

export interface WorkerSettings {
  compatibilityDate: string
  compatibilityFlags: string[]
}

interface WranglerConfig {
  compatibility_date: string
  compatibility_flags: string[]
}

/** Compatibility date and flags of the gateway's Worker, so that the null proxy runs under the same. */
export async function readWorkerSettings(): Promise<WorkerSettings> {
  const text = await readFile(new URL('../../apps/worker/wrangler.jsonc', import.meta.url), 'utf8')
  const config: WranglerConfig = JSON.parse(text)
  return { compatibilityDate: config.compatibility_date, compatibilityFlags: config.compatibility_flags }
}
