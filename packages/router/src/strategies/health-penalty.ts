/**
 * Points that an uptime of 0–1 costs: 100 × (0.95 − uptime)², and none from 95 % on. 90 % costs 0.25, 80 % 2.25, 50 %
 * 20.25.
 */
export function healthPenalty(uptime: number): number {
  const missing = 0.95 - uptime
  return missing <= 0 ? 0 : 100 * missing ** 2
}
