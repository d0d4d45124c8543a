/** How a fault of the gateway's own parts, or of its caller, ends. */
export interface GatewayFault {
  id: string
  what: string
  caller: string
  row: string
  money: string
  budget: string
  limit: string
}

/** Each has a test of the same id in `gateway-faults.test.ts`. */
export const gatewayFaults = [
  {
    id: 'database-down-warm',
    what: 'D1 cannot be reached, and the isolate knows the key',
    caller: 'the answer, for five minutes from the last look-up on',
    row: 'arrives when D1 is back: the queue delivers again, and past its patience the outbox keeps it',
    money: 'as usual',
    budget: 'as usual',
    limit: 'as usual',
  },
  {
    id: 'database-down-cold',
    what: 'D1 cannot be reached, and the isolate does not know the key',
    caller: '503 `unavailable` with Retry-After',
    row: 'none: nobody knows whose request it is',
    money: 'nothing',
    budget: 'nothing',
    limit: 'nothing',
  },
  {
    id: 'database-down-consumer',
    what: 'D1 cannot be reached when rows arrive, for longer than the queue is patient',
    caller: 'nothing of it',
    row: 'kept in the outbox, and written once',
    money: 'as usual',
    budget: 'as usual, counted once',
    limit: 'as usual',
  },
  {
    id: 'queue-down',
    what: 'The queue takes no rows',
    caller: 'nothing of it',
    row: 'kept in the outbox, and written once',
    money: 'as usual',
    budget: 'as usual, counted once',
    limit: 'as usual',
  },
  {
    id: 'ledger-down-limits',
    what: 'The Durable Object of a limit cannot be reached',
    caller: 'the answer for a tenth of the limit in each isolate, then 429',
    row: '`unchecked`',
    money: 'as usual',
    budget: 'as usual',
    limit: 'counted in the isolate alone',
  },
  {
    id: 'ledger-down-budget',
    what: 'The Durable Object of a hard budget cannot be reached',
    caller: '503 `unavailable` with Retry-After for what costs money; the answer for what is free',
    row: '`rejected`',
    money: 'nothing',
    budget: 'nothing',
    limit: 'one permit',
  },
  {
    id: 'ledger-slow',
    what: 'The Durable Object does not answer within two seconds',
    caller: 'as if it could not be reached',
    row: 'as if it could not be reached',
    money: 'nothing',
    budget: 'what it may have set aside returns by itself',
    limit: 'as if it could not be reached',
  },
  {
    id: 'settle-fails',
    what: 'The ledger cannot be reached when a request ends',
    caller: 'the answer',
    row: 'as usual',
    money: 'as usual',
    budget: 'keeps the reservation until the row arrives, then counts the cost once',
    limit: 'one permit',
  },
  {
    id: 'crash',
    what: 'The isolate dies between reservation and end',
    caller: 'a connection that breaks',
    row: 'none, unless the answer runs in an object of its own, which keeps a draft',
    money: 'nothing',
    budget: 'the reservation returns after 15 minutes',
    limit: 'one permit',
  },
  {
    id: 'bad-settings',
    what: 'The settings of a gateway cannot be read',
    caller: 'the answer, with the default settings',
    row: 'as usual',
    money: 'as usual',
    budget: 'as usual',
    limit: 'as usual',
  },
  {
    id: 'unreadable-key',
    what: 'A stored provider key cannot be decrypted',
    caller: 'the answer, with the key of the next level',
    row: 'names the level that was used',
    money: 'as usual',
    budget: 'as usual',
    limit: 'one permit',
  },
  {
    id: 'leaves-before-answer',
    what: 'The caller leaves before the first byte',
    caller: 'nothing',
    row: '`client_gone`, with the usage that the provider reports',
    money: 'what the answer costs: it is waited for, up to 25 s',
    budget: 'the cost',
    limit: 'one permit',
  },
  {
    id: 'leaves-mid-stream',
    what: 'The caller leaves in the middle of a stream',
    caller: 'what it had read',
    row: '`client_gone`, with the usage that the provider reports',
    money: 'what the answer costs: it is read to its end, up to 25 s and 4 MB',
    budget: 'the cost',
    limit: 'one permit',
  },
  {
    id: 'leaves-mid-stream-cancel',
    what: 'The same, on a gateway that cancels (`on_client_gone`)',
    caller: 'what it had read',
    row: '`client_gone`, estimated',
    money: 'the text that was sent and what was delivered',
    budget: 'the same',
    limit: 'one permit',
  },
  {
    id: 'huge-answer',
    what: 'A whole answer of more than 64 MB',
    caller: '502 `upstream_error`',
    row: '`upstream_error`, estimated',
    money: '`null`: nobody knows',
    budget: 'what was reserved',
    limit: 'one permit',
  },
] as const satisfies readonly GatewayFault[]
