// The page in Chromium, against a server that takes tokens only, signed with JWT_SECRET.
import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { openPage } from './browser.mjs';
import { required, SERVER } from './support.mjs';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(sub, seconds, secret = required('JWT_SECRET')) {
  const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub, name: `${sub} by token`, exp: Math.floor(Date.now() / 1_000) + seconds })}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

const online = (page) => page.waitForSelector('.status[data-state="online"]');

describe('the page of a server that takes tokens only', () => {
  it('asks for a token, says why one is refused, and lets a good one in', async (t) => {
    const page = await openPage(t, `${SERVER}/?topic=${randomUUID()}`);
    await page.fill('.sign-in textarea', token('ann', 3_600, 'not the secret of this server, but as long'));
    await page.click('.sign-in .primary');
    await page.waitForSelector('.status[data-state="refused"]');
    await page.waitForFunction(() => document.querySelector('.sign-in .problem').textContent.length > 5);
    await page.fill('.sign-in textarea', token('ann', 3_600));
    await page.click('.sign-in .primary');
    await online(page);
    assert.equal(await page.textContent('.who .name'), 'ann by token');
  });

  it('takes a token from the address, and out of it', async (t) => {
    const page = await openPage(t, `${SERVER}/?topic=${randomUUID()}#token=${token('bo', 3_600)}`);
    await online(page);
    assert.equal(new URL(page.url()).hash, '');
    await page.fill('#new-comment', 'by token');
    await page.press('#new-comment', 'Control+Enter');
    await page.waitForSelector('.comment:not(.pending) .tools', { state: 'attached' }); // it is Bo's own
    assert.equal(await page.textContent('.comment .author'), 'bo by token');
  });

  it('asks for a new token before the old one ends, and stays connected', async (t) => {
    const page = await openPage(t, `${SERVER}/?topic=${randomUUID()}#token=${token('cy', 63)}`);
    await online(page);
    await page.waitForFunction(() => document.querySelector('.sign-in')?.open && /about to end/.test(document.querySelector('.sign-in h2').textContent));
    await page.fill('.sign-in textarea', token('cy', 3_600));
    await page.click('.sign-in .primary');
    await page.waitForFunction(() => !document.querySelector('.sign-in').open);
    assert.equal(await page.textContent('.status .word'), 'Online');
  });

  it('says when the session has ended, and goes on with a new token', async (t) => {
    const page = await openPage(t, `${SERVER}/?topic=${randomUUID()}#token=${token('di', 4)}`);
    await online(page);
    await page.waitForSelector('.status[data-state="expired"]');
    assert.equal(await page.textContent('.status .word'), 'Session ended');
    await page.waitForFunction(() => document.querySelector('.sign-in').open);
    await page.fill('.sign-in textarea', token('di', 3_600));
    await page.click('.sign-in .primary');
    await online(page);
  });
});
