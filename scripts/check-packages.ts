import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Packs every package that people install, as npm would get it, and checks its shape with publint and attw. */
const folder = mkdtempSync(join(tmpdir(), 'gw-pack-'))
try {
  for (const manifest of globSync('packages/*/package.json')) {
    const path = manifest.replace('/package.json', '')
    const { name }: { name: string } = JSON.parse(readFileSync(manifest, 'utf8'))
    run('pnpm', ['--dir', path, 'pack', '--pack-destination', folder])
    const tarball = join(folder, `${name.replace('@', '').replace('/', '-')}-0.0.0.tgz`)
    run('pnpm', ['exec', 'publint', 'run', tarball, '--strict'])
    run('pnpm', ['exec', 'attw', tarball, '--profile', 'esm-only'])
    console.log(`${name}: publint and attw clean`)
  }
} finally {
  rmSync(folder, { recursive: true })
}

function run(command: string, args: readonly string[]): void {
  try {
    execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) console.error(String(error.stdout))
    if (error instanceof Error && 'stderr' in error) console.error(String(error.stderr))
    process.exit(1)
  }
}
