import { parseArgs } from 'node:util'
import { stopOnSignal } from '../scripts/local/stop-on-signal.ts'
import { runLoad } from './run-load.ts'
import type { Targets } from './targets/targets.ts'

const usage = 'Usage: pnpm load [--requests N] [--concurrency N] [--seed S] [--minutes M] [--save FILE]'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    concurrency: { type: 'string', default: '200' },
    seed: { type: 'string', default: 'gw' },
    minutes: { type: 'string', default: '10' },
    save: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const [requests = NaN, concurrency = NaN, minutes = NaN] = [values.requests, values.concurrency, values.minutes].map(
  Number,
)
const isWrong = !(
  Number.isInteger(requests) &&
  requests > 0 &&
  Number.isInteger(concurrency) &&
  concurrency > 0 &&
  minutes > 0
)
if (values.help || isWrong) {
  console.log(
    isWrong ? `Requests and concurrency are whole numbers from 1, minutes is a number above 0.\n${usage}` : usage,
  )
  process.exit(isWrong ? 2 : 0)
}

let targets: Targets | undefined
let isStopping = false
stopOnSignal(async () => {
  isStopping = true
  await targets?.stop()
  await targets?.remove()
  process.exit(1)
})

try {
  const violations = await runLoad({
    requests,
    concurrency,
    minutes,
    seed: values.seed,
    saveTo: values.save,
    say: (line) => console.log(line),
    onStart: (started) => (targets = started),
  })
  console.log(violations.length === 0 ? '\nall of it adds up' : `\n${violations.length} violations`)
  process.exitCode = violations.length === 0 ? 0 : 1
} catch (error) {
  // What fails because it was stopped says nothing.
  if (!isStopping) console.error(error)
  process.exitCode = 1
}
