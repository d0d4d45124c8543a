import { expect, inject, test } from 'vitest'
import { checkAccessibility, openPage, takeScreenshot, useBrowser } from './browser.ts'
import { user } from './user.ts'

useBrowser()

test('whoever is not signed in is sent to the sign-in page, and afterwards to where they wanted', async () => {
  const page = await openPage('/logs?range=7d', { isSignedIn: false })
  await page.getByRole('heading', { name: 'Sign in to gw' }).waitFor()
  await checkAccessibility(page)
  await takeScreenshot(page, 'sign-in')
  await page.getByLabel('E-mail').fill(user.email)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').getByText('Address or password is wrong').waitFor()
  await page.getByLabel('Password').fill(user.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Logs' }).waitFor()
  expect(new URL(page.url()).search).toBe('?range=7d')
})

test('the admin key opens the dashboard, and signing out closes it', async () => {
  const page = await openPage('/', { isSignedIn: false })
  await page.getByRole('button', { name: 'Use the admin key instead' }).click()
  await page.getByLabel('Admin key').fill(inject('adminKey'))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  await page.getByRole('button', { name: /Operator/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in to gw' }).waitFor()
  await page.goto('/logs')
  await page.getByRole('heading', { name: 'Sign in to gw' }).waitFor()
})

test('a link after signing in leads nowhere else', async () => {
  const page = await openPage('/sign-in?next=//example.com/', { isSignedIn: false })
  await page.getByLabel('E-mail').fill(user.email)
  await page.getByLabel('Password').fill(user.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  expect(new URL(page.url()).host).toBe(new URL(inject('gatewayUrl')).host)
})
