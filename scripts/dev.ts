import { registry } from '@gw/adapters/registry'
import { serveSimulator } from '@gw/simulator/node'
import { parseArgs } from 'node:util'
import { createAdminClient } from './local/admin-client.ts'
import { freePort } from './local/free-port.ts'
import { readLocalSecrets, writeLocalSecrets } from './local/local-secrets.ts'
import { startOrExit } from './local/start-or-exit.ts'
import { stopOnSignal } from './local/stop-on-signal.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8787' },
    state: { type: 'string', default: '.gw/state' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(
    'Usage: pnpm dev [--port N] [--state DIR]\n\nStarts the gateway and a provider simulator on this machine.',
  )
  process.exit(0)
}

const step = (text: string): void => console.log(`  ${text}`)
const loadEnvFile = (): void => {
  try {
    process.loadEnvFile('.env')
    step('read .env')
  } catch {
    // There is none; the environment alone counts.
  }
}

console.log('\ngw dev')
loadEnvFile()
step('starting the provider simulator')
const simulator = await serveSimulator({ port: 0, paceMs: 25 })
step('starting the gateway under workerd (local D1, queue, Durable Objects)')
const secrets = await readLocalSecrets(values.state)
const adminKey = process.env['GW_ADMIN_KEY'] ?? secrets.adminKey
const port = await freePort(Number(values.port))
const gateway = await startOrExit({
  port,
  state: values.state,
  adminKey,
  upstreams: {},
  providers: [{ id: 'sim', baseURL: `${simulator.url}/sim/v1`, keyless: true, pricedAs: 'openai' }],
  env: {
    ...process.env,
    GW_MASTER_KEY: process.env['GW_MASTER_KEY'] || secrets.masterKey,
    GW_ALLOW_PRIVATE_UPSTREAMS: '1',
  },
})
const key = gateway.key ?? secrets.gatewayKey
await writeLocalSecrets(values.state, { ...secrets, gatewayKey: key })
if (gateway.key !== undefined) await addDemoData()
printWelcome()

stopOnSignal(async () => {
  console.log('\nstopping')
  await Promise.all([gateway.stop(), simulator.close()])
})

/** A gateway that nobody has used yet gets something to look at; the dashboard removes it with one click. */
async function addDemoData(): Promise<void> {
  step('making up demo data (gateway "demo")')
  const { post } = createAdminClient({ url: gateway.url, adminKey })
  await post('demo-data', {})
}

function printWelcome(): void {
  const withKey = registry.filter(({ envKeys }) => envKeys.some((name) => process.env[name])).map(({ id }) => id)
  const found =
    withKey.length > 0
      ? `keys found for ${withKey.join(', ')}`
      : 'no provider key in the environment; sim/… models answer'
  console.log(`
  gateway    ${gateway.url}
  dashboard  ${gateway.url}/  (sign in with the admin key, or make the first user at ${gateway.url}/setup)
  key        ${key}
  admin key  ${process.env['GW_ADMIN_KEY'] ? '(GW_ADMIN_KEY)' : secrets.adminKey}
  providers  ${found}

  Try it:

  curl -N ${gateway.url}/v1/chat/completions -H 'authorization: Bearer ${key}' -H 'content-type: application/json' -d '{"model":"sim/gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"Hello from gw"}]}'

  See what it cost:

  curl -s '${gateway.url}/api/logs?limit=1' -H 'authorization: Bearer ${process.env['GW_ADMIN_KEY'] ? '$GW_ADMIN_KEY' : secrets.adminKey}'

  Ctrl-C stops.
`)
}
