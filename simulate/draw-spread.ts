import { draw } from './draw.ts'

/** A factor around 1, log-normally spread: two thirds of all are between 1 / e^sigma and e^sigma. */
export function drawSpread(name: string, sigma: number): number {
  const [angle, radius] = [draw(`${name}/angle`), draw(`${name}/radius`)]
  return Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - radius)) * Math.cos(2 * Math.PI * angle))
}
