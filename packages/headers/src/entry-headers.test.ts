import { expect, test } from 'vitest'
import { entryHeaders } from './entry-headers.ts'

const openai = ['authorization']

test('names come in lower case and once, the caller’s extra headers on top', () => {
  const source = new Headers({ 'Content-Type': 'application/json', 'User-Agent': 'ai/7' })
  expect(entryHeaders(source, { ownAuth: openai, extra: { 'USER-AGENT': 'mine' } })).toEqual({
    'content-type': 'application/json',
    'user-agent': 'mine',
  })
})

test('a placeholder never goes out, and a real secret replaces it whatever the case of its header', () => {
  const source = new Headers({ authorization: 'Bearer unused' })
  expect(entryHeaders(source, { ownAuth: openai })).toEqual({})
  expect(entryHeaders(source, { ownAuth: openai, extra: { Authorization: 'Bearer sk-real' } })).toEqual({
    authorization: 'Bearer sk-real',
  })
})

test('a credential of another provider is left out, wherever it comes from', () => {
  const source = new Headers({ 'x-api-key': 'sk-ant', authorization: 'Bearer sk-openai', cookie: 'session' })
  expect(entryHeaders(source, { ownAuth: openai, extra: { 'X-Goog-Api-Key': 'AIza' } })).toEqual({
    authorization: 'Bearer sk-openai',
  })
})

test('the gateway key is not a provider’s, and no entry carries it', () => {
  const source = new Headers({ 'cf-aig-authorization': 'Bearer gw_key' })
  expect(entryHeaders(source, { ownAuth: openai, extra: { 'cf-aig-authorization': 'Bearer gw_key' } })).toEqual({})
})

test('without keepAuth the provider’s own secret stays here, unless it is among the extra headers', () => {
  const source = new Headers({ 'x-api-key': 'sk-ant' })
  const ownAuth = ['x-api-key', 'authorization']
  expect(entryHeaders(source, { ownAuth, keepAuth: false })).toEqual({})
  expect(entryHeaders(source, { ownAuth, keepAuth: false, extra: { 'x-api-key': 'sk-mine' } })).toEqual({
    'x-api-key': 'sk-mine',
  })
})

test('headers of the connection stay here', () => {
  expect(entryHeaders(new Headers({ host: 'api.openai.com', 'content-length': '2' }), { ownAuth: openai })).toEqual({})
})
