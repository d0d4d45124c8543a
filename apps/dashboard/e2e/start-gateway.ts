import { serveSimulator } from '@gw/simulator/node'
import { randomBytes } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { startGateway } from '../../../scripts/local/start-gateway.ts'
import { findChromium } from './find-chromium.ts'
import { seedRequests } from './seed-requests.ts'
import { user } from './user.ts'

declare module 'vitest' {
  interface ProvidedContext {
    gatewayUrl: string
    gatewayKey: string
    adminKey: string
    chromium: string
    /** Name and value of the cookie of somebody who is signed in. */
    session: string
  }
}

/** Starts simulated providers, and in front of them a gateway with its pages, one user and some requests. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const chromium = findChromium()
  const simulator = await serveSimulator({ maxRequests: 1000 })
  const adminKey = 'admin-of-the-tests'
  const gateway = await startGateway({
    port: Number(process.env['GW_E2E_PORT'] ?? 0),
    state: undefined,
    adminKey,
    upstreams: { '*': `${simulator.url}/{provider}` },
    env: {
      GW_MASTER_KEY: randomBytes(32).toString('base64'),
      OPENAI_API_KEY: 'sk-env-openai',
      ANTHROPIC_API_KEY: 'sk-env-anthropic',
      GROQ_API_KEY: 'sk-env-groq',
    },
  })
  const stop = async (): Promise<void> => {
    await gateway.stop()
    await simulator.close()
  }
  try {
    if (gateway.key === undefined) throw new Error('A gateway without state must make a key.')
    await seedRequests({ url: gateway.url, key: gateway.key, adminKey })
    project.provide('gatewayUrl', gateway.url)
    project.provide('gatewayKey', gateway.key)
    project.provide('adminKey', adminKey)
    project.provide('chromium', chromium)
    project.provide('session', await makeUser(gateway.url, adminKey))
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

/** Returns the new user's session: signing in is limited, and most tests need not do it. */
async function makeUser(url: string, adminKey: string): Promise<string> {
  const response = await fetch(`${url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ admin_key: adminKey, ...user }),
  })
  if (!response.ok) throw new Error(`The first user: ${response.status} ${await response.text()}`)
  const [cookie = ''] = response.headers.getSetCookie()
  return cookie.split(';')[0] ?? ''
}
