import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { readLocalSecrets, writeLocalSecrets } from './local/local-secrets.ts'
import { startOrExit } from './local/start-or-exit.ts'
import { stopOnSignal } from './local/stop-on-signal.ts'

const usage = `Usage: pnpm serve [--port N] [--state DIR | --ephemeral] [--upstream <provider|*>=<url>]… [--admin-key K]`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8787' },
    state: { type: 'string' },
    ephemeral: { type: 'boolean', default: false },
    upstream: { type: 'string', multiple: true, default: [] },
    'admin-key': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(usage)
  process.exit(0)
}

const state = values.ephemeral ? undefined : (values.state ?? '.gw/state')
const adminKey = values['admin-key'] ?? process.env['GW_ADMIN_KEY']
const gateway = await startOrExit({
  port: Number(values.port),
  state,
  adminKey: adminKey ?? randomBytes(24).toString('base64url'),
  upstreams: Object.fromEntries(values.upstream.map(parseUpstream)),
  env: { ...process.env, GW_MASTER_KEY: process.env['GW_MASTER_KEY'] || (await findMasterKey()) },
})

if (gateway.key) console.log(`key ${gateway.key}`)
console.log(`ready ${gateway.url}`)
stopOnSignal(() => gateway.stop())

/** The one of the state folder; kept before the gateway can seal anything with it. */
async function findMasterKey(): Promise<string> {
  const secrets = await readLocalSecrets(state)
  if (state !== undefined) await writeLocalSecrets(state, secrets)
  return secrets.masterKey
}

function parseUpstream(text: string): [string, string] {
  const [, provider, url] = /^([^=]+)=(https?:\/\/.+)$/.exec(text) ?? []
  if (provider !== undefined && url !== undefined) return [provider, url]
  console.error(`--upstream "${text}" must be <provider|*>=<url>.\n${usage}`)
  process.exit(2)
}
