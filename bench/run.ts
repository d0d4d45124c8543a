import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { stopOnSignal } from '../scripts/local/stop-on-signal.ts'
import { formatLine, formatMarkdown, formatPace, lineOf, toLine, type Line } from './report/format-report.ts'
import { checkRows } from './scenarios/check-rows.ts'
import { listScenarios, scenarioIds } from './scenarios/list-scenarios.ts'
import { measureColdStart } from './scenarios/measure-cold-start.ts'
import { measureScenario, warmUp, type Effort } from './scenarios/measure-scenario.ts'
import { measureSize } from './scenarios/measure-size.ts'
import { workerdOf } from './targets/bare-workerd.ts'
import { stopChildren } from './targets/start-child.ts'
import { prepareFolders, startTargets, startUpstream, type Folders } from './targets/targets.ts'

const usage = `Usage: pnpm bench [--quick] [--only <scenario>]… [--rounds N] [--markdown]
Scenarios: ${scenarioIds.join(', ')}`

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string' },
    markdown: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const unknown = values.only.find((id) => !scenarioIds.includes(id))
if (values.help || unknown !== undefined) {
  console.log(unknown === undefined ? usage : `Unknown scenario "${unknown}".\n${usage}`)
  process.exit(unknown === undefined ? 0 : 2)
}

/** How long all scenarios together may take, ms; on a busy machine there are fewer rounds then. */
const budgetMs = values.quick ? 45_000 : 215_000
const rounds = values.rounds === undefined ? (values.quick ? 3 : 5) : Math.max(1, Number(values.rounds))
const isChosen = (id: string): boolean => values.only.length === 0 || values.only.includes(id)
const folders: Folders[] = []

let stopping: Promise<void> | undefined

/** Ends what was started, once: the second caller waits for the first. */
function stop(): Promise<void> {
  return (stopping ??= stopAll())
}

async function stopAll(): Promise<void> {
  await stopChildren()
  await Promise.all(folders.flatMap(({ null: one, gw }) => [one.remove(), gw.remove()]))
}
stopOnSignal(stop)

try {
  await run()
} catch (error) {
  // What fails because its target was stopped says nothing.
  if (!stopping) console.error(error)
  process.exitCode = 1
} finally {
  await stop()
}

async function run(): Promise<void> {
  const startedAt = performance.now()
  console.log(
    `${cpus().length} cores, Node ${process.versions.node}, workerd ${workerdOf().version}, at most ${rounds} rounds\n`,
  )
  const upstream = await startUpstream()
  const files = await prepareFolders(upstream.url)
  folders.push(files)
  const targets = await startTargets(upstream, files, console.log)

  const lines: Line[] = []
  const say = (line: Line): void => {
    lines.push(line)
    console.log(formatLine(line))
  }
  const scenarios = listScenarios(targets)
  const chosen = scenarios.filter(({ id }) => isChosen(id))
  if (chosen.length > 0) await warmUp(scenarios)
  for (const [position, scenario] of chosen.entries()) {
    const leftMs = startedAt + budgetMs - performance.now()
    const effort: Effort = {
      rounds,
      share: values.quick ? 0.2 : 1,
      limitMs: leftMs / (chosen.length - position) - 2_000,
    }
    const measured = await measureScenario(scenario, effort)
    say(toLine(measured))
    console.log(formatPace(measured))
  }
  if (lines.length > 0) console.log(`\n${await checkRows(targets.gw)} newest log rows: complete, priced\n`)
  if (isChosen('cold-start')) {
    const comparisons = [
      { of: 'gw-alone', to: 'null-alone', atMost: 2 },
      { of: 'peer', to: 'null-alone' },
    ]
    const times = await measureColdStart(targets, files, rounds)
    say(lineOf(times, { scenario: 'cold start to first right answer', unit: 'ms' }, comparisons))
  }
  if (isChosen('size')) console.log(`Worker, gzip: ${(await measureSize(files)).toFixed(0)} kB (≤ 400)`)
  if (values.markdown) console.log(`\n${formatMarkdown(lines)}`)
  console.log(`\n${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
}
