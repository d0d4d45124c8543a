#!/usr/bin/env node
import { parseArgs } from 'node:util'

import { serveSimulator } from './serve-simulator.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    seed: { type: 'string', default: 'gw' },
    'pace-ms': { type: 'string', default: '0' },
  },
})

const { url } = await serveSimulator({
  port: Number(values.port),
  host: values.host,
  seed: values.seed,
  paceMs: Number(values['pace-ms']),
})
console.log(`ready ${url}`)
