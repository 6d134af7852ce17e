// A browser for the tests of the page.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { required } from './support.mjs';

export const PATIENCE = 60_000;

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: required('CHROMIUM'), args: FLAGS });
});
after(() => browser?.close());

/** A page in a browser profile of its own; a script's fault or a breach of the content policy fails the test. */
export async function openPage(t, url) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
  t.after(() => context.close());
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => /Content.Security.Policy|Refused to/i.test(message.text()) && faults.push(message.text()));
  t.after(() => assert.deepEqual(faults, []));
  await page.goto(url);
  return page;
}
