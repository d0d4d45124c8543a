import { createAiBinding, createWorkersAI } from '@gw/workers-ai-delegate'
import { generateText } from 'ai'
import Cloudflare from 'cloudflare'
import OpenAI from 'openai'
import { expect, test } from 'vitest'
import { adminKey, gatewayKey, gatewayUrl, rowOf, uniqueWord } from './gateway-under-test.ts'

const account_id = 'account-1'
const gateway_id = 'default'
const about = { account_id, gateway_id }
const { dynamicRouting } = new Cloudflare({
  apiToken: adminKey,
  baseURL: `${gatewayUrl}/client/v4`,
  maxRetries: 0,
}).aiGateway

type Elements = Cloudflare.AIGateway.DynamicRoutingCreateParams['elements']

/** A route that asks one model, and another one if that fails. */
const elementsOf = (first: string, second: string): Elements => [
  { id: 'start', type: 'start', outputs: { next: { elementId: 'first' } } },
  {
    id: 'first',
    type: 'model',
    properties: { provider: 'openai', model: first, timeout: 5000, retries: 0 },
    outputs: { success: { elementId: 'end' }, fallback: { elementId: 'second' } },
  },
  {
    id: 'second',
    type: 'model',
    properties: { provider: 'anthropic', model: second, timeout: 5000, retries: 0 },
    outputs: { success: { elementId: 'end' }, fallback: { elementId: 'end' } },
  },
  { id: 'end', type: 'end', outputs: {} },
]
const elements = elementsOf('gpt-4o-mini+status:500', 'claude-haiku-4-5')
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
const id = expect.any(String)
const bare = (name: string, list: Elements) => ({
  id,
  name,
  gateway_id,
  created_at: time,
  modified_at: time,
  elements: list,
})

test('Cloudflare’s SDK makes, reads, lists, renames and deletes routes', async () => {
  const name = uniqueWord()
  const made = await dynamicRouting.create(gateway_id, { account_id, name, elements })
  const version = { version_id: id, active: 'true', data: JSON.stringify(elements), is_valid: true, created_at: time }
  const deployment = { deployment_id: id, version_id: made.version.version_id, created_at: time }
  expect(made).toEqual({ ...bare(name, elements), version, deployment })
  expect(await dynamicRouting.get(made.id, about)).toEqual(made)

  const listed = await dynamicRouting.list(gateway_id, { account_id })
  expect(listed).toMatchObject({ success: true, data: { page: 1, order_by: 'created_at', order_by_direction: 'desc' } })
  expect(listed.data.routes.find((route) => route.id === made.id)).toEqual({ account_tag: account_id, ...made })
  expect((await dynamicRouting.list(gateway_id, { account_id, page: 99 })).data.routes).toEqual([])

  const renamed = await dynamicRouting.update(made.id, { ...about, name: `${name} new` })
  expect(renamed).toMatchObject({ success: true, route: { id: made.id, name: `${name} new`, account_tag: account_id } })
  expect(await dynamicRouting.delete(made.id, about)).toEqual(bare(`${name} new`, elements))
  await expect(dynamicRouting.get(made.id, about)).rejects.toMatchObject({ status: 404 })
})

test('Cloudflare’s SDK drafts versions, deploys them and goes back', async () => {
  const name = uniqueWord()
  const made = await dynamicRouting.create(gateway_id, { account_id, name, elements })
  const changed = elementsOf('gpt-4o-mini', 'claude-haiku-4-5')
  await dynamicRouting.createVersion(made.id, { ...about, elements: changed })
  const { data } = await dynamicRouting.listVersions(made.id, about)
  expect(data.versions.map(({ active, is_valid }) => [active, is_valid])).toEqual([
    ['false', true],
    ['true', true],
  ])
  const [draft, first] = data.versions
  if (!draft || !first) throw new Error('There are two versions.')
  const read = await dynamicRouting.getVersion(draft.version_id, { ...about, id: made.id })
  expect(read).toEqual({ ...bare(name, changed), ...draft })

  expect(await dynamicRouting.createDeployment(made.id, { ...about, version_id: draft.version_id })).toEqual(
    bare(name, changed),
  )
  await dynamicRouting.createDeployment(made.id, { ...about, version_id: first.version_id })
  const { data: history } = await dynamicRouting.listDeployments(made.id, about)
  expect(history.deployments.map(({ version_id }) => version_id)).toEqual([
    first.version_id,
    draft.version_id,
    first.version_id,
  ])
  expect(await dynamicRouting.get(made.id, about)).toMatchObject({ elements, version: { active: 'true' } })
})

test('a version that is not valid is kept, said to be so, and not deployed', async () => {
  const name = uniqueWord()
  const broken = elements.filter((element) => element.id !== 'end')
  const made = await dynamicRouting.create(gateway_id, { account_id, name, elements: broken })
  expect([made.version.is_valid, made.version.active, made.deployment]).toEqual([false, 'false', null])
  const deploying = dynamicRouting.createDeployment(made.id, { ...about, version_id: made.version.version_id })
  await expect(deploying).rejects.toMatchObject({
    status: 400,
    errors: [{ message: expect.stringContaining('element "first": elements[1].outputs.success leads to "end"') }],
  })
})

test('nothing is told without the admin key', async () => {
  const stranger = new Cloudflare({ apiToken: gatewayKey, baseURL: `${gatewayUrl}/client/v4`, maxRetries: 0 })
  const listing = stranger.aiGateway.dynamicRouting.list(gateway_id, { account_id })
  await expect(listing).rejects.toMatchObject({ status: 401 })
})

test('OpenAI’s SDK is answered by a route, in JSON and as a stream', async () => {
  const name = uniqueWord()
  await dynamicRouting.create(gateway_id, { account_id, name, elements })
  const openai = new OpenAI({ apiKey: gatewayKey, baseURL: `${gatewayUrl}/v1/${account_id}/${gateway_id}/compat` })
  const asked = { model: `dynamic/${name}`, messages: [{ role: 'user' as const, content: `say ${name}` }] }
  const { data, response } = await openai.chat.completions.create(asked).withResponse()
  expect(data.choices[0]?.message.content).toBe(`You said: say ${name}`)
  const headers = ['cf-aig-provider', 'cf-aig-model', 'cf-aig-step'].map((header) => response.headers.get(header))
  expect(headers).toEqual(['anthropic', 'claude-haiku-4-5', '1'])
  const row = await rowOf(response.headers.get('cf-aig-log-id'))
  expect(row.routing?.route).toEqual({ name, version_id: id, path: ['start', 'first', 'second'] })

  let text = ''
  for await (const chunk of await openai.chat.completions.create({ ...asked, stream: true })) {
    text += chunk.choices[0]?.delta.content ?? ''
  }
  expect(text).toBe(`You said: say ${name}`)
})

test('env.AI and the AI SDK over it are answered by a route', async () => {
  const name = uniqueWord()
  await dynamicRouting.create(gateway_id, { account_id, name, elements })
  const binding = createAiBinding({ baseURL: gatewayUrl, token: gatewayKey })
  const messages = [{ role: 'user', content: `say ${name}` }]
  const ran = await binding.run(`dynamic/${name}`, { messages }, { gateway: { id: gateway_id } })
  expect(ran).toMatchObject({ choices: [{ message: { content: `You said: say ${name}` } }] })
  const model = createWorkersAI({ binding, gateway: { id: gateway_id } })(`dynamic/${name}`)
  expect((await generateText({ model, prompt: `say ${name}`, maxRetries: 0 })).text).toBe(`You said: say ${name}`)
})
