import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** Compiles what users write against the packages as npm would get them, with every declaration checked. */
const packages = ['headers', 'adapters', 'ai-sdk-provider', 'workers-ai-delegate']

interface Consumer {
  file: string
  /** Folder of node_modules whose packages are `@ai-sdk/*`. */
  aiSdk: '@ai-sdk' | '@ai-sdk-6'
  lib: string[]
  types: string[]
  skipLibCheck?: boolean
}

const browser = ['es2023', 'dom', 'dom.iterable']

const consumers: readonly Consumer[] = [
  { file: 'delegate.ts', aiSdk: '@ai-sdk', lib: browser, types: [] },
  // The AI SDK's own declarations name `Buffer`.
  { file: 'ai-sdk-7.ts', aiSdk: '@ai-sdk', lib: browser, types: ['node'] },
  { file: 'ai-sdk-6.ts', aiSdk: '@ai-sdk-6', lib: browser, types: ['node'] },
  { file: 'workers.ts', aiSdk: '@ai-sdk', lib: ['es2023'], types: ['@cloudflare/workers-types'] },
  // Those of the AI SDK do not go together with Cloudflare's.
  {
    file: 'workers-with-ai-sdk.ts',
    aiSdk: '@ai-sdk',
    lib: ['es2023'],
    types: ['@cloudflare/workers-types'],
    skipLibCheck: true,
  },
]

const folder = mkdtempSync(join(tmpdir(), 'gw-consumers-'))
try {
  const tarballs = packages.map(pack)
  for (const consumer of consumers) check(consumer, tarballs)
} finally {
  rmSync(folder, { recursive: true })
}

function pack(name: string): { name: string; tarball: string } {
  run('pnpm', ['--dir', `packages/${name}`, 'pack', '--pack-destination', folder])
  return { name, tarball: join(folder, `gw-${name}-0.0.0.tgz`) }
}

function check(
  { file, aiSdk, lib, types, skipLibCheck = false }: Consumer,
  tarballs: readonly { name: string; tarball: string }[],
): void {
  const project = join(folder, file.replace('.ts', ''))
  const modules = join(project, 'node_modules')
  for (const { name, tarball } of tarballs) {
    const target = join(modules, '@gw', name)
    mkdirSync(target, { recursive: true })
    run('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'])
  }
  const installed = `packages/ai-sdk-provider/node_modules/${aiSdk}`
  for (const name of readdirSync(installed)) link(`${installed}/${name}`, join(modules, '@ai-sdk', name))
  for (const name of ['@types/node', '@cloudflare/workers-types']) link(`node_modules/${name}`, join(modules, name))
  // The AI SDK's declarations need it and do not bring it along.
  link('packages/ai-sdk-provider/node_modules/@types/json-schema', join(modules, '@types/json-schema'))

  cpSync(`scripts/consumers/${file}`, join(project, file))
  const compilerOptions = {
    target: 'es2023',
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    noEmit: true,
    skipLibCheck,
    lib,
    types,
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }))
  run('pnpm', ['exec', 'tsc', '-p', project])
  console.log(`${file}: compiles${skipLibCheck ? '' : ', with every declaration checked'}`)
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  symlinkSync(resolve(from), to)
}

function run(command: string, args: readonly string[]): void {
  try {
    execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) console.error(String(error.stdout).slice(0, 5000))
    if (error instanceof Error && 'stderr' in error) console.error(String(error.stderr).slice(0, 2000))
    process.exit(1)
  }
}
