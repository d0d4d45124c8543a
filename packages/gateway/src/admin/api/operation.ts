import type { Context } from 'hono'
import * as z from 'zod'
import type { Org } from '../../people/org-store.ts'
import { roles, type Role } from '../../people/membership-store.ts'
import type { Access, Actor } from './actor.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

type ParamsOf<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamsOf<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never

/** What of a request decides who may make it. */
export interface Asked<Q, B> {
  query: Q
  body: B
}

export interface OperationSpec<
  M extends Method,
  P extends `/${string}`,
  X extends Access,
  Q extends z.ZodObject,
  B extends z.ZodObject,
  A extends z.ZodType | undefined,
> {
  method: M
  /** Below `/api`, as Hono writes it: `/budgets/:id`. */
  path: P
  /** The part of the documentation that it stands in. */
  tag: string
  /** One line for people. */
  summary: string
  /** Who may do it. A role is one in the organisation of `:org` in the path, of `org_id`, or of `default`. */
  access: X | ((asked: Asked<z.output<Q>, z.output<B>>) => X)
  /** Beside `org_id`, which every operation of an organisation takes. */
  query?: Q
  /** As above. */
  body?: B
  /** What it answers; `undefined` answers nothing (204). */
  answer: A
  /** Default 200. */
  status?: 200 | 201
  /** Other content than JSON, which the handler makes as a `Response`. */
  contentTypes?: readonly string[]
  /** The answer holds a secret that is shown once. */
  answersSecret?: boolean
  /** Whether something is different afterwards, and leaves an audit row. By default everything but GET. */
  writes?: boolean
  /** Top-level fields of the answer that change by themselves and do not count for its ETag. */
  volatile?: readonly string[]
}

export interface OperationInput<P extends string, X, Q, B> {
  params: Readonly<Record<ParamsOf<P>, string>>
  query: Q
  body: B
  /** The organisation, where the operation is for a role. */
  org: X extends Role ? Org : undefined
  /** Who asks; nobody need be known for what is public. */
  actor: X extends 'public' ? Actor | undefined : Actor
  c: Context
}

/** A schema without fields takes none, and does not say so of every name. */
type FieldsOf<S extends z.ZodObject> = [keyof S['shape']] extends [never] ? object : z.input<S>

type OrgField<X> = X extends Role ? { org_id?: string | undefined } : object

/** What a client sends and gets; exists for the types alone. */
export interface OperationTypes {
  params: string
  query: object
  body: object
  answer: unknown
}

/** An endpoint of the control plane; `Key` is its method and path. */
export interface Operation<Key extends string = string, T extends OperationTypes = OperationTypes> {
  readonly key: Key
  readonly method: Method
  readonly path: string
  readonly tag: string
  readonly summary: string
  /** `undefined` where it depends on what is sent. */
  readonly access: Access | undefined
  readonly accessOf: (asked: Asked<unknown, unknown>) => Access
  /** Requests name their organisation as `org_id`. */
  readonly namesOrg: boolean
  /** It needs no actor. */
  readonly isPublic: boolean
  readonly query: z.ZodObject
  readonly body: z.ZodObject
  readonly answer: z.ZodType | undefined
  readonly status: 200 | 201 | 204
  readonly contentTypes: readonly string[]
  readonly answersSecret: boolean
  readonly writes: boolean
  readonly volatile: ReadonlySet<string>
  /** Takes what the schemas have parsed. */
  run(input: ParsedInput): Promise<unknown>
  readonly types?: T
}

/** What `run` gets. */
export interface ParsedInput {
  params: Readonly<Record<string, string>>
  query: Record<string, unknown>
  body: Record<string, unknown>
  /** The body before it was parsed, for the audit. */
  sent: Record<string, unknown>
  org: Org | undefined
  actor: Actor | undefined
  c: Context
}

const orgField = { org_id: z.string().min(1).optional() }

/** Whether what somebody must be is a role in an organisation. */
export function isRole(access: Access): access is Role {
  return roles.some((role) => role === access)
}

/**
 * Describes an endpoint once: from the description come its route, its checks, its documentation and its type in the client.
 * @example operation({ method: 'GET', path: '/tiers', tag: 'Tiers', summary: 'All tiers.', access: 'signed_in', answer }, async () => …)
 */
export function operation<
  const M extends Method,
  const P extends `/${string}`,
  const X extends Access,
  A extends z.ZodType | undefined,
  Q extends z.ZodObject = z.ZodObject<Record<never, never>>,
  B extends z.ZodObject = z.ZodObject<Record<never, never>>,
>(
  spec: OperationSpec<M, P, X, Q, B, A>,
  handler: (
    input: OperationInput<P, X, z.output<Q>, z.output<B>>,
  ) => Promise<Response | (A extends z.ZodType ? z.input<A> : void)>,
): Operation<
  `${M} ${P}`,
  {
    params: ParamsOf<P>
    query: FieldsOf<Q> & OrgField<X>
    body: FieldsOf<B>
    answer: A extends z.ZodType ? z.output<A> : undefined
  }
> {
  const { method, path, tag, summary, access, answer, contentTypes = ['application/json'] } = spec
  const namesOrg = !path.includes('/:org') && (typeof access === 'function' || isRole(access))
  const withOrg = (schema: z.ZodObject = z.strictObject({})): z.ZodObject =>
    namesOrg ? schema.safeExtend(orgField) : schema
  return {
    key: `${method} ${path}`,
    method,
    path,
    tag,
    summary,
    access: typeof access === 'function' ? undefined : access,
    accessOf: typeof access === 'function' ? z.custom<Operation['accessOf']>().parse(access) : () => access,
    namesOrg,
    isPublic: access === 'public',
    query: withOrg(spec.query),
    body: withOrg(spec.body),
    answer,
    status: answer ? (spec.status ?? 200) : 204,
    contentTypes,
    answersSecret: spec.answersSecret ?? false,
    writes: spec.writes ?? method !== 'GET',
    volatile: new Set(spec.volatile),
    run: z.custom<Operation['run']>().parse(handler),
  }
}
