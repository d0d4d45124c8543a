import { writeFileSync } from 'node:fs'
import { faultDocument } from '../test/faults/fault-document.ts'

writeFileSync(new URL('../../../docs/faults.md', import.meta.url), faultDocument())
