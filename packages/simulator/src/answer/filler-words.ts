import { hash } from '../hash.ts'

const list = 'amber brook cedar delta ember fjord grove haven inlet jetty knoll larch maple north oasis prairie'.split(
  ' ',
)

/** `count` words, each after a space, always the same for the same seed. */
export function fillerWords(seed: number, count: number): string {
  let text = ''
  for (let index = 0; index < count; index++) text += ` ${list[hash(String(index), seed) % list.length]}`
  return text
}
