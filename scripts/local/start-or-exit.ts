import { parseMasterKeys } from '@gw/keys'
import { startGateway, type GatewayOptions, type RunningGateway } from './start-gateway.ts'

interface Readiness {
  checks?: { ok: boolean; message: string }[]
}

/** Starts the gateway. Where it cannot serve as it is set up, says what to do and ends the process with 1. */
export async function startOrExit(options: GatewayOptions): Promise<RunningGateway> {
  try {
    parseMasterKeys(options.env['GW_MASTER_KEY'], options.env['GW_MASTER_KEY_PREVIOUS'])
  } catch (error) {
    exitWith([error instanceof Error ? error.message : String(error)])
  }
  const gateway = await startGateway(options)
  const problems = await findProblems(gateway.url)
  if (problems.length === 0) return gateway
  await gateway.stop()
  return exitWith(problems)
}

async function findProblems(url: string): Promise<string[]> {
  const response = await fetch(`${url}/ready`)
  if (response.ok) return []
  const text = await response.text()
  try {
    const { checks = [] }: Readiness = JSON.parse(text)
    return checks.filter(({ ok }) => !ok).map(({ message }) => message)
  } catch {
    return [`The gateway does not start: ${text.slice(0, 500)}`]
  }
}

function exitWith(problems: readonly string[]): never {
  for (const problem of problems) console.error(problem)
  process.exit(1)
}
