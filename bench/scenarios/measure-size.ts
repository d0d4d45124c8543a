import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Folders } from '../targets/targets.ts'

/** The Worker's bundle as it is deployed, gzip, kB of 1,000 bytes. */
export async function measureSize({ gw }: Folders): Promise<number> {
  return gzipSync(await readFile(join(gw.path, 'index.js')), { level: 9 }).byteLength / 1000
}
