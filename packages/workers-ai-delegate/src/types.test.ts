import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const modules = join(root, 'node_modules')
const work = mkdtempSync(join(tmpdir(), 'types-'))

/** Runs the compiler and gives what it says. */
function tsc(...parameters: string[]): string {
  const { stdout, stderr } = spawnSync(join(modules, '.bin/tsc'), parameters, { cwd: root, encoding: 'utf8' })
  return stdout + stderr
}

/** What the compiler says of a program that uses the published declarations, with the strictest options. */
function check(
  name: string,
  { lib = ['es2023'], types = [] }: { lib?: string[]; types?: string[] },
  code: string,
): string {
  const file = join(work, `${name}.ts`)
  writeFileSync(file, code)
  const paths = {
    '@gw/headers': [`${work}/headers/index.d.ts`],
    '@gw/headers/*': [`${work}/headers/*.d.ts`],
    '@gw/adapters/*': [`${work}/adapters/*.d.ts`],
    '@gw/workers-ai-delegate': [`${work}/workers-ai-delegate/index.d.ts`],
    '@gw/workers-ai-delegate/*': [`${work}/workers-ai-delegate/*.d.ts`],
    '@ai-sdk/*': [`${modules}/@ai-sdk/*`],
    '@cloudflare/*': [`${modules}/@cloudflare/*`],
  }
  const compilerOptions = { lib, types, paths, skipLibCheck: false, noUnusedLocals: false }
  const config = join(work, `${name}.json`)
  const files = [file, join(work, 'json-schema.d.ts')]
  writeFileSync(config, JSON.stringify({ extends: resolve(root, '../../tsconfig.base.json'), compilerOptions, files }))
  return tsc('-p', config)
}

beforeAll(() => {
  // The SDK's declarations name this package, which has none of its own.
  writeFileSync(
    join(work, 'json-schema.d.ts'),
    "declare module 'json-schema' { export type JSONSchema7 = object; export type JSONSchema7Definition = object | boolean }",
  )
  for (const name of ['headers', 'adapters', 'workers-ai-delegate']) {
    tsc('-p', resolve(root, '..', name, 'tsconfig.build.json'), '--outDir', join(work, name), '--skipLibCheck')
  }
}, 120_000)

afterAll(() => rmSync(work, { recursive: true }))

const usage = `
import { createAiBinding, createGatewayFetch, createResumableStream, createWorkersAI } from '@gw/workers-ai-delegate'
import { openai } from '@gw/workers-ai-delegate/openai'
import type { LanguageModelV4, ProviderV4 } from '@ai-sdk/provider'
`

test('a program without the runtime’s types compiles', () => {
  const code = `${usage}
    import { anthropic } from '@gw/workers-ai-delegate/anthropic'
    import { google } from '@gw/workers-ai-delegate/google'
    import { createGatewayProvider } from '@gw/workers-ai-delegate/gateway'
    const binding = createAiBinding({ baseURL: 'https://gw.example', token: 'gw_key', fetch })
    const workersai = createWorkersAI({ binding, gateway: { id: 'gw', cacheTtl: 60 }, providers: [openai, anthropic, google] })
    export const provider: ProviderV4 = workersai
    export const model: LanguageModelV4 = workersai('openai/gpt-5', { cacheTtl: 60, fallback: { mode: 'server', models: [] } })
    export const chat = workersai('@cf/meta/llama', { safePrompt: true }).modelId
    export const route = workersai('dynamic/x', { metadata: { a: 1n } })
    declare const id: string
    export const any = workersai(id, { gateway: 'gw' })
    export const rest = createWorkersAI({ accountId: 'a', apiKey: async () => 'k' })
    export const own = createWorkersAI({ baseURL: 'https://gw.example' })
    export const made = createGatewayProvider((options: { apiKey?: string; fetch: typeof fetch }) => options, { binding, gateway: 'gw' })
    // @ts-expect-error a slug takes the delegate's options only
    workersai('openai/gpt-5', { safePrompt: true })
    // @ts-expect-error an address or a binding is needed
    createWorkersAI({ gateway: { id: 'gw' } })
  `
  expect(check('browser', { lib: ['es2023', 'dom', 'dom.iterable'] }, code)).toBe('')
})

test('the runtime’s own binding and options fit', () => {
  const code = `${usage}
    import type { AiBinding, AiGatewayBinding, GatewayOptions as OwnGatewayOptions } from '@gw/workers-ai-delegate'
    declare const env: { AI: Ai }
    declare const gateway: GatewayOptions
    declare const own: OwnGatewayOptions
    export const binding: AiBinding = env.AI
    export const runner: AiGatewayBinding = env.AI.gateway('gw')
    export const options: OwnGatewayOptions = gateway
    export const back: GatewayOptions = own
    export const workersai = createWorkersAI({ binding: env.AI, gateway, providers: [openai] })
    export const through = createGatewayFetch({ binding: env.AI, gateway })
    export const stream = createResumableStream({ binding: env.AI, gateway: 'gw', runId: 'r' })
  `
  const types = [join(modules, '@cloudflare/workers-types/index.d.ts')]
  expect(check('worker', { types }, code)).toBe('')
})

test('the runtime’s binding fits where its types are imported beside those of Node', () => {
  const code = `${usage}
    import type { Ai } from '@cloudflare/workers-types/index.ts'
    declare const env: { AI: Ai }
    export const workersai = createWorkersAI({ binding: env.AI, providers: [openai] })
    export const through = createGatewayFetch({ binding: env.AI, gateway: 'gw' })
    export const stream = createResumableStream({ binding: env.AI, gateway: 'gw', runId: 'r' })
  `
  expect(check('node', { types: [join(modules, '@types/node')] }, code)).toBe('')
})
