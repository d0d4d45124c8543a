import { spawnSync } from 'node:child_process'

/** Everything that must hold before a change lands, cheapest first; stops at the first that does not. */
const checks: readonly [title: string, command: string, ...args: string[]][] = [
  ['format', 'oxfmt', '--check'],
  ['lint', 'oxlint', '--deny-warnings'],
  ['arrows', 'node', 'scripts/check-arrows.ts'],
  ['types', 'turbo', 'run', 'typecheck', '--output-logs=errors-only'],
  ['types of scripts', 'tsc', '-p', 'tsconfig.json'],
  ['dead exports', 'knip', '--no-progress'],
  ['build', 'turbo', 'run', 'build', '--output-logs=errors-only'],
  ['package shape', 'node', 'scripts/check-packages.ts'],
  ['types as users see them', 'node', 'scripts/check-consumers.ts'],
  ['sizes', 'node', 'scripts/check-sizes.ts'],
]

for (const [title, command, ...args] of checks) {
  console.log(`\n— ${title}`)
  const startedAt = performance.now()
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) {
    console.error(`\n${title}: failed`)
    process.exit(1)
  }
  console.log(`${title}: ok (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`)
}
