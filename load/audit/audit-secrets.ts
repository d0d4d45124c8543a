import { readdir, readFile } from 'node:fs/promises'
import type { Evidence, Finding } from './evidence.ts'

/** Rows, answers and what the gateway prints hold no key, and neither do its databases. */
export async function auditSecrets({ rows, sent, output, finder }: Evidence, state: string): Promise<Finding> {
  const inRows = rows.flatMap((row) =>
    finder.find(JSON.stringify(row)).map((name) => `Row ${row.id} holds the ${name}.`),
  )
  const inAnswers = sent.flatMap(({ planned, leaked }) =>
    leaked.map((name) => `The answer to ${planned.id} holds the ${name}.`),
  )
  // `serve` tells the key that it made for an empty database, on a line of its own.
  const inOutput = finder.find(output.replace(/^key gw_.*$/m, '')).map((name) => `The gateway printed the ${name}.`)
  const files = await filesIn(state)
  const inFiles: string[] = []
  for (const path of files) {
    const names = finder.findInBytes(await readFile(path))
    inFiles.push(...names.map((name) => `${path.slice(state.length + 1)} holds the ${name}.`))
  }
  return {
    title: 'no key where none belongs',
    figures:
      `${rows.length} rows, ${sent.length} answers (${sent.reduce((sum, { got }) => sum + got.bytes, 0)} bytes), ` +
      `${output.length} characters of output, ${files.length} files of the databases`,
    violations: [...inRows, ...inAnswers, ...inOutput, ...inFiles],
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`)
}
