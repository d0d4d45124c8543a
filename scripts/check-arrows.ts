import { readFile } from 'node:fs/promises'
import { glob } from 'node:fs/promises'

/** Which `@gw/*` packages each part may import. Every other import between parts is a mistake. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'packages/headers': [],
  'packages/adapters': [],
  'packages/catalog': [],
  'packages/router': [],
  'packages/keys': [],
  'packages/simulator': [],
  'packages/gateway': ['headers', 'adapters', 'catalog', 'router', 'keys'],
  'packages/ai-sdk-provider': ['headers', 'adapters'],
  'packages/workers-ai-delegate': ['headers', 'adapters'],
  'apps/worker': ['gateway', 'adapters', 'keys'],
  'apps/dashboard': ['gateway'],
}

/** What tests may import besides. */
const forTests: ReadonlySet<string> = new Set([
  'simulator',
  'adapters',
  'headers',
  'keys',
  'catalog',
  'router',
  'gateway',
  'ai-sdk-provider',
  'workers-ai-delegate',
])

const imported = /(?:from|import)\s*\(?\s*['"]@gw\/([\w-]+)/g
const test = /\.test\.ts$|\/(?:test|e2e)\//

const mistakes: string[] = []
for await (const path of glob('{packages,apps}/*/{src,test,e2e}/**/*.{ts,tsx}')) {
  const [part] = /^(?:packages|apps)\/[^/]+/.exec(path) ?? []
  const allowed = arrows[part ?? '']
  if (part === undefined || allowed === undefined) {
    mistakes.push(`${path}: "${part}" is not in the table of scripts/check-arrows.ts`)
    continue
  }
  const own = part.split('/')[1]
  for (const [, name = ''] of (await readFile(path, 'utf8')).matchAll(imported)) {
    const isAllowed = name === own || allowed.includes(name) || (test.test(path) && forTests.has(name))
    if (!isAllowed) mistakes.push(`${path}: ${part} must not import @gw/${name}`)
  }
}

for (const mistake of mistakes) console.error(mistake)
console.log(mistakes.length === 0 ? 'arrows: all as drawn' : `arrows: ${mistakes.length} wrong`)
process.exit(mistakes.length === 0 ? 0 : 1)
