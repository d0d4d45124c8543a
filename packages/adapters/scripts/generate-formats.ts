import { writeFileSync } from 'node:fs'
import { formatDocument } from './formats/format-document.ts'
import { computeMatrix } from './formats/matrix.ts'

writeFileSync(new URL('../../../docs/formats.md', import.meta.url), formatDocument(computeMatrix()))
