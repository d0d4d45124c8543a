import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'

/** What a local gateway keeps beside its databases, in `secrets.json` of the state folder. */
export interface LocalSecrets {
  adminKey: string
  /** The key that the local database was made with; a database keeps only its hash. */
  gatewayKey: string
  /** Seals the provider keys in the local database: without it they are lost. */
  masterKey: string
}

/** The secrets of a state folder; what it does not have is made, and for a folder that is not there everything. */
export async function readLocalSecrets(state: string | undefined): Promise<LocalSecrets> {
  const made = {
    adminKey: randomBytes(24).toString('base64url'),
    gatewayKey: '',
    masterKey: randomBytes(32).toString('base64'),
  }
  const text = state === undefined ? undefined : await readFile(pathIn(state), 'utf8').catch(orNothing)
  if (state === undefined || text === undefined) return made
  try {
    return { ...made, ...JSON.parse(text) }
  } catch (cause) {
    throw new Error(`${pathIn(state)} is broken. Restore it, or remove ${state} to begin anew.`, { cause })
  }
}

/** Keeps the secrets, readable by their owner alone; a crash leaves the old file or the new one, whole. */
export async function writeLocalSecrets(state: string, secrets: LocalSecrets): Promise<void> {
  await mkdir(state, { recursive: true })
  const temporary = `${pathIn(state)}.${process.pid}`
  await writeFile(temporary, JSON.stringify(secrets), { mode: 0o600 })
  await rename(temporary, pathIn(state))
}

function pathIn(state: string): string {
  return `${state}/secrets.json`
}

/** A file that is there and cannot be read must not be made anew: the database needs its master key. */
function orNothing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
